import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getHttpOperationsFromSpec, type PrismHttpComponents } from '@stoplight/prism-http'
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js'
import { createServer } from '@stoplight/prism-http-server'
import { parse } from 'yaml'
import { OtpError } from '../../server/errors.ts'
import { type Contract, compileContract } from '../../server/http/contract.ts'
import { errorBody } from '../../server/http/errors.ts'
import { queryReader } from '../../server/http/input.ts'
import { validationFailed } from '../../server/http/validation.ts'
import { ulid } from '../../server/ulid.ts'
import { createReactions, type MockRequest } from './reactions.ts'

export interface MockOptions {
  port: number
  host: string
  /** The minimum delay of every response. */
  delayMs?: number
  /** Called with one line for each request, and with one for each way in which it breaks the contract. */
  report?: (line: string) => void
  now?: () => number
  wait?: (ms: number) => Promise<unknown>
}

export interface Mock {
  url: string
  operations: { method: string; path: string }[]
  close(): Promise<void>
}

// We use `require`, because loaders disagree about the default export when such a module is imported.
const { default: mocker } = createRequire(import.meta.url)(
  '@stoplight/prism-http/dist/mocker/index.js',
) as (typeof Mocker)['default']
const nothing = () => {}
const silent = {
  ...{ info: nothing, success: nothing, error: nothing, warn: nothing },
  ...{ debug: nothing, trace: nothing, fatal: nothing },
}
/** A logger for Prism that logs nothing. */
export const silentLogger = {
  ...silent,
  child: () => silentLogger,
} as unknown as PrismHttpComponents['logger']

type MockCall = Parameters<PrismHttpComponents['mock']>[0]
type Answer = Extract<ReturnType<ReturnType<PrismHttpComponents['mock']>>, { right: unknown }>['right']

/**
 * Runs Prism as a mock that reacts. Prism finds the operation, checks the credential and the request, and has the
 * contract's examples. A client asks for an example by name with `Prefer`. Without `Prefer`, the table of test outcomes
 * decides the response.
 *
 * It runs in this process, because Prism's own command handles 422 differently. If an operation documents a 422, that
 * command answers 422 to any request that breaks the contract. Here such a request gets a 400, and a 422 means that a
 * key was used before.
 */
export async function startMock({
  port,
  host,
  delayMs = 0,
  report = nothing,
  now = Date.now,
  wait = sleep,
}: MockOptions): Promise<Mock> {
  const file = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
  const contract = await compileContract(parse(readFileSync(file, 'utf8')))
  const operations = await getHttpOperationsFromSpec(file)
  const react = createReactions(now)

  const answerOf = async (call: MockCall, logger: Parameters<ReturnType<PrismHttpComponents['mock']>>[0]) => {
    const { data, validations } = call.input
    report(`${data.method.toUpperCase()} ${data.url.path}`)
    for (const { message, path = [] } of validations) report(`  ${path.join('.')}: ${message}`)
    const responses = call.resource.responses.filter(({ code }) => code !== '422' || validations.length === 0)
    const example = mocker({ ...call, resource: { ...call.resource, responses } })(logger)
    if (delayMs > 0) await wait(delayMs)
    if (example._tag === 'Left') return example
    const isWished = Object.keys(data.headers ?? {}).some((name) => name.toLowerCase() === 'prefer')
    if (isWished) return { ...example, right: withOwnRetryAfter(example.right) }
    const request = requestOf(contract, call)
    const { id, query, body } = request
    const errors = contract.errorsOf(id, {
      query,
      header: data.headers ?? {},
      ...(data.method === 'post' && { requestBody: body }),
    })
    const { statusCode } = example.right
    if ((statusCode === 200 || statusCode === 400) && errors.length > 0)
      return { ...example, right: refused(validationFailed(errors)) }
    if (statusCode !== 200) return { ...example, right: withOwnRetryAfter(example.right) }
    try {
      const reaction = react(request)
      if (reaction?.delayMs) await wait(reaction.delayMs)
      const answered = reaction && { ...example.right, body: { success: true, data: reaction.data } }
      return { ...example, right: withOwnRequestId(answered ?? example.right) }
    } catch (error) {
      if (!(error instanceof OtpError)) throw error
      return { ...example, right: refused(error) }
    }
  }

  const server = createServer(operations, {
    components: {
      logger: silentLogger,
      // Prism awaits this value, although its types do not say so. We need that to delay the response on request.
      mock: (call) => (logger) => answerOf(call, logger) as never,
    },
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

function requestOf(contract: Contract, { resource, input: { data } }: MockCall): MockRequest {
  const operation = contract.operations.find(
    ({ method, path }) => method === resource.method.toUpperCase() && path === resource.path,
  )
  if (operation === undefined) throw new Error(`the contract has no ${resource.method} ${resource.path}`)
  const given = Object.entries(data.url.query ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
  return {
    id: operation.operationId,
    body: (data.body ?? {}) as Record<string, unknown>,
    query: queryReader((operation.parameters ?? []) as never)(String(new URLSearchParams(given))),
    idempotencyKey: data.headers?.['idempotency-key'],
  }
}

/** Builds the error response that the service would send. */
function refused(error: OtpError): Answer {
  const requestId = ulid()
  const { retryAfterSeconds } = error
  return {
    statusCode: error.status,
    headers: {
      'Content-type': 'application/json',
      'X-Request-Id': requestId,
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: errorBody(error, requestId),
  }
}

function withOwnRequestId(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'X-Request-Id': ulid() } }
}

/** Prism takes every header from its own example, but `Retry-After` must match the body. */
function withOwnRetryAfter(answer: Answer): Answer {
  const { 'Retry-After': _, ...headers } = answer.headers ?? {}
  const { error } = answer.body as { error?: { retryAfterSeconds?: number } }
  const seconds = error?.retryAfterSeconds
  return {
    ...answer,
    headers: seconds === undefined ? headers : { ...headers, 'Retry-After': String(seconds) },
  }
}
