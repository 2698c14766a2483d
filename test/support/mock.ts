import { fileURLToPath } from 'node:url'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'

const contract = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
const silent = { info() {}, warn() {}, error() {}, debug() {}, trace() {}, fatal() {}, success() {} }

/** A mock of the contract on loopback: it refuses requests that break it, and answers with its examples. */
export async function startMock(): Promise<{ url: string; close: () => Promise<void> }> {
  const operations = await getHttpOperationsFromSpec(contract)
  const logger = { ...silent, child: () => logger } as never
  const server = createServer(operations, {
    components: { logger },
    cors: true,
    config: {
      mock: { dynamic: false },
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
    },
  } as never)
  const url = await server.listen(0, '127.0.0.1')
  return { url, close: () => server.close() as Promise<void> }
}
