import { type Flow, flows } from '../../flows.ts'
import type { SessionDetailsResponse } from '../../generated/contract.ts'
import type { SessionStore } from '../../otp/ports.ts'
import { sessionStatus } from '../../otp/session-status.ts'
import type { Call, Handler, Reply } from '../types.ts'

export function getInstantOtpStatus(sessions: SessionStore): Handler<'getInstantOtpStatus'> {
  return async (call): Promise<Reply<'getInstantOtpStatus'>> => ({
    status: 200,
    body: await status(sessions, flows.instant, call),
  })
}

export function getBackendOtpStatus(sessions: SessionStore): Handler<'getBackendOtpStatus'> {
  return async (call): Promise<Reply<'getBackendOtpStatus'>> => ({
    status: 200,
    body: await status(sessions, flows.backend, call),
  })
}

export function getEmailVerificationStatus(sessions: SessionStore): Handler<'getEmailVerificationStatus'> {
  return async (call): Promise<Reply<'getEmailVerificationStatus'>> => ({
    status: 200,
    body: await status(sessions, flows.emailVerification, call),
  })
}

async function status(
  sessions: SessionStore,
  flow: Flow,
  { query, caller }: Call<'getBackendOtpStatus'>,
): Promise<SessionDetailsResponse> {
  const { projectId } = caller.credential
  const data = await sessionStatus(sessions, { flow, projectId, sessionId: query.sessionId })
  return { success: true, data }
}
