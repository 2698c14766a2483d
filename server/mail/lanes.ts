/** A delivery that needs a connection. */
export interface LaneRequest {
  /** The recipient's domain. */
  domain: string
  /** The client network, for a send with a public token. */
  network: string | undefined
}

export interface LaneOptions {
  /** The maximum number of connections to the mail server at once. */
  maxConnections: number
  /** A clock in milliseconds that never goes back. */
  now: () => number
}

type Delivery = LaneRequest & { startedAt: number }

interface Waiting extends LaneRequest {
  begin(delivery: Delivery): void
}

// If our mail server has to wait for the recipient's mail server, a delivery takes longer than this.
const quickMs = 2_000
const mostQuickDomains = 10_000

/**
 * Decides which deliveries may begin, so that a slow recipient domain does not hold up emails to other domains. At most
 * half of the connections go to domains that are not known to take email quickly. Every domain starts that way. At most
 * a quarter go to the sends of one client network with public tokens. Waiting deliveries get their turn in order.
 */
export class Lanes {
  readonly #now: () => number
  readonly #most: number
  readonly #mostSlow: number
  readonly #mostOfNetwork: number
  /** The domains that took their last email quickly, least recently used first. */
  readonly #quick = new Set<string>()
  readonly #underWay = new Set<Delivery>()
  #waiting: Waiting[] = []

  constructor({ maxConnections, now }: LaneOptions) {
    this.#now = now
    this.#most = maxConnections
    this.#mostSlow = Math.max(1, Math.floor(maxConnections / 2))
    this.#mostOfNetwork = Math.max(1, Math.floor(maxConnections / 4))
  }

  /**
   * Resolves when this delivery may begin.
   * @returns a function to call when the delivery is over, with whether the email was accepted
   * @throws the reason of the signal, if the signal aborts first
   */
  async enter(request: LaneRequest, signal: AbortSignal): Promise<(isAccepted: boolean) => void> {
    const delivery = this.#mayBegin(request) ? this.#begin(request) : await this.#turn(request, signal)
    return (isAccepted) => {
      this.#underWay.delete(delivery)
      const isQuick = this.#now() - delivery.startedAt < quickMs
      // We ignore quick refusals: a refused mailbox says nothing about its domain. Otherwise anyone could slow down
      // other people's emails to that domain.
      if (isAccepted || !isQuick) this.#remember(request.domain, isQuick)
      this.#admit()
    }
  }

  /** Returns how many deliveries are under way, and how many wait. */
  use(): { busy: number; waiting: number } {
    return { busy: this.#underWay.size, waiting: this.#waiting.length }
  }

  #begin({ domain, network }: LaneRequest): Delivery {
    const delivery = { domain, network, startedAt: this.#now() }
    this.#underWay.add(delivery)
    return delivery
  }

  #turn(request: LaneRequest, signal: AbortSignal): Promise<Delivery> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        ...request,
        begin: (delivery) => {
          signal.removeEventListener('abort', leave)
          resolve(delivery)
        },
      }
      this.#waiting.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  #mayBegin({ domain, network }: LaneRequest): boolean {
    if (this.#underWay.size >= this.#most) return false
    let [slow, ofNetwork] = [0, 0]
    for (const other of this.#underWay) {
      // A quick domain counts as slow as soon as one of its deliveries takes too long.
      if (this.#now() - other.startedAt >= quickMs) this.#quick.delete(other.domain)
      if (!this.#quick.has(other.domain)) slow++
      if (network !== undefined && other.network === network) ofNetwork++
    }
    return ofNetwork < this.#mostOfNetwork && (this.#quick.has(domain) || slow < this.#mostSlow)
  }

  #admit(): void {
    for (const waiting of this.#waiting) {
      if (!this.#mayBegin(waiting)) continue
      this.#waiting = this.#waiting.filter((other) => other !== waiting)
      waiting.begin(this.#begin(waiting))
    }
  }

  #remember(domain: string, isQuick: boolean): void {
    this.#quick.delete(domain)
    if (isQuick) this.#quick.add(domain)
    const [oldest] = this.#quick
    if (this.#quick.size > mostQuickDomains && oldest !== undefined) this.#quick.delete(oldest)
  }
}
