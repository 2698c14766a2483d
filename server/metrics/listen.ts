import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './metrics.ts'

export interface MetricsListener {
  url: string
  stop(): Promise<void>
}

/**
 * Serves the metrics at `/metrics` on their own port, so that a proxy that publishes the API does not publish them too.
 * @throws if the port is not available
 */
export async function listenForMetrics(
  { text, contentType }: Pick<Metrics, 'text' | 'contentType'>,
  { port, host }: { port: number; host: string },
): Promise<MetricsListener> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 10_000 },
    async (request, response) => {
      const path = request.url?.split('?')[0]
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      if (path !== '/metrics' || !isRead) {
        response.writeHead(path === '/metrics' ? 405 : 404, {
          'Content-Type': 'text/plain',
          Allow: 'GET, HEAD',
        })
        response.end('The metrics are at GET /metrics.\n')
        return
      }
      const body = await text()
      response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
      response.end(request.method === 'HEAD' ? undefined : body)
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { address, family, port: taken } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
