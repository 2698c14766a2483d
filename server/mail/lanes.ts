/** A delivery that wants a connection. */
export interface LaneRequest {
  /** The recipient's domain. */
  domain: string
  /** The client network, for a send with a public token. */
  network: string | undefined
}

export interface LaneOptions {
  /** Most connections to the mail server at once. */
  maxConnections: number
  /** Milliseconds that only go on. */
  now: () => number
}

type Delivery = LaneRequest & { startedAt: number }

interface Waiting extends LaneRequest {
  begin(delivery: Delivery): void
}

// A mail server that has to wait for the recipient's takes longer than this.
const quickMs = 2_000
const mostQuickDomains = 10_000

/**
 * Decides which deliveries may begin, so that a recipient's domain that stalls does not hold up the mails to others. At
 * most half of the connections go to domains that are not known to take mail quickly, which is what everyone is at first;
 * and at most a quarter to what one client network sends with public tokens. Whoever must wait is next in turn.
 */
export class Lanes {
  readonly #now: () => number
  readonly #most: number
  readonly #mostSlow: number
  readonly #mostOfNetwork: number
  /** The domains that took their last mail quickly, the one used longest ago first. */
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
   * @returns what must be called when it is over, with whether the mail was accepted
   * @throws the reason of the signal if it is aborted first
   */
  async enter(request: LaneRequest, signal: AbortSignal): Promise<(isAccepted: boolean) => void> {
    const delivery = this.#mayBegin(request) ? this.#begin(request) : await this.#turn(request, signal)
    return (isAccepted) => {
      this.#underWay.delete(delivery)
      const isQuick = this.#now() - delivery.startedAt < quickMs
      // A mailbox that is refused says nothing of its domain: else anybody could slow down the mails of others there.
      if (isAccepted || !isQuick) this.#remember(request.domain, isQuick)
      this.#admit()
    }
  }

  /** How many are under way, and how many wait. */
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
      // A quick domain that stalls is slow from the moment that it is seen to.
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
