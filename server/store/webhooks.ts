import { decodeTime } from 'ulid'
import type { WebhookEventType } from '../otp/webhook-event.ts'
import type { Outbox, SealedSecret, WebhookEndpoint, WebhookRegistry } from '../webhooks/ports.ts'
import type { Engine } from './engine.ts'
import { lock } from './locks.ts'
import { dueExpiries } from './statements.ts'
import { expire } from './steps/end.ts'
import { writeAll } from './steps/outcome.ts'
import { claimDue, disable, replay, settle } from './steps/webhooks.ts'
import {
  allEndpoints,
  deliveryBacklog,
  type EndpointRow,
  enableEndpoint,
  endpointById,
  endpointsAtWork,
  insertEndpoint,
  newestDeliveries,
  newestUndelivered,
  renewClaim,
  setSecrets,
} from './webhook-statements.ts'

// Reading the metrics must not make the store count for long.
const mostCounted = 10_000

export function createOutbox(engine: Engine): Outbox {
  return {
    async endpoints() {
      const rows = await engine.read(endpointsAtWork())
      return rows.map(({ id, isBusy }) => ({ id, isBusy: Boolean(isBusy) }))
    },
    async claim(endpointId, claimId, most, leaseMs) {
      const claimed = await engine.run(claimDue(endpointId, claimId, most, leaseMs))
      return claimed && { ...claimed, endpoint: fromRow(claimed.endpoint) }
    },
    renew: (endpointId, claimId, leaseMs) =>
      engine.run(writeAll([lock.endpoint(endpointId)], [renewClaim(endpointId, claimId, leaseMs)])),
    settle: (endpointId, claimId, results) => engine.run(settle(endpointId, claimId, results)),
    async backlog() {
      const [{ waiting, oldest } = { waiting: 0, oldest: null }] = await engine.read(
        deliveryBacklog(mostCounted),
      )
      return { waiting, oldestAt: oldest === null ? undefined : decodeTime(oldest.slice('evt_'.length)) }
    },
    async tellExpiries(most) {
      const due = await engine.read(dueExpiries(most))
      await Promise.all(due.map(({ id }) => engine.run(expire(id))))
      return due.length
    },
  }
}

export function createWebhookRegistry(engine: Engine): WebhookRegistry {
  return {
    insert({ id, projectId, url, events, secrets, createdAt }) {
      const row = insertEndpoint(
        id,
        projectId,
        url,
        JSON.stringify(events),
        JSON.stringify(secrets),
        createdAt,
      )
      return engine.run(writeAll([], [row]))
    },
    async find(id) {
      const [row] = await engine.read(endpointById(id))
      return row && fromRow(row)
    },
    list: async () => (await engine.read(allEndpoints())).map(fromRow),
    setSecrets: (id, secrets) => engine.run(writeAll([], [setSecrets(id, JSON.stringify(secrets))])),
    disable: (id, reason) => engine.run(disable(id, reason)),
    async enable(id) {
      const [row] = await engine.read(endpointById(id))
      if (row === undefined || row.disabledAt === null) return false
      await engine.run(writeAll([], [enableEndpoint(id)]))
      return true
    },
    deliveries: (most, isFailed) => engine.read(isFailed ? newestUndelivered(most) : newestDeliveries(most)),
    replay: (wanted) => replay(engine, wanted),
  }
}

function fromRow({ claimId: _, claimedUntil: __, ...row }: EndpointRow): WebhookEndpoint {
  return {
    ...row,
    events: JSON.parse(row.events) as WebhookEventType[],
    secrets: JSON.parse(row.secrets) as SealedSecret[],
  }
}
