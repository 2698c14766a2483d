import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { guessLimitsOf, sendLimitsOf } from '../../server/config/limits.ts'
import { type Config, loadConfig } from '../../server/config.ts'
import { OtpError } from '../../server/errors.ts'
import { flows } from '../../server/flows.ts'
import { countedPlace } from '../../server/http/client-address.ts'
import { Lanes } from '../../server/mail/lanes.ts'
import { type CodeMail, DeliveryFailed } from '../../server/otp/delivery.ts'
import { createErasedKeys } from '../../server/otp/erased.ts'
import { parseRecipient } from '../../server/otp/recipient.ts'
import { type SendDependencies, sendCode } from '../../server/otp/send.ts'
import { verifyCode } from '../../server/otp/verify.ts'
import type { Engine, Query } from '../../server/store/engine.ts'
import { createSessionStore } from '../../server/store/sessions.ts'
import { openSqlite } from '../../server/store/sqlite/engine.ts'
import { Random } from './random.ts'

/** The credential that a request uses. */
export interface Credential {
  id: string
  projectId: string
  isPublic: boolean
}

export interface Caller {
  credential: Credential
  /** Undefined if the caller is a back end. */
  address: string | undefined
}

export interface Sent {
  sessionId: string
  email: string
  code: string
}

/** The outcome of a request: its result, or the error code and how long to wait. */
export type Answer<T> = { ok: T } | { refused: string; retryAfterMs: number; limit: string | undefined }

/** How a recipient's domain handles an email. */
export interface Delivery {
  isRefused?: boolean
  tookMs: number
}

interface WorldOptions {
  seed: number
  /** Decides how this domain handles an email. */
  deliver?: (domain: string, random: Random) => Delivery
}

const usualDelivery = (): Delivery => ({ tookMs: 150 })

/**
 * The real rules, limits and store on a virtual clock: a day passes as fast as the store can write. Only the mail
 * server is simulated. The product's own rules still decide who may use which of its connections.
 */
export class World {
  readonly random: Random
  readonly config: Config
  now = Date.parse('2026-01-01T00:00:00.000Z')
  /** All emails that the mail server accepted, with their time and recipient. */
  readonly mails: { at: number; to: string }[] = []
  /** How many deliveries to stalling domains are in progress, and the most there were at once. */
  readonly stalling = { now: 0, most: 0 }
  readonly #engine: Engine
  readonly #folder = mkdtempSync(join(tmpdir(), 'risumail-otp-simulation-'))
  readonly #codes = new Map<string, string>()
  readonly #sending: SendDependencies
  readonly #timers: { at: number; go: () => void }[] = []
  #busy = 0

  private constructor({ seed, deliver = usualDelivery }: WorldOptions) {
    this.random = new Random(seed)
    // Always the defaults, never the environment: the simulation tests the defaults.
    this.config = loadConfig({ OTP_SECRET: 'a-secret-of-the-simulation-long-enough' })
    this.#engine = openSqlite(join(this.#folder, 'simulation.db'), { now: () => this.now })
    const sessions = this.#counting(createSessionStore(this.#engine))
    const { limits, otpSecrets, publicTokenTexts, smtpTimeoutMs, smtp } = this.config
    const lanes = new Lanes({ maxConnections: smtp.maxConnections, now: () => this.now })
    this.#sending = {
      sessions,
      mailer: {
        isConfigured: true,
        timeoutMs: smtpTimeoutMs,
        deliver: async (mail) => {
          await this.#deliver(mail, lanes, deliver, smtpTimeoutMs)
          return undefined
        },
      },
      now: () => this.now,
      otpSecret: otpSecrets[0],
      publicTokenTexts,
      limits: sendLimitsOf(limits),
      guesses: guessLimitsOf(limits),
      erasedKeys: createErasedKeys(otpSecrets[0]),
      outcomes: { record: (write) => write(), stop: async () => {} },
    }
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options)
    await world.#engine.migrate()
    return world
  }

  async close(): Promise<void> {
    await this.#engine.close()
    rmSync(this.#folder, { recursive: true })
  }

  async read<Row>(query: Query<Row>): Promise<Row[]> {
    return this.#engine.read(query)
  }

  async send({ credential, address }: Caller, email: string, otpDigits: number): Promise<Answer<Sent>> {
    const recipient = parseRecipient(email)
    if (recipient === undefined) throw new Error(`${email} is not a valid address`)
    return answerOf(async () => {
      const { sessionId } = await sendCode(this.#sending, {
        flow: credential.isPublic ? flows.instant : flows.backend,
        projectId: credential.projectId,
        credentialId: credential.id,
        allowedSenders: [],
        isPublic: credential.isPublic,
        client: credential.isPublic ? { credentialId: credential.id, ...countedPlace(address) } : undefined,
        email,
        recipient,
        expiresInSeconds: 600,
        otpDigits,
      })
      return { sessionId, email, code: this.#codes.get(recipient.address) ?? '' }
    })
  }

  async verify(
    { credential, address }: Caller,
    { sessionId, email }: Sent,
    code: string,
  ): Promise<Answer<true>> {
    return answerOf(async () => {
      const { sessions, guesses } = this.#sending
      await verifyCode(
        { sessions, otpSecrets: this.config.otpSecrets, guesses },
        {
          flow: credential.isPublic ? flows.instant : flows.backend,
          projectId: credential.projectId,
          sessionId,
          email,
          code,
          verifier: { isServerKey: !credential.isPublic, credentialId: credential.id },
          client: credential.isPublic ? { credentialId: credential.id, ...countedPlace(address) } : undefined,
        },
      )
      return true as const
    })
  }

  sleep(ms: number): Promise<void> {
    return new Promise((go) => {
      const at = this.now + Math.max(1, Math.ceil(ms))
      // The next timer comes last. Of two timers for the same time, the one that was set first fires first.
      let [low, high] = [0, this.#timers.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((this.#timers[middle]?.at ?? 0) > at) low = middle + 1
        else high = middle
      }
      this.#timers.splice(low, 0, { at, go })
    })
  }

  /** Lets this much time pass, and runs everything that happens in it. */
  async run(ms: number): Promise<void> {
    const end = this.now + ms
    for (;;) {
      await this.#settle()
      const next = this.#timers.at(-1)
      if (next === undefined || next.at > end) break
      this.#timers.pop()
      this.now = next.at
      next.go()
    }
    this.now = end
  }

  /** Waits until there is nothing left to do at the current time. */
  async #settle(): Promise<void> {
    do await turn()
    while (this.#busy > 0)
  }

  #counting<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const member = target[name as keyof T]
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          this.#busy++
          try {
            return await member.apply(target, args)
          } finally {
            this.#busy--
          }
        }
      },
    })
  }

  async #deliver(
    { to, code, network }: CodeMail,
    lanes: Lanes,
    deliver: (domain: string, random: Random) => Delivery,
    timeoutMs: number,
  ): Promise<void> {
    const domain = to.slice(to.lastIndexOf('@') + 1)
    const deadline = new AbortController()
    const endsAt = this.now + timeoutMs
    const entering = lanes.enter({ domain, network }, deadline.signal)
    let isWaiting = true
    void this.sleep(timeoutMs).then(() => {
      if (isWaiting) deadline.abort(new DeliveryFailed('no connection became free'))
    })
    const leave = await entering
    isWaiting = false
    const { isRefused = false, tookMs } = deliver(domain, this.random)
    const isLate = this.now + tookMs > endsAt
    if (isLate) this.stalling.most = Math.max(this.stalling.most, ++this.stalling.now)
    await this.sleep(Math.min(tookMs, endsAt - this.now))
    if (isLate) this.stalling.now--
    leave(!isRefused && !isLate)
    if (isRefused || isLate) throw new DeliveryFailed('the mail server did not accept the email')
    this.#codes.set(to, code)
    this.mails.push({ at: this.now, to })
  }
}

async function answerOf<T>(request: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: await request() }
  } catch (error) {
    if (!(error instanceof OtpError)) throw error
    const { code, retryAfterSeconds = 0, limit } = error
    return { refused: code, retryAfterMs: retryAfterSeconds * 1000, limit }
  }
}
