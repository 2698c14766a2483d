import { flowOf, flows } from '../flows.ts'
import type { ObservedRequest } from '../observed-request.ts'
import type { HttpContext } from './types.ts'

/** Returns what the metrics may know about a request. */
export function observed(context: HttpContext, durationMs: number): ObservedRequest {
  const { operationId, limit } = context.state
  // The paths of operations have no parameters. Other routes are identified by their patterns.
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
  if (route === '/verify-email' && context.method === 'POST') {
    const isSend = context.state.pageAction === 'send'
    const flow = flows.emailVerification.name
    return isSend
      ? { kind: 'send', flow, outcome: done ?? 'sent' }
      : { kind: 'verify', flow, outcome: done ?? 'verified' }
  }
  const kind = (['send', 'verify'] as const).find((verb) => operationId.startsWith(verb))
  const flow = flowOf(operationId)
  if (kind === undefined || flow === undefined) return undefined
  return { kind, flow: flow.name, outcome: done ?? (kind === 'send' ? 'sent' : 'verified') }
}
