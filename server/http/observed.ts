import { flowOf, flows } from '../flows.ts'
import type { ObservedRequest } from '../observed-request.ts'
import type { HttpContext } from './types.ts'

/** What the metrics may know of a request. */
export function observed(context: HttpContext, durationMs: number): ObservedRequest {
  const { operationId, limit } = context.state
  // Operations have no parameters in their paths; other routes are known by their patterns.
  const matched: unknown = context['_matchedRoute']
  const route = operationId ? context.path : typeof matched === 'string' ? matched : undefined
  return {
    method: context.method,
    route,
    status: context.status,
    durationMs,
    otp: otpOf(context, route),
    limit,
  }
}

function otpOf(context: HttpContext, route: string | undefined): ObservedRequest['otp'] {
  const { operationId = '', errorCode, facts } = context.state
  if (facts?.sandbox) return undefined
  const done = errorCode?.toLowerCase()
  if (route === '/verify-email' && context.method === 'POST')
    return { kind: 'verify', flow: flows.emailVerification.name, outcome: done ?? 'verified' }
  const kind = (['send', 'verify'] as const).find((verb) => operationId.startsWith(verb))
  const flow = flowOf(operationId)
  if (kind === undefined || flow === undefined) return undefined
  return { kind, flow: flow.name, outcome: done ?? (kind === 'send' ? 'sent' : 'verified') }
}
