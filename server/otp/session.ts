import type { SessionStatus } from '../generated/contract.ts'

// A session as the rules see it. Times are milliseconds since the epoch.

/** The side that opens a session. The server keys of a project are one side, all public tokens together are another. */
export interface Side {
  projectId: string
  openedBy: 'server_key' | 'public_token'
}

/** The part of a session that an attempt needs. */
export interface AttemptedSession extends Side {
  id: string
  flow: string
  /** The credential that opened it. */
  credentialId: string
  countedRecipient: string
  /** The test recipient whose fixed code the session uses. */
  testRecipient: string | null
  codeHash: Buffer
  otpDigits: number
  attempts: number
  maxAttempts: number
  expiresAt: number
  failedAt: number | null
  verifiedAt: number | null
  canceledAt: number | null
}

/** A session with everything that the store knows about it. */
export interface SessionRecord extends AttemptedSession {
  canonicalRecipient: string
  sentAt: number | null
  unknownAt: number | null
  /** The times of wrong codes, separated by spaces, oldest first. */
  wrongCodesAt: string
  /** When its expiry must be reported. null once the session has ended. */
  expiryDueAt: number | null
  reference: string | null
}

/** How a session ended. */
export type EndStatus = Exclude<SessionStatus, 'PENDING'>

export type CancelVerdict =
  | { outcome: 'missing' | 'verified' }
  /** `isNew`: true if the session was open until now. */
  | { outcome: 'ended'; status: Exclude<EndStatus, 'VERIFIED'>; isNew: boolean }

/** Makes a send repeatable: of all sends with one credential and one key, only one sends an email. */
export interface IdempotencyClaim {
  keyHash: Buffer
  /** The hash of everything that distinguishes one request from another. */
  requestHash: Buffer
  /** How long the key answers repeats. */
  keptMs: number
}

/** The result when an idempotency key is used again. It depends on the first send with that key. */
export type Repeated =
  | { outcome: 'repeated'; sessionId: string; expiresAt: number }
  /** `unknown`: nobody recorded the outcome of its delivery, so a mail server may have accepted the email. */
  | { outcome: 'unknown'; sessionId: string }
  | { outcome: 'reused' | 'inProgress' }
