import type { BlockList } from 'node:net'
import type { Middleware } from 'koa'
import type { Logger } from '../log.ts'
import type { ObservedRequest } from '../observed-request.ts'
import { ulid } from '../ulid.ts'
import type { Api } from './api.ts'
import { isForwardedByStranger } from './client-address.ts'
import { answerError } from './errors.ts'
import type { LogIds } from './log-ids.ts'
import { observed } from './observed.ts'
import { requestLine } from './request-line.ts'
import type { RequestState } from './types.ts'

type HttpMiddleware = Middleware<RequestState>

// Credentials use the same characters as ids. A credential sent in this header by mistake must not reach the log.
const plainRequestId = /^(?!.*risu_)[A-Za-z0-9._-]{1,64}$/

/** Gives every request an id, turns thrown errors into the contract's error body, and logs one line. */
export function requestEnvelope(
  log: Logger,
  logIds: LogIds,
  onRequest?: (request: ObservedRequest) => void,
): HttpMiddleware {
  return async (context, next) => {
    const startedAt = performance.now()
    const wanted = context.get('x-request-id')
    const requestId = plainRequestId.test(wanted) ? wanted : ulid()
    context.state.requestId = requestId
    context.set('X-Request-Id', requestId)
    context.set('Cache-Control', 'no-store')
    context.set('X-Content-Type-Options', 'nosniff')
    let failure: unknown
    try {
      await next()
    } catch (thrown) {
      failure = thrown
      answerError(context, thrown)
    }

    failure ??= context.state.failure
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10
    const { level, line } = requestLine(context, failure, durationMs, logIds)
    log[level](line, 'request')
    onRequest?.(observed(context, durationMs))
  }
}

/** Warns once about a proxy that TRUSTED_PROXIES does not name: all clients behind it count as one. */
export function strangeProxyWarning(log: Logger, trustedProxies: BlockList): HttpMiddleware {
  let hasWarned = false
  return (context, next) => {
    if (!hasWarned && isForwardedByStranger(context.req, trustedProxies)) {
      hasWarned = true
      log.warn(
        'X-Forwarded-For is ignored, because it came from an address that is not in TRUSTED_PROXIES. If that is your proxy, add it there. Until then, all its clients count as one.',
      )
    }
    return next()
  }
}

/** Calls `report` for every way in which a response breaks the contract. */
export function auditedAnswers(api: Api, report: (violation: string) => void): HttpMiddleware {
  return async (context, next) => {
    await next()
    const { operationId } = context.state
    if (operationId === undefined) return
    const body: unknown = context.body === undefined ? undefined : JSON.parse(JSON.stringify(context.body))
    const { headers } = context.response
    for (const violation of api.violationsOf(operationId, context.status, body, headers)) report(violation)
  }
}

const preflightLifetimeSeconds = 600
// The characters and the maximum length of an origin. Nothing else is echoed to a caller.
const plainOrigin = /^[\x21-\x7e]{1,300}$/
const allowedHeaders = 'Authorization, Content-Type, Idempotency-Key, X-Otp-Secret, X-Request-Id'
const exposedHeaders = 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'

/**
 * CORS for the operations that accept a public token, and for no other path. A preflight carries no token, so it is
 * granted to any origin. The token's allowlist then decides about the request itself. This is our own code, because
 * CORS libraries decide before the token is known.
 */
export function crossOrigin(api: Api): HttpMiddleware {
  return async (context, next) => {
    const methods = api.methodsForBrowsers(context.path)
    if (methods === undefined) return next()

    const origin = plainOrigin.test(context.get('origin')) ? context.get('origin') : ''
    context.vary('Origin')
    if (
      context.method === 'OPTIONS' &&
      origin !== '' &&
      context.get('access-control-request-method') !== ''
    ) {
      context.set('Access-Control-Allow-Origin', origin)
      context.set('Access-Control-Allow-Methods', methods)
      context.set('Access-Control-Allow-Headers', allowedHeaders)
      context.set('Access-Control-Max-Age', String(preflightLifetimeSeconds))
      context.status = 204
      return
    }
    // Pages may read a refusal too, even if their origin is refused: it contains only the reason.
    if (origin !== '') {
      context.set('Access-Control-Allow-Origin', origin)
      context.set('Access-Control-Expose-Headers', exposedHeaders)
    }
    await next()
  }
}
