import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { GuessLimits, HistoryQuery, NewSession } from '../../server/otp/ports.ts'
import type { Limit } from '../../server/settings.ts'

/** Limits wrong codes for one recipient, and nothing else. */
export function guessLimit(all: Limit): GuessLimits {
  return { ...noGuessLimits, recipient: { all, short: undefined } }
}

/** A query for the newest completed verifications of a project. */
export function newest(projectId: string): HistoryQuery {
  return { projectId, flow: 'backend', limit: 10, position: undefined, reference: undefined }
}

/** A session as the rules would pass it to the store. */
export function newSession(id: string, overrides: Partial<NewSession> = {}): NewSession {
  return {
    id,
    flow: 'backend',
    projectId: 'default',
    credentialId: 'key',
    email: 'user@example.com',
    canonicalRecipient: 'user@example.com',
    countedRecipient: 'user@example.com',
    mailbox: overrides.countedRecipient ?? 'user@example.com',
    erasedAs: { counted: '#erased', mailbox: '#erased' },
    openedBy: 'server_key',
    client: undefined,
    codeHash: Buffer.alloc(32),
    maxAttempts: 5,
    expiresInMs: 1_000_000,
    deliveryMs: 0,
    locale: undefined,
    redirectUrl: undefined,
    otpDigits: 6,
    reference: undefined,
    idempotency: undefined,
    ...overrides,
  }
}
