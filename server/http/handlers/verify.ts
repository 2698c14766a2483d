import { type Flow, flows } from '../../flows.ts'
import type { VerifyResultResponse } from '../../generated/contract.ts'
import { verifyInSandbox } from '../../otp/sandbox.ts'
import { type VerifyDependencies, verifyCode } from '../../otp/verify.ts'
import { isSandbox } from '../../sandbox.ts'
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
): Promise<VerifyResultResponse> {
  const { sessionId, email, code } = body
  const { credential, client } = caller
  const { projectId } = credential
  const verifyIn = isSandbox(projectId) ? verifyInSandbox : verifyCode
  const verifier = { isServerKey: credential.kind === 'server_key', credentialId: credential.id }
  await verifyIn(dependencies, { flow, projectId, sessionId, email, code, client, verifier })
  return { success: true, data: { verified: true } }
}
