import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createClient, { type Client } from 'openapi-fetch'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type App, createApp } from '../../server/app.ts'
import type { Environment } from '../../server/config/variables.ts'
import { loadConfig } from '../../server/config.ts'
import {
  issuePublicToken,
  issueServerKey,
  type NewPublicToken,
  type NewServerKey,
} from '../../server/credentials/lifecycle.ts'
import type { paths } from '../../server/generated/contract.ts'
import type { HttpTimeouts } from '../../server/http/listen.ts'
import { createLogger } from '../../server/log.ts'
import { factsOf, type OperationId } from './contract.ts'
import { testEnvironment } from './environment.ts'
import { type PrismProxy, startPrismProxy, survivesPrism, violationsIn } from './prism.ts'
import { SmtpSink } from './smtp-sink.ts'
import { createTestStore, type TestStore } from './test-store.ts'

export interface ServerOptions {
  /** Added to the test defaults: a new database, the sink, a fixed secret, no limits. */
  environment?: Environment
  storeTimeoutMs?: number
  httpTimeouts?: HttpTimeouts
}

interface RawAnswer {
  status: number
  headers: Headers
  body: { success?: boolean; data?: Record<string, unknown>; error?: Record<string, unknown> }
}

export interface RawRequest {
  /** Sent exactly as it is. */
  body?: string | Uint8Array
  query?: string
  headers?: Record<string, string>
}

/**
 * The real server on a random port, with a real store and a real SMTP sink. The store is SQLite unless TEST_STORE says
 * otherwise. The test moves the clock.
 */
export class TestServer {
  readonly sink = new SmtpSink()
  readonly folder = mkdtempSync(join(tmpdir(), 'risumail-otp-'))
  /** The file of the store, if the store is a file. */
  readonly databasePath = join(this.folder, 'test.db')
  store!: TestStore
  readonly violations: string[] = []
  readonly log: string[] = []
  /** The waits of test outcomes, in milliseconds. They are recorded, not waited for. */
  readonly waits: number[] = []
  now = Date.parse('2026-04-19T11:45:00.000Z')
  url = ''
  app!: App
  #listener!: Awaited<ReturnType<App['listen']>>
  /** The server's own URL, without the proxy that may be in front of it. */
  directUrl = ''
  /** Where Prometheus would read, if METRICS_PORT is set. */
  metricsUrl = ''
  #proxy: PrismProxy | undefined
  #smtpUrl = ''
  readonly #options: ServerOptions

  constructor(options: ServerOptions = {}) {
    this.#options = options
  }

  async start(): Promise<this> {
    this.#smtpUrl = await this.sink.start()
    this.store = await createTestStore(this.databasePath)
    return this.#boot(this.#options.environment)
  }

  /** Stops the server and starts another one on the same store. */
  async restart(environment: Environment): Promise<void> {
    await this.#proxy?.close()
    await this.#listener.stop(1000)
    await this.app.close()
    await this.#boot({ ...this.#options.environment, ...environment })
  }

  async #boot(environment: Environment = {}): Promise<this> {
    const { storeTimeoutMs, httpTimeouts } = this.#options
    const config = loadConfig({
      ...testEnvironment,
      DATABASE_URL: this.store.databaseUrl,
      SMTP_URL: this.#smtpUrl,
      LOG_LEVEL: 'debug',
      ...environment,
    })
    this.app = await createApp(config, {
      log: createLogger(config.logLevel, { write: (line) => this.log.push(line) }),
      now: () => this.now,
      wait: async (ms) => void this.waits.push(ms),
      reportViolation: (violation) => this.violations.push(violation),
      ...(storeTimeoutMs === undefined ? {} : { storeTimeoutMs }),
      ...(httpTimeouts && { httpTimeouts }),
    })
    this.#listener = await this.app.listen()
    this.directUrl = this.#listener.url
    this.metricsUrl = this.#listener.metricsUrl ?? ''
    this.#proxy = process.env['TEST_THROUGH_PRISM'] ? await startPrismProxy(this.directUrl) : undefined
    this.url = this.#proxy?.url ?? this.directUrl
    return this
  }

  async stop(): Promise<void> {
    await this.#proxy?.close()
    await this.#listener.stop(1000)
    await this.app.close()
    await this.sink.stop()
    await this.store.remove()
    rmSync(this.folder, { recursive: true })
  }

  /** Returns an API client with the generated types. */
  client(credential: string, headers: Record<string, string> = {}): Client<paths> {
    return createClient<paths>({
      baseUrl: this.url,
      headers: { Authorization: `Bearer ${credential}`, ...headers },
      fetch: (request) => this.#fetch(request),
    })
  }

  async #fetch(request: Request): Promise<Response> {
    const response = await fetch(request)
    this.violations.push(...violationsIn(response))
    return response
  }

  /** Sends a request that the generated types would not allow. */
  async raw(id: OperationId, sent: RawRequest): Promise<RawAnswer> {
    const { method, path } = factsOf(id)
    const { body, query, headers = {} } = sent
    const url = survivesPrism(sent) ? this.url : this.directUrl
    const response = await this.#fetch(
      new Request(url + path + (query ?? ''), { method, headers, ...(body === undefined ? {} : { body }) }),
    )
    const answer = (await response.json()) as RawAnswer['body']
    // In every response, the header must match the body.
    const seconds = answer.error?.['retryAfterSeconds']
    expect(response.headers.get('retry-after')).toBe(seconds === undefined ? null : String(seconds))
    return { status: response.status, headers: response.headers, body: answer }
  }

  /** Issues a server key with the scope `server_otp`, unless `grants` says otherwise. */
  async key(grants: Partial<NewServerKey> = {}, secret?: string): Promise<string> {
    const wanted: NewServerKey = {
      name: 'test',
      projectId: 'default',
      scopes: ['server_otp'],
      allowedOrigins: [],
      allowedSenders: [],
      expiresInMs: undefined,
      ...grants,
    }
    return (await issueServerKey(this.app.credentials, wanted, this.now, secret)).key
  }

  /** Issues a public token that works from everywhere, unless `grants` says otherwise. */
  async token(grants: Partial<NewPublicToken> = {}): Promise<{ token: string; secret: string; id: string }> {
    const wanted: NewPublicToken = {
      name: 'test',
      projectId: 'default',
      allowedAddresses: [],
      allowedOrigins: [],
      allowedSenders: [],
      ...grants,
    }
    const { token, secret, credential } = await issuePublicToken(this.app.credentials, wanted, this.now)
    return { token, secret, id: credential.id }
  }
}

/** Starts one server for the tests of a file or a `describe`. None of its responses may break the contract. */
export function useServer(options: ServerOptions = {}): TestServer {
  const server = new TestServer(options)
  beforeAll(() => server.start())
  afterEach(() => {
    expect(server.violations.splice(0), 'answers that depart from the contract').toEqual([])
  })
  afterAll(() => server.stop())
  return server
}
