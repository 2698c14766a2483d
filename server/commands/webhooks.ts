import { BlockList, isIP } from 'node:net'
import type { Command } from 'commander'
import { wholeUrl } from '../config/parse.ts'
import { type Environment, readVariable, variables } from '../config/variables.ts'
import { ConfigError } from '../config.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { newEventId, type WebhookEventType, webhookEventTypes } from '../otp/webhook-event.ts'
import { projectName, sandboxOf } from '../sandbox.ts'
import { createWebhookRegistry } from '../store/webhooks.ts'
import { addEndpoint, isLive, rotateSecret } from '../webhooks/lifecycle.ts'
import { createReach, type Reach } from '../webhooks/networks.ts'
import type { SealedSecret, WebhookEndpoint, WebhookRegistry } from '../webhooks/ports.ts'
import { createSealer, type Sealer, signedHeaders } from '../webhooks/secrets.ts'
import { checked, collect, toProject } from './options.ts'
import { columns, isoTime, issued, type Output, print, projectForJson, projectInWords } from './output.ts'
import { otpSecretsOf } from './secrets.ts'
import { addDeliveryCommands } from './webhook-deliveries.ts'
import { type Store, withStore } from './with-store.ts'

interface CreateOptions extends Output {
  url: string
  project: string
  sandbox?: true
  event: WebhookEventType[]
}

/** Adds `webhooks`, which manages the endpoints that are notified when sessions end. */
export function addWebhookCommands(program: Command, environment: Environment): void {
  const webhooks = program
    .command('webhooks')
    .description('manage webhooks, which tell back ends how sessions end')
  const withRegistry = (
    use: (registry: WebhookRegistry, store: Store) => Promise<void>,
    open?: typeof openStoreAsItIs,
  ) => withStore(environment, (store) => use(createWebhookRegistry(store.engine), store), open)
  const missing = (id: string): never => webhooks.error(`error: there is no webhook endpoint ${id}`)
  const found = async (registry: WebhookRegistry, id: string): Promise<WebhookEndpoint> =>
    (await registry.find(id)) ?? missing(id)
  const command = (name: string, description: string) =>
    webhooks.command(name).description(description).option('--json', 'print one JSON object')

  command('create', 'add an endpoint and show its secret once')
    .requiredOption(
      '--url <url>',
      'URL to call: https://…, or http://… in a network of WEBHOOK_ALLOWED_NETWORKS',
    )
    .option('--project <project>', 'project whose events it receives', checked(toProject), 'default')
    .option('--sandbox', 'receive the events of the sandbox instead of the live ones')
    .option(
      '--event <type>',
      `event type that it receives, repeatable (default: all): ${webhookEventTypes.join(', ')}`,
      collect(toEventType),
      [],
    )
    .action(({ url, project, sandbox, event, json }: CreateOptions) => {
      const sealer = sealerOf(environment)
      const problem = problemOf(url, networksOf(environment))
      if (problem !== undefined) webhooks.error(`error: --url ${problem}`)
      return withRegistry(async (registry, { requireProject, audit }) => {
        await requireProject(project)
        const shown = await addEndpoint(
          registry,
          sealer,
          { url, projectId: sandbox ? sandboxOf(project) : project, events: event },
          Date.now(),
        )
        await audit('webhook.created', shown.id, { url, project, sandbox: sandbox ?? false, events: event })
        print(json, shown, () => issued('webhook endpoint', shown, 'its secret encrypted'))
      })
    })

  command('list', 'list the endpoints, without their secrets')
    .option('--project <project>', 'only those of this project (default: all projects)', checked(toProject))
    .action(({ project, json }: Output & { project?: string }) =>
      withRegistry(async (registry) => {
        const all = await registry.list()
        const endpoints = all.filter(
          ({ projectId }) => project === undefined || projectName(projectId) === project,
        )
        print(json, { webhooks: endpoints.map(forJson) }, () => table(endpoints))
      }, openStoreAsItIs),
    )

  command('disable', 'stop deliveries to an endpoint')
    .argument('<id>')
    .action((id: string, { json }: Output) =>
      withRegistry(async (registry, { audit }) => {
        await found(registry, id)
        if (!(await registry.disable(id, 'its operator disabled it')))
          webhooks.error(`error: ${id} is already disabled`)
        await audit('webhook.disabled', id)
        print(json, { id, disabled: true }, () => `${id} was disabled.`)
      }),
    )

  command('enable', 'resume deliveries to a disabled endpoint; `replay` sends the events that are stored')
    .argument('<id>')
    .action((id: string, { json }: Output) =>
      withRegistry(async (registry, { audit }) => {
        await found(registry, id)
        if (!(await registry.enable(id))) webhooks.error(`error: ${id} is not disabled`)
        await audit('webhook.enabled', id)
        print(json, { id, disabled: false }, () => `${id} was enabled.`)
      }),
    )

  command('rotate-secret', 'create a new secret and show it once; the old one also signs for 24 hours')
    .argument('<id>')
    .action((id: string, { json }: Output) => {
      const sealer = sealerOf(environment)
      return withRegistry(async (registry, { audit }) => {
        const secret = await rotateSecret(registry, sealer, await found(registry, id), Date.now())
        await audit('webhook.secret-rotated', id)
        const shown = { id, secret }
        print(json, shown, () => issued('webhook secret', shown, 'it encrypted'))
      })
    })

  command('test', 'send a `webhook.test` event now and print the response; exits 1 unless it is a 2xx')
    .argument('<id>')
    .action((id: string, { json }: Output) => {
      const { open } = sealerOf(environment)
      return withRegistry(async (registry) => {
        const { url, secrets } = await found(registry, id)
        const live = secrets.filter(isLiveNow).flatMap(({ sealed }) => open(sealed) ?? [])
        if (live.length === 0)
          webhooks.error(
            `error: no secret of ${id} can be read with this OTP_SECRET: create a new one with rotate-secret`,
          )
        const answer = await sendTest(id, url, live, createReach(networksOf(environment)))
        const isAccepted = 'status' in answer && answer.status >= 200 && answer.status < 300
        print(json, { id, accepted: isAccepted, ...answer }, () =>
          'status' in answer
            ? `${answer.status}\n${answer.text}`.trimEnd()
            : `No response: ${answer.failure}`,
        )
        if (!isAccepted) process.exitCode = 1
      }, openStoreAsItIs)
    })

  addDeliveryCommands(webhooks, command, withRegistry)
}

function sealerOf(environment: Environment): Sealer {
  return createSealer(otpSecretsOf(environment, 'it encrypts the secrets of webhooks'))
}

async function sendTest(id: string, url: string, secrets: string[], reach: Reach) {
  const at = Date.now()
  const eventId = newEventId(at)
  const event = { type: 'webhook.test', event_id: eventId, timestamp: isoTime(at), data: { endpointId: id } }
  const body = JSON.stringify(event)
  // Imported here, so that the other commands start without loading an HTTP client.
  const { createPoster } = await import('../webhooks/post.ts')
  const poster = createPoster({ reach })
  try {
    return await poster.post(url, signedHeaders(secrets, eventId, body, at), body)
  } finally {
    await poster.close()
  }
}

/** Returns the networks that webhooks may reach even though they are not public. */
function networksOf(environment: Environment): BlockList {
  const name = 'WEBHOOK_ALLOWED_NETWORKS'
  try {
    return readVariable(environment, name, variables[name]) ?? new BlockList()
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}

/** Returns why webhooks cannot go to this URL, as far as that is known before its name is resolved. */
function problemOf(text: string, networks: BlockList): string | undefined {
  const url = wholeUrl(text)
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'must be an https or http URL'
  if (url.username || url.password || url.hash) return 'must not contain a login or a fragment'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isEncrypted = url.protocol === 'https:'
  const canBeReached =
    isIP(host) === 0
      ? isEncrypted || networks.rules.length > 0
      : createReach(networks).allows(host, isEncrypted)
  if (!canBeReached)
    return 'must be https to a public address, or lead to a network in WEBHOOK_ALLOWED_NETWORKS'
  return undefined
}

function toEventType(text: string): WebhookEventType {
  const type = webhookEventTypes.find((known) => known === text)
  if (type === undefined) throw new Error(`must be one of ${webhookEventTypes.join(', ')}`)
  return type
}

const isLiveNow = (secret: SealedSecret) => isLive(secret, Date.now())

function forJson({ secrets, projectId, createdAt, disabledAt, failingSince, ...rest }: WebhookEndpoint) {
  return {
    ...rest,
    ...projectForJson(projectId),
    createdAt: isoTime(createdAt),
    disabledAt: isoTime(disabledAt),
    failingSince: isoTime(failingSince),
    secrets: secrets.filter(isLiveNow).length,
  }
}

function table(endpoints: WebhookEndpoint[]): string {
  if (endpoints.length === 0) return 'None yet.'
  const rows = endpoints.map((endpoint) => [
    ...[endpoint.id, projectInWords(endpoint.projectId), endpoint.url, endpoint.events.join(' ') || 'all'],
    endpoint.disabledAt === null
      ? endpoint.failingSince === null
        ? 'active'
        : `failing since ${isoTime(endpoint.failingSince)}`
      : `disabled ${isoTime(endpoint.disabledAt)}: ${endpoint.disabledReason}`,
  ])
  return columns([['ID', 'PROJECT', 'URL', 'EVENTS', 'STATUS'], ...rows])
}
