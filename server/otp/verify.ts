import { OtpError } from '../errors.ts'
import { type Flow, isSessionId } from '../flows.ts'
import { hashCode, readTypedCode } from './code.ts'
import type { GuessLimits, PublicClient, SessionStore } from './ports.ts'
import { parseRecipient } from './recipient.ts'
import { attemptsUsedUp, tooManyWrongCodes } from './refusals.ts'

export interface VerifyDependencies {
  sessions: SessionStore
  /** Every secret that may have signed a code that is still open. */
  otpSecrets: readonly string[]
  guesses: GuessLimits
}

export interface VerifyRequest {
  flow: Flow
  projectId: string
  sessionId: string
  email: string
  /** The code as the person typed it. */
  code: string
  /** The client that typed it with a public token. */
  client: PublicClient | undefined
  /** Who verifies: a server key, or the public token of this id. */
  verifier: { isServerKey: boolean; credentialId: string }
}

/**
 * Consumes the session if code and address match. A wrong code costs one attempt, and so does a right code with a wrong
 * address. A text that cannot be a code of this session, such as letters or too few digits, is a wrong code but costs
 * nothing.
 * @throws {OtpError} INVALID_CODE, SESSION_NOT_FOUND, RATE_LIMITED
 */
export async function verifyCode(dependencies: VerifyDependencies, request: VerifyRequest): Promise<void> {
  const { otpSecrets, guesses, sessions } = dependencies
  const { flow, sessionId, projectId } = request
  if (!isSessionId(flow, sessionId)) throw new OtpError('SESSION_NOT_FOUND')
  const { digits: code = '' } = readTypedCode(request.code)
  const recipient = parseRecipient(request.email)?.canonical ?? ''
  const result = await sessions.attempt({
    sessionId,
    flow: flow.name,
    projectId,
    typedDigits: code.length,
    hashesFor: (id) => otpSecrets.map((secret) => hashCode(secret, id, recipient, code)),
    guesses,
    client: request.client,
  })
  switch (result.outcome) {
    case 'verified':
      return
    case 'wrong':
    case 'malformed': {
      const { isServerKey, credentialId } = request.verifier
      const mayKnow = isServerKey || credentialId === result.credentialId
      throw new OtpError('INVALID_CODE', mayKnow ? { attemptsLeft: result.attemptsLeft } : {})
    }
    case 'missing':
      throw new OtpError('SESSION_NOT_FOUND')
    case 'exhausted':
      throw attemptsUsedUp()
    case 'limited':
      throw new OtpError('RATE_LIMITED', {
        message: tooManyWrongCodes,
        reason: 'GUESS_LIMIT',
        retryAfterSeconds: Math.ceil(result.retryAfterMs / 1000),
        limit: result.limit.name,
      })
  }
}
