import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RawAnswer } from './raw-http.ts'

/** One call of the load, and its result. */
interface SteadyCall {
  startedAt: number
  endedAt: number
  /** Undefined if the call failed. */
  answer: RawAnswer | undefined
  failure: unknown
}

const everyMs = 5

/**
 * Callers that start a fixed number of calls per second, even while earlier calls are open. A caller that waits for
 * each answer would put less load on a slow server. The callers reuse their connections in turn, and open a new one
 * when all are busy.
 */
export class SteadyLoad {
  readonly calls: SteadyCall[] = []
  /** The longest time that the callers stood still because their machine did. Tests may reset it. */
  longestPauseMs = 0
  readonly #agent = new Agent({ keepAlive: true, scheduling: 'fifo', maxFreeSockets: 60 })
  readonly #perSecond: number
  readonly #call: (turn: number, agent: Agent) => Promise<RawAnswer>
  readonly #startedAt = performance.now()
  readonly #open = new Set<Promise<void>>()
  #turns = 0
  #seenAt = performance.now()

  constructor(perSecond: number, call: (turn: number, agent: Agent) => Promise<RawAnswer>) {
    this.#perSecond = perSecond
    this.#call = call
  }

  /** Starts calls until one has failed and no connection is left. Resolves when all calls have ended. */
  async run(): Promise<SteadyCall[]> {
    while (this.#hasConnections() || this.calls.every(({ failure }) => failure === undefined)) {
      this.startDue()
      await sleep(everyMs)
    }
    await Promise.all(this.#open)
    return this.calls
  }

  /** Starts the calls that are due by now. */
  startDue(): void {
    const now = performance.now()
    this.longestPauseMs = Math.max(this.longestPauseMs, now - this.#seenAt)
    this.#seenAt = now
    while (this.#turns < ((now - this.#startedAt) * this.#perSecond) / 1000) {
      const call = this.#make(this.#turns++)
      this.#open.add(call)
      call.finally(() => this.#open.delete(call))
    }
  }

  #hasConnections(): boolean {
    return Object.keys({ ...this.#agent.sockets, ...this.#agent.freeSockets }).length > 0
  }

  async #make(turn: number): Promise<void> {
    const startedAt = performance.now()
    const { answer, failure } = await this.#call(turn, this.#agent).then(
      (answer) => ({ answer, failure: undefined }),
      (failure: unknown) => ({ answer: undefined, failure }),
    )
    this.calls.push({ startedAt, endedAt: performance.now(), answer, failure })
  }
}
