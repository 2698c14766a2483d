import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listener {
  /** `http://address:port`, with the port that was really taken. */
  url: string
  /** Stops accepting, lets what runs finish for at most `graceMs`, then cuts what is left. */
  stop(graceMs: number): Promise<void>
}

/** Starts the HTTP server. @throws if the port cannot be taken */
export async function listen(handle: RequestListener, port: number, host: string): Promise<Listener> {
  const server = createServer(
    {
      // A caller that dawdles over its request must not hold a socket for long.
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      // Longer than the idle timeout of common proxies (60 s), so that the proxy closes first.
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
    handle,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${shownHost}:${address.port}`, stop: (graceMs) => stop(server, graceMs) }
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A keep-alive connection that finishes its last request becomes idle only after `close` looked.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
