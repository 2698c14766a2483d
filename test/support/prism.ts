import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import { silentLogger } from '../../scripts/mock/server.ts'
import { contractFile } from './contract.ts'
import type { RawRequest } from './server.ts'

export interface PrismProxy {
  url: string
  close(): Promise<void>
}

// Reading the contract takes Prism longer than anything else here. So read it once for all servers.
let operations: ReturnType<typeof getHttpOperationsFromSpec> | undefined

/** A Prism proxy between a test and the server. It forwards every request and checks every response. */
export async function startPrismProxy(upstream: string): Promise<PrismProxy> {
  operations ??= getHttpOperationsFromSpec(contractFile)
  const server = createServer(await operations, {
    components: { logger: silentLogger },
    cors: false,
    config: {
      checkSecurity: true,
      validateRequest: false,
      validateResponse: true,
      errors: false,
      isProxy: true,
      upstream: new URL(upstream),
      mock: { dynamic: false },
      upstreamProxy: undefined,
    },
  })
  return { url: await server.listen(0, '127.0.0.1'), close: () => server.close() }
}

/** Returns what Prism found wrong with a response. Prism only warns about an undocumented status, but we count it. */
export function violationsIn(response: Response): string[] {
  const found = response.headers.get('sl-violations')
  if (found === null) return []
  if (!found.startsWith('[')) return [found]
  return (JSON.parse(found) as { location: string[]; message: string }[])
    .filter(({ location }) => location[0] === 'response')
    .map(({ location, message }) => `${location.join('.')} ${message} (${response.status} ${response.url})`)
}

/** False if a request would not arrive as it was sent: Prism parses queries and JSON and writes them again. */
export function survivesPrism({ body, query = '', headers = {} }: RawRequest): boolean {
  if (query.includes('__proto__') || /charset=(?!utf-8)/i.test(headers['Content-Type'] ?? '')) return false
  if (body === undefined) return true
  try {
    const value: unknown = JSON.parse(String(body))
    return typeof value === 'object' && value !== null && JSON.stringify(value) === body
  } catch {
    return false
  }
}
