import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { loadDatabase } from '../../server/config.ts'
import { issuePublicToken, issueServerKey } from '../../server/credentials/lifecycle.ts'
import type { CredentialStore } from '../../server/credentials/ports.ts'
import { createLogger } from '../../server/log.ts'
import { openStore } from '../../server/open-store.ts'
import { testEnvironment } from './environment.ts'
import { MailLedger } from './mail-ledger.ts'
import { Command } from './process.ts'
import { askRaw, type RawAnswer, type RawOptions } from './raw-http.ts'
import { createTestStore, type TestStore } from './test-store.ts'

const grants = { name: 'fleet', allowedOrigins: [], allowedSenders: [] }

/** A session, with what its recipient knows. */
export interface MailedSession {
  sessionId: string
  email: string
  code: string
}

/** One server process of a fleet. It also holds the calls that a back end makes to it over keep-alive connections. */
export class FleetServer {
  readonly agent = new Agent({ keepAlive: true })
  readonly command: Command
  readonly url: string
  /** True once the server was told to end. From then on, broken connections are expected. */
  isEnding = false
  readonly #fleet: Fleet

  constructor(fleet: Fleet, command: Command, url: string) {
    this.#fleet = fleet
    this.command = command
    this.url = url
  }

  /** Sends a request with the fleet's server key, unless the headers say otherwise. */
  call(path: string, { headers = {}, ...rest }: RawOptions = {}, agent = this.agent): Promise<RawAnswer> {
    return askRaw(this.url + path, {
      ...rest,
      agent,
      headers: { Authorization: `Bearer ${this.#fleet.key}`, ...headers },
    })
  }

  post(
    path: string,
    body: object,
    { headers = {}, agent = this.agent }: { headers?: Record<string, string>; agent?: Agent } = {},
  ): Promise<RawAnswer> {
    const request = { method: 'POST' as const, body: JSON.stringify(body) }
    return this.call(path, { ...request, headers: { 'Content-Type': 'application/json', ...headers } }, agent)
  }

  send(
    body: { email: string; otpDigits?: number; expiresInSeconds?: number },
    agent = this.agent,
  ): Promise<RawAnswer> {
    return this.post('/api/v1/backend-otp/send', body, { agent })
  }

  verify(body: MailedSession, agent = this.agent): Promise<RawAnswer> {
    return this.post('/api/v1/backend-otp/verify', body, { agent })
  }

  /** Sends a code and reads it from the ledger. @throws if the send fails */
  async sendAndRead(body: Parameters<FleetServer['send']>[0]): Promise<MailedSession> {
    const answer = await this.send(body)
    if (answer.status !== 200) throw new Error(`the send failed: ${answer.text}`)
    return { sessionId: sessionIdOf(answer), email: body.email, code: this.#fleet.ledger.codeTo(body.email) }
  }
}

/** Returns the session id from the response to a send. */
export function sessionIdOf({ text }: RawAnswer): string {
  return (JSON.parse(text) as { data: { sessionId: string } }).data.sessionId
}

/** Real server processes that share one store and one SMTP server. Limits are off unless the environment sets them. */
export class Fleet {
  readonly ledger = new MailLedger()
  readonly folder = mkdtempSync(join(tmpdir(), 'risumail-otp-fleet-'))
  /** The file of the store, if the store is a file. */
  readonly databasePath = join(this.folder, 'fleet.db')
  store!: TestStore
  readonly servers: FleetServer[] = []
  /** A server key that every backend operation accepts. */
  key = ''
  /** A public token that works from everywhere. Anyone may hold one. */
  token = ''
  #environment: Record<string, string>
  #addresses = 0

  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment
  }

  async start(count: number): Promise<this> {
    this.store = await createTestStore(this.databasePath)
    this.#environment = {
      ...testEnvironment,
      DATABASE_URL: this.store.databaseUrl,
      SMTP_URL: await this.ledger.start(),
      ...this.#environment,
    }
    this.key = await this.newKey('default')
    this.token = await this.#issue(async (credentials) => {
      const wanted = { ...grants, projectId: 'default', allowedAddresses: [] }
      return (await issuePublicToken(credentials, wanted, Date.now())).token
    })
    await Promise.all(Array.from({ length: count }, () => this.add()))
    return this
  }

  /** Issues another server key. */
  newKey(projectId: string): Promise<string> {
    return this.#issue(async (credentials) => {
      const wanted = { ...grants, projectId, scopes: ['server_otp' as const], expiresInMs: undefined }
      return (await issueServerKey(credentials, wanted, Date.now())).key
    })
  }

  async #issue(issue: (credentials: CredentialStore) => Promise<string>): Promise<string> {
    const store = await openStore(loadDatabase({ DATABASE_URL: this.store.databaseUrl }), {
      log: createLogger('silent'),
    })
    const issued = await issue(store.credentials)
    await store.engine.close()
    return issued
  }

  /** Starts another server. Its environment adds to the fleet's. */
  async add(environment: Record<string, string> = {}): Promise<FleetServer> {
    const command = new Command(this.folder, ['serve'], { ...this.#environment, ...environment })
    const url = await command.printed(/"url":"(http:[^"]+)","msg":"listening"/)
    const server = new FleetServer(this, command, url)
    this.servers.push(server)
    return server
  }

  /** Ends one server. @returns its exit code; null if the signal killed it */
  async end(server: FleetServer, signal: NodeJS.Signals): Promise<number | null> {
    this.servers.splice(this.servers.indexOf(server), 1)
    server.isEnding = true
    server.command.signal(signal)
    const { code } = await server.command.finished()
    server.agent.destroy()
    return code
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers].map((server) => this.end(server, 'SIGKILL')))
    await this.ledger.stop()
    await this.store.remove()
    rmSync(this.folder, { recursive: true })
  }

  /** Returns the servers in turn. */
  server(turn: number): FleetServer {
    const server = this.servers[turn % this.servers.length]
    if (server === undefined) throw new Error('the fleet has no server')
    return server
  }

  /** Returns an address that has received nothing yet. */
  newAddress(): string {
    this.#addresses++
    return `user-${this.#addresses}@example.com`
  }
}

/** Starts a fleet for the tests of a file or a `describe`. */
export function useFleet(count: number, environment: Record<string, string> = {}): Fleet {
  const fleet = new Fleet(environment)
  beforeAll(() => fleet.start(count))
  afterAll(() => fleet.stop())
  return fleet
}

/** Counts how often each outcome occurred. */
export function tally(outcomes: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

/** Returns the status of a response and, if there is one, its error code. */
export function outcomeOf({ status, text }: RawAnswer): string {
  const { error } = JSON.parse(text) as { error?: { code: string } }
  return error === undefined ? String(status) : `${status} ${error.code}`
}
