import { flowOf, flows } from '../flows.ts'
import type { HttpContext } from './types.ts'

/** One request, once it is answered. No field is an address, or an id of a credential or a session. */
export interface ObservedRequest {
  method: string
  /** The path as the server knows it, without what a caller made up; undefined for one that nothing serves. */
  route: string | undefined
  status: number
  durationMs: number
  /** What was asked for, if it was a send or a verify that is not in a sandbox. */
  otp: { kind: 'send' | 'verify'; flow: string; outcome: string } | undefined
  /** The limit that refused it, as its operator calls it. */
  limit: string | undefined
}

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
