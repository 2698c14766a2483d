import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadDatabase } from '../../server/config.ts'
import { createLogger } from '../../server/log.ts'
import { openStoreAsItIs } from '../../server/open-store.ts'
import type { WebhookEventType } from '../../server/otp/webhook-event.ts'
import { createWebhookRegistry } from '../../server/store/webhooks.ts'
import { addEndpoint } from '../../server/webhooks/lifecycle.ts'
import type { WebhookRegistry } from '../../server/webhooks/ports.ts'
import { createSealer } from '../../server/webhooks/secrets.ts'
import { testEnvironment } from './environment.ts'

/** One webhook as it arrived. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** What a receiver does: it responds with a status, or runs a function. */
type Behavior = number | ((response: ServerResponse) => void)

/** A back end that receives webhooks, and misbehaves on demand. */
export class Receiver {
  readonly received: Received[] = []
  /** What it does with the next webhooks. After those, it does what `always` says. */
  readonly next: Behavior[] = []
  always: Behavior = 204
  url = ''
  readonly #server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      this.received.push({ path: request.url ?? '', headers: request.headers, body })
      const behavior = this.next.shift() ?? this.always
      if (typeof behavior === 'function') behavior(response)
      else response.writeHead(behavior).end()
    })
  })

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
    return this
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  /** The events, in order of arrival. */
  get events(): { type: string; event_id: string; timestamp: string; data: Record<string, unknown> }[] {
    return this.received.map(({ body }) => JSON.parse(body))
  }
}

/** Lets tests access a store's webhook endpoints without going through its server. */
async function withWebhooks<T>(
  { databaseUrl, now }: { databaseUrl: string; now: () => number },
  use: (registry: WebhookRegistry) => Promise<T>,
): Promise<T> {
  const location = loadDatabase({ DATABASE_URL: databaseUrl })
  const { engine } = await openStoreAsItIs(location, { log: createLogger('silent'), now })
  try {
    return await use(createWebhookRegistry(engine))
  } finally {
    await engine.close()
  }
}

/** Adds an endpoint to the store of a server under test. */
export function listen(
  store: { databaseUrl: string },
  url: string,
  wanted: { projectId?: string; events?: WebhookEventType[] } = {},
  now: () => number = Date.now,
): Promise<{ id: string; secret: string }> {
  const { projectId = 'default', events = [] } = wanted
  const sealer = createSealer([testEnvironment.OTP_SECRET])
  return withWebhooks({ ...store, now }, (registry) =>
    addEndpoint(registry, sealer, { url, projectId, events }, now()),
  )
}
