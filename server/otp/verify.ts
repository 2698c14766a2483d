import { OtpError } from '../errors.ts'
import { type Flow, isSessionId } from '../flows.ts'
import { hashCode, normalizeTypedCode } from './code.ts'
import type { Limit, SessionStore } from './ports.ts'
import { parseRecipient } from './recipient.ts'

export interface VerifyDependencies {
  sessions: SessionStore
  /** Every secret that may have signed a code that is still open. */
  otpSecrets: readonly string[]
  /** How many wrong codes one recipient may be given, over all sessions; undefined is no limit. */
  guesses: Limit | undefined
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
  const { otpSecrets, guesses, sessions } = dependencies
  const { flow, sessionId, projectId } = request
  if (!isSessionId(flow, sessionId)) throw new OtpError('SESSION_NOT_FOUND')
  const code = normalizeTypedCode(request.code)
  const recipient = parseRecipient(request.email)?.canonical ?? ''
  const result = await sessions.attempt({
    sessionId,
    flow: flow.name,
    projectId,
    hashesFor: (id) => otpSecrets.map((secret) => hashCode(secret, id, recipient, code)),
    budget: guesses,
  })
  switch (result.outcome) {
    case 'verified':
      return
    case 'wrong':
      throw new OtpError('INVALID_CODE')
    case 'missing':
      throw new OtpError('SESSION_NOT_FOUND')
    case 'exhausted':
      throw new OtpError('RATE_LIMITED', {
        message: 'The attempts of this session are used up. Send a new code.',
      })
    case 'limited':
      throw new OtpError('RATE_LIMITED', {
        message: 'Too many wrong codes were given for this recipient. Wait before trying again.',
        retryAfterSeconds: Math.ceil(result.retryAfterMs / 1000),
      })
  }
}
