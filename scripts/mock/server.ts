import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { getHttpOperationsFromSpec, type PrismHttpComponents } from '@stoplight/prism-http'
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js'
import { createServer } from '@stoplight/prism-http-server'

export interface MockOptions {
  port: number
  host: string
  /** Gets one line for each request, and one for each thing that breaks the contract in it. */
  report?: (line: string) => void
}

export interface Mock {
  url: string
  operations: { method: string; path: string }[]
  close(): Promise<void>
}

// Required, since loaders differ in what the default of such a module is to an import.
const { default: mocker } = createRequire(import.meta.url)(
  '@stoplight/prism-http/dist/mocker/index.js',
) as (typeof Mocker)['default']
const nothing = () => {}
const silent = {
  ...{ info: nothing, success: nothing, error: nothing, warn: nothing },
  ...{ debug: nothing, trace: nothing, fatal: nothing },
}
/** A logger for Prism that says nothing. */
export const silentLogger = {
  ...silent,
  child: () => silentLogger,
} as unknown as PrismHttpComponents['logger']

/**
 * Prism as a mock: it answers with the contract's examples, and refuses a request that departs from the contract. In
 * process and not by Prism's own command, which answers such a request with the 422 wherever an operation has one;
 * here a 422 is what becomes of a key that was used before, and who breaks the contract gets the 400.
 */
export async function startMock({ port, host, report = nothing }: MockOptions): Promise<Mock> {
  const contract = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
  const operations = await getHttpOperationsFromSpec(contract)
  const mock: PrismHttpComponents['mock'] = ({ resource, input, config }) => {
    const { data, validations } = input
    report(`${data.method.toUpperCase()} ${data.url.path}`)
    for (const { message, path = [] } of validations) report(`  ${path.join('.')}: ${message}`)
    const responses = resource.responses.filter(({ code }) => code !== '422' || validations.length === 0)
    const answerWith = mocker({ resource: { ...resource, responses }, input, config })
    return (logger) => {
      const answer = answerWith(logger)
      return answer._tag === 'Right' ? { ...answer, right: withOwnRetryAfter(answer.right) } : answer
    }
  }
  const server = createServer(operations, {
    components: { logger: silentLogger, mock },
    cors: true,
    config: {
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      isProxy: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
    },
  })
  return { url: await server.listen(port, host), operations, close: () => server.close() }
}

type Answer = Extract<ReturnType<ReturnType<PrismHttpComponents['mock']>>, { right: unknown }>['right']

/** Prism takes every header from its own example; what Retry-After says must be what the body says. */
function withOwnRetryAfter(answer: Answer): Answer {
  const { 'Retry-After': _, ...headers } = answer.headers ?? {}
  const { error } = answer.body as { error?: { retryAfterSeconds?: number } }
  const seconds = error?.retryAfterSeconds
  return {
    ...answer,
    headers: seconds === undefined ? headers : { ...headers, 'Retry-After': String(seconds) },
  }
}
