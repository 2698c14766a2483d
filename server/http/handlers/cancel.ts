import { type Flow, flows } from '../../flows.ts'
import type { CanceledSessionResponse } from '../../generated/contract.ts'
import { cancelSession } from '../../otp/cancel.ts'
import type { SessionStore } from '../../otp/ports.ts'
import type { Call, Handler, Reply } from '../types.ts'

export function cancelInstantOtp(sessions: SessionStore): Handler<'cancelInstantOtp'> {
  return async (call): Promise<Reply<'cancelInstantOtp'>> => ({
    status: 200,
    body: await cancel(sessions, flows.instant, call),
  })
}

export function cancelBackendOtp(sessions: SessionStore): Handler<'cancelBackendOtp'> {
  return async (call): Promise<Reply<'cancelBackendOtp'>> => ({
    status: 200,
    body: await cancel(sessions, flows.backend, call),
  })
}

export function cancelEmailVerification(sessions: SessionStore): Handler<'cancelEmailVerification'> {
  return async (call): Promise<Reply<'cancelEmailVerification'>> => ({
    status: 200,
    body: await cancel(sessions, flows.emailVerification, call),
  })
}

async function cancel(
  sessions: SessionStore,
  flow: Flow,
  { body, caller }: Call<'cancelBackendOtp'>,
): Promise<CanceledSessionResponse> {
  const { sessionId } = body
  const { projectId } = caller.credential
  const status = await cancelSession(sessions, { flow, projectId, sessionId })
  return { success: true, data: { sessionId, status } }
}
