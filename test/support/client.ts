import { createClientIn } from '../../clients/typescript/src/client.ts'
import type { ClientOptions, RisumailOtpClient } from '../../clients/typescript/src/index.ts'

/** A request as the other side received it. */
interface SeenRequest {
  method: string
  url: string
  headers: Headers
  signal: AbortSignal
}

/** How the other side handles one request: it responds, fails the connection with an error, or never responds. */
export type Step = Response | Error | 'silence'

const timeoutMs = 12_345

/** A client whose other side follows a script. The test decides when its timers fire. */
export class ScriptedClient {
  readonly requests: SeenRequest[] = []
  /** The waits between tries, in milliseconds. */
  readonly waits: number[] = []
  readonly client: RisumailOtpClient
  random = 0
  readonly #timers = new Set<{ callback: () => void; ms: number }>()

  constructor(steps: Step[], options: Partial<ClientOptions> = {}) {
    this.client = createClientIn(
      {
        now: () => Date.parse('2026-04-19T11:45:00.000Z'),
        random: () => this.random,
        setTimer: (callback, ms) => {
          const timer = { callback, ms }
          this.#timers.add(timer)
          return () => this.#timers.delete(timer)
        },
      },
      {
        baseUrl: 'https://otp.example',
        token: 'risu_key_secret',
        timeoutMs,
        fetch: async ({ method, url, headers, signal }) => {
          const step = steps[this.requests.length]
          this.requests.push({ method, url, headers, signal })
          if (step === undefined) throw new Error('one request more than the script has')
          if (step === 'silence') return new Promise<never>(() => {})
          if (step instanceof Error) throw step
          return step
        },
        ...options,
      },
    )
  }

  /** The number of timers that are set. */
  get timers(): number {
    return this.#timers.size
  }

  /** Resolves with the result of the call. Every wait between tries ends at once. */
  async outcome<T>(call: Promise<T>): Promise<T | Error> {
    let isSettled = false
    const settled = call
      .catch((error: unknown) => error as Error)
      .finally(() => {
        isSettled = true
      })
    while (!isSettled) {
      await untilIdle()
      this.#fire(({ ms }) => ms !== timeoutMs, this.waits)
    }
    return settled
  }

  /** Lets the current try time out. */
  async runOutOfTime(): Promise<void> {
    await untilIdle()
    this.#fire(({ ms }) => ms === timeoutMs)
  }

  #fire(isDue: (timer: { ms: number }) => boolean, record: number[] = []): void {
    for (const timer of [...this.#timers].filter(isDue)) {
      this.#timers.delete(timer)
      record.push(timer.ms)
      timer.callback()
    }
  }
}

/** Waits until everything in progress has finished. */
export async function untilIdle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export const emptyPage = (): Response => Response.json({ success: true, data: { verifications: [] } })

/** An error response, as the contract defines it. */
export function refusal(
  status: number,
  code: string,
  fields: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const error = { code, message: 'A sentence.', requestId: '01KPJRXTK0V3M8Z5R7W2H4J6PA', ...fields }
  return Response.json({ success: false, error }, { status, headers })
}

/** A response that a proxy makes up. */
export function proxyError(status: number, headers: Record<string, string> = {}): Response {
  return new Response('<html><h1>Bad Gateway</h1></html>', {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
  })
}

/** A connection that broke, as `fetch` reports it. */
export const broken = () => new TypeError('fetch failed')

/** The recipient of `sentMail`. */
export const email = 'user@example.com'

/** The response to a send that succeeded. */
export const sentMail = () =>
  Response.json({ success: true, data: { sessionId: 'otp_backend_x', expiresAt: 't', email, sent: true } })

/** Asks for a list, and resolves with the result of the call. */
export const list = (scripted: ScriptedClient, signal?: AbortSignal) =>
  scripted.outcome(scripted.client.listBackendOtpVerifications({}, { signal }))
