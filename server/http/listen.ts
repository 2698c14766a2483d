import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { acceptWaiting } from './accept-waiting.ts'

/** How long a caller may take, in milliseconds. */
export interface HttpTimeouts {
  /** For the headers of a request, counted from its first byte or, on a new connection, from the start. */
  headersMs: number
  /** For the whole request. */
  requestMs: number
  /** Between two requests on one connection. */
  idleMs: number
}

export interface Listener {
  /** `http://address:port`, with the actual port. */
  url: string
  /**
   * Stops accepting connections. Every caller's next response tells it to close its connection. After `restMs`, closes
   * the connections that are still idle. After `graceMs`, cuts all that are left.
   */
  stop(graceMs: number, restMs?: number): Promise<void>
}

// A caller that sends its request slowly must not hold a socket for long. Idle connections stay open longer than the
// idle timeout of common proxies (60 s), so that the proxy closes first.
export const defaultTimeouts: HttpTimeouts = { headersMs: 10_000, requestMs: 20_000, idleMs: 65_000 }

// An IP literal or a name, and an optional port (RFC 3986, section 3.2.2). No percent-encoding; at most 255 characters.
const hostAndPort = /^(?:\[[\dA-Za-z:.%_~-]+\]|[\w.~!$&'()*+,;=-]*)(?::\d{0,5})?$/

/** True if a request has exactly one valid Host header (RFC 9112, section 3.2). Before HTTP/1.1 it may have none. */
function namesItsHost({ httpVersion, headersDistinct }: IncomingMessage): boolean {
  const [host, ...others] = headersDistinct['host'] ?? []
  if (host === undefined) return httpVersion < '1.1'
  return others.length === 0 && host.length <= 255 && hostAndPort.test(host)
}

interface ListenOptions {
  port: number
  host: string
  timeouts?: HttpTimeouts | undefined
  handle: RequestListener
  /** Answers a request that has no Host header, several of them, or one that is not valid. */
  refuseHost: RequestListener
  /** Ends a connection whose data is not an HTTP request or arrives too slowly. */
  refuse(error: NodeJS.ErrnoException, connection: Duplex, isAnswering: boolean): void
}

/** Starts the HTTP server. @throws if the port is not available */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { port, host, handle, refuse, refuseHost } = options
  const { headersMs, requestMs, idleMs } = options.timeouts ?? defaultTimeouts
  const requests = gate((request, response) =>
    (namesItsHost(request) ? handle : refuseHost)(request, response),
  )
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(1_000, headersMs),
      maxHeaderSize: 16 * 1024,
      requireHostHeader: false, // Node.js would answer with an empty 400; see namesItsHost
    },
    requests.handle,
  )
  server.on('checkExpectation', requests.handle) // an unknown expectation may be ignored (RFC 9110, 10.1.1)
  server.on('clientError', (error, socket) => refuse(error, socket, requests.isAnswering(socket)))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${shownHost}:${address.port}`,
    async stop(graceMs, restMs = 0) {
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      requests.announceEnd()
      requests.hold()
      await acceptWaiting(server)
      const closed = stopAccepting(server)
      requests.release()
      await endOf(server, sockets, closed, restMs)
      clearTimeout(cut)
    },
  }
}

/** Sits between the server and the handler. It can hold requests back, and tell callers to close their connections. */
function gate(handle: RequestListener) {
  const unanswered = new Set<ServerResponse>()
  let isEnding = false
  let held: (() => void)[] | undefined
  const say = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  return {
    handle: ((request, response) => {
      unanswered.add(response)
      response.once('close', () => unanswered.delete(response))
      if (isEnding) say(response)
      if (held) held.push(() => handle(request, response))
      else handle(request, response)
    }) satisfies RequestListener,

    /** True if a response has begun on that connection. */
    isAnswering(socket: Duplex) {
      return [...unanswered].some((response) => response.socket === socket && response.headersSent)
    },

    announceEnd() {
      isEnding = true
      for (const response of unanswered) say(response)
    },

    hold() {
      held = []
    },

    release() {
      const waiting = held
      held = undefined
      for (const go of waiting ?? []) go()
    },
  }
}

/** Frees the port. Resolves when the last connection has ended. */
function stopAccepting(server: Server): Promise<void> {
  // The `close` of an HTTP server would cut idle connections at once and lose the data that is on its way.
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()))
}

async function endOf(
  server: Server,
  sockets: Set<Socket>,
  closed: Promise<void>,
  restMs: number,
): Promise<void> {
  const closeResting = () => {
    server.closeIdleConnections()
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy() // opened in advance and never used
  }
  let sweep: NodeJS.Timeout | undefined
  const rest = setTimeout(() => {
    // At the end of a turn, all received data has been read. A connection that is idle then is not in use.
    sweep = setInterval(() => setImmediate(closeResting), 20)
  }, restMs)
  await closed
  clearTimeout(rest)
  clearInterval(sweep)
  server.close() // stops the timer that checks the timeouts
}
