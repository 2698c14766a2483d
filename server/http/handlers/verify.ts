import { type Flow, flows } from '../../flows.ts'
import type { VerifyResponse } from '../../generated/contract.ts'
import { type VerifyDependencies, verifyCode } from '../../otp/verify.ts'
import type { Call, Handler, Reply } from '../types.ts'

export function verifyInstantOtp(dependencies: VerifyDependencies): Handler<'verifyInstantOtp'> {
  return async (call): Promise<Reply<'verifyInstantOtp'>> => ({
    status: 200,
    body: await verify(dependencies, flows.instant, call),
  })
}

export function verifyBackendOtp(dependencies: VerifyDependencies): Handler<'verifyBackendOtp'> {
  return async (call): Promise<Reply<'verifyBackendOtp'>> => ({
    status: 200,
    body: await verify(dependencies, flows.backend, call),
  })
}

export function verifyEmailVerification(
  dependencies: VerifyDependencies,
): Handler<'verifyEmailVerification'> {
  return async (call): Promise<Reply<'verifyEmailVerification'>> => ({
    status: 200,
    body: await verify(dependencies, flows.emailVerification, call),
  })
}

async function verify(
  dependencies: VerifyDependencies,
  flow: Flow,
  { body, caller }: Call<'verifyBackendOtp'>,
): Promise<VerifyResponse> {
  const { sessionId, email, code } = body
  const { credential, client } = caller
  await verifyCode(dependencies, { flow, projectId: credential.projectId, sessionId, email, code, client })
  return { success: true, data: { verified: true } }
}
