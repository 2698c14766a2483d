import type { SessionStatus } from '../generated/contract.ts'

// A session as the rules see it. Times are milliseconds since the epoch.

/** Who opens a session: the server keys of a project are one side, all public tokens together are another. */
export interface Side {
  projectId: string
  openedBy: 'server_key' | 'public_token'
}

/** A session as an attempt finds it. */
export interface AttemptedSession extends Side {
  id: string
  flow: string
  /** The credential that opened it. */
  credentialId: string
  countedRecipient: string
  /** The test recipient whose fixed code it has. */
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

/** A session with all that is known of it. */
export interface SessionRecord extends AttemptedSession {
  canonicalRecipient: string
  sentAt: number | null
  unknownAt: number | null
  /** When wrong codes were typed, separated by spaces, the oldest first. */
  wrongCodesAt: string
  /** When its expiry has to be told; null once it has ended. */
  expiryDueAt: number | null
  reference: string | null
}

/** How the sessions that have ended ended. */
export type EndStatus = Exclude<SessionStatus, 'PENDING'>

export type CancelVerdict =
  | { outcome: 'missing' | 'verified' }
  /** `isNew`: it was open until now. */
  | { outcome: 'ended'; status: Exclude<EndStatus, 'VERIFIED'>; isNew: boolean }
