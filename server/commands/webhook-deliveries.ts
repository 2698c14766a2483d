import { type Command, Option } from 'commander'
import { parseDuration } from '../config/parse.ts'
import { openStoreAsItIs } from '../open-store.ts'
import type { DeliveryRecord, WebhookRegistry } from '../webhooks/ports.ts'
import { checked, toCount } from './options.ts'
import { columns, isoTime, type Output, print } from './output.ts'

type WithRegistry = (
  use: (registry: WebhookRegistry) => Promise<void>,
  open?: typeof openStoreAsItIs,
) => Promise<void>

/** Adds `webhooks deliveries` and `webhooks replay`. */
export function addDeliveryCommands(
  webhooks: Command,
  command: (name: string, description: string) => Command,
  withRegistry: WithRegistry,
): void {
  command('deliveries', 'list the newest deliveries')
    .option('--failed', 'only those that were tried and did not succeed')
    .addOption(
      new Option('--most <n>', 'maximum number of deliveries').argParser(checked(toCount)).default(50, '50'),
    )
    .action(({ failed, most, json }: Output & { failed?: true; most: number }) =>
      withRegistry(async (registry) => {
        const deliveries = await registry.deliveries(most, failed ?? false)
        print(json, { deliveries: deliveries.map(withTimes) }, () => {
          if (deliveries.length === 0) return failed ? 'No delivery has failed.' : 'None yet.'
          const head = ['EVENT', 'TYPE', 'SESSION', 'ENDPOINT', 'TRIES', 'ANSWER', 'STATE']
          const rows = deliveries.map((each) => [
            ...[each.eventId, each.type, each.sessionId, each.endpointId, String(each.attempts)],
            ...[each.lastAnswer ?? '-', stateOf(each)],
          ])
          return columns([head, ...rows])
        })
      }, openStoreAsItIs),
    )

  command('replay', 'deliver again: one event, or all events since a time')
    .argument('[event-id]')
    .addOption(
      new Option(
        '--since <time>',
        'how far back, such as 24h, or a start time, such as 2026-04-19T11:45:00Z',
      ).argParser(checked(toTime)),
    )
    .action((eventId: string | undefined, { since, json }: Output & { since?: number }) => {
      if ((eventId === undefined) === (since === undefined))
        webhooks.error('error: give either an event id or --since')
      return withRegistry(async (registry) => {
        const wanted = eventId === undefined ? { since: since ?? 0 } : { eventId }
        const deliveries = await registry.replay(wanted)
        if (deliveries === undefined) webhooks.error(`error: there is no event ${eventId}`)
        print(
          json,
          { deliveries },
          () => `${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'} will be made.`,
        )
      })
    })
}

function toTime(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Date.now() - parseDuration(text)
  if (Number.isNaN(at))
    throw new Error('must be a duration such as 24h, or a time such as 2026-04-19T11:45:00Z')
  return at
}

function withTimes({ createdAt, nextAt, lastAttemptAt, deliveredAt, ...rest }: DeliveryRecord) {
  return {
    ...rest,
    createdAt: isoTime(createdAt),
    nextAt: isoTime(nextAt),
    lastAttemptAt: isoTime(lastAttemptAt),
    deliveredAt: isoTime(deliveredAt),
  }
}

function stateOf({ deliveredAt, nextAt }: DeliveryRecord): string {
  if (deliveredAt !== null) return `delivered ${isoTime(deliveredAt)}`
  return nextAt === null ? 'given up' : `next try ${isoTime(nextAt)}`
}
