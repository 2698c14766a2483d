import type { OperationFacts } from './contract.ts'
import { askRaw } from './raw-http.ts'
import type { TestServer } from './server.ts'
import { witness } from './witness.ts'

/** A query that the server makes once per second, even without requests. */
const beside = 'store: endpoints_at_work'

export type Asked = Parameters<typeof askRaw>[1] & { query?: string }

/**
 * Returns a function that sends a request to this server. It returns the response and everything that the request
 * left behind. The test must put `witnessedStore` and `witnessedHashes` in place.
 */
export function askOf(server: TestServer) {
  return async function ask({ path, method }: OperationFacts, { query, ...request }: Asked) {
    const mails = server.sink.mails.length
    const { result, asked: all } = await witness(() =>
      askRaw(`${server.directUrl}${path}${query ? `?${query}` : ''}`, { method, ...request }),
    )
    const asked = all.filter((step) => step !== beside)
    const body = JSON.parse(result.text) as { error?: { code: string; message: string; requestId: string } }
    const line = server.log.findLast((text) => text.includes(String(result.headers['x-request-id'])))
    return {
      outcome: `${result.status} ${body.error?.code ?? ''}`.trim(),
      body,
      headers: result.headers,
      statements: asked.filter((step) => step.startsWith('store: ')),
      asked,
      mails: server.sink.mails.length - mails,
      logged: JSON.parse(line ?? '{}') as Record<string, unknown>,
    }
  }
}
