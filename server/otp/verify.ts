import { OtpError } from '../errors.ts'
import type { Flow } from '../flows.ts'
import { hashCode, normalizeTypedCode } from './code.ts'
import type { Clock, SessionStore } from './ports.ts'
import { parseRecipient } from './recipient.ts'

export interface VerifyDependencies {
  sessions: SessionStore
  now: Clock
  /** Every secret that may have signed a code that is still open. */
  otpSecrets: readonly string[]
}

export interface VerifyRequest {
  flow: Flow
  projectId: string
  sessionId: string
  email: string
  /** As typed. */
  code: string
}

/**
 * Consumes the session if code and address match; anything else costs one attempt. What cannot be right,
 * such as letters or an unreadable address, goes the same way as what is merely wrong.
 * @throws {OtpError} INVALID_CODE, SESSION_NOT_FOUND, RATE_LIMITED
 */
export async function verifyCode(dependencies: VerifyDependencies, request: VerifyRequest): Promise<void> {
  const { sessionId } = request
  const code = normalizeTypedCode(request.code)
  const recipient = parseRecipient(request.email)?.canonical ?? ''
  const outcome = await dependencies.sessions.attempt({
    sessionId,
    flow: request.flow.name,
    projectId: request.projectId,
    codeHashes: dependencies.otpSecrets.map((secret) => hashCode(secret, sessionId, recipient, code)),
    at: dependencies.now(),
  })
  if (outcome === 'wrong') throw new OtpError('INVALID_CODE')
  if (outcome === 'missing') throw new OtpError('SESSION_NOT_FOUND')
  if (outcome === 'exhausted') {
    throw new OtpError('RATE_LIMITED', {
      message: 'The attempts of this session are used up. Send a new code.',
    })
  }
}
