import { connect, type Socket } from 'node:net'

/** Ways to hold a connection open without making proper use of it. */
const dawdlings = ['silent', 'slow head', 'slow body', 'idle after a request'] as const
export type Dawdling = (typeof dawdlings)[number]

/** How the server cut off one dawdler. */
export interface Cut {
  dawdling: Dawdling
  /** What the server sent before the connection closed. */
  received: string
  afterMs: number
}

const trickleMs = 1_000

/** Many sockets that dawdle: each sends one more byte per second, or nothing. */
export class Dawdlers {
  /** The connections that the server has cut. */
  readonly cuts: Cut[] = []
  readonly #url: URL
  readonly #key: string
  readonly #takesPlace: boolean
  readonly #trickling = new Set<Socket>()
  readonly #open = new Set<Socket>()
  #timer: NodeJS.Timeout | undefined

  /** @param takesPlace whether a new connection replaces each one that is cut */
  constructor(url: string, key: string, takesPlace: boolean) {
    this.#url = new URL(url)
    this.#key = key
    this.#takesPlace = takesPlace
  }

  /** Resolves when all are connected. Each kind gets an equal share. */
  async start(count: number, kinds: readonly Dawdling[] = dawdlings): Promise<void> {
    this.#timer = setInterval(() => {
      for (const socket of this.#trickling) socket.write(' ')
    }, trickleMs)
    await Promise.all(
      Array.from({ length: count }, (_, n) => this.#dawdle(kinds[n % kinds.length] as Dawdling)),
    )
  }

  get open(): number {
    return this.#open.size
  }

  stop(): void {
    clearInterval(this.#timer)
    for (const socket of this.#open) socket.removeAllListeners('close').destroy()
  }

  #dawdle(dawdling: Dawdling): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(Number(this.#url.port), this.#url.hostname)
      const startedAt = performance.now()
      let received = ''
      socket.on('connect', () => {
        socket.write(this.#opening(dawdling))
        if (dawdling.startsWith('slow')) this.#trickling.add(socket)
        this.#open.add(socket)
        resolve()
      })
      socket.on('data', (chunk) => {
        received += chunk
      })
      socket.on('error', () => {}) // 'close' fires next
      socket.on('close', () => {
        this.#open.delete(socket)
        this.#trickling.delete(socket)
        this.cuts.push({ dawdling, received, afterMs: performance.now() - startedAt })
        if (this.#takesPlace) this.#dawdle(dawdling)
      })
    })
  }

  #opening(dawdling: Dawdling): string {
    const end = '\r\n\r\n'
    const head = 'POST /api/v1/backend-otp/send HTTP/1.1\r\nHost: a\r\n'
    if (dawdling === 'silent') return ''
    if (dawdling === 'idle after a request') return `GET /livez HTTP/1.1\r\nHost: a${end}`
    if (dawdling === 'slow head') return `${head}X-Slow:`
    const type = 'Content-Type: application/json\r\nContent-Length: 10000'
    return `${head}Authorization: Bearer ${this.#key}\r\n${type}${end}`
  }
}
