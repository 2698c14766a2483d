import type { Flow } from '../flows.ts'

/** A send limit as it applies to one send: who is counted, how many, in which window. */
export interface SendLimit {
  subject: 'recipient' | 'credential' | 'address'
  max: number
  windowMs: number
}

/** A session as it is issued; times are milliseconds since the epoch. */
export interface NewSession {
  id: string
  flow: Flow['name']
  projectId: string
  credentialId: string
  /** The recipient as the caller wrote it, for the history. */
  email: string
  /** The recipient as it is compared. */
  canonicalRecipient: string
  /** The mailbox as it is counted: one key for all its spellings and tags. */
  countedRecipient: string
  /** The client address that is counted, only for sends with a public token. */
  clientAddress: string | undefined
  codeHash: Buffer
  maxAttempts: number
  issuedAt: number
  expiresAt: number
  /** When the send counts as made until its outcome is known: the latest moment at which its mail can be accepted. */
  countedAt: number
  /** The language that was asked for, as a BCP 47 tag. */
  locale: string | undefined
  /** Where the hosted page offers a way back to. */
  redirectUrl: string | undefined
  /** How long the code is, so that the hosted page can ask for as much. */
  otpDigits: number
}

export interface VerifyAttempt {
  sessionId: string
  flow: Flow['name']
  projectId: string
  /** The typed code under every secret that may have signed it. */
  codeHashes: readonly Buffer[]
  at: number
}

export interface Verification {
  id: string
  email: string
  sentAt: number
  verifiedAt: number
}

/** A place in the history: the verification after which the next page starts. */
export interface HistoryPosition {
  verifiedAt: number
  id: string
}

/** What the hosted page may know of a session. */
export interface HostedSession {
  projectId: string
  /** The recipient as the caller wrote it. */
  email: string
  canonicalRecipient: string
  locale: string | undefined
  redirectUrl: string | undefined
  otpDigits: number
  attemptsLeft: number
  expiresAt: number
  isVerified: boolean
  /** True if no mail went out. */
  isFailed: boolean
}

/** The store of sessions. Every method is one atomic step that holds across processes. */
export interface SessionStore {
  /**
   * Counts the send against every limit and stores the session, both or neither.
   * @returns undefined, or for how many milliseconds the send would still be refused
   */
  issue(session: NewSession, limits: SendLimit[]): Promise<{ retryAfterMs: number } | undefined>
  /** Records that the mail was accepted; from now on the send counts as made at `at`. */
  markSent(sessionId: string, at: number): Promise<void>
  /** Records that no mail went out: the session is closed and the send no longer counts. */
  markFailed(sessionId: string, at: number): Promise<void>
  /** Counts one attempt, compares in constant time and consumes, in one guarded statement. */
  attempt(attempt: VerifyAttempt): Promise<'verified' | 'wrong' | 'exhausted' | 'missing'>
  /** Completed verifications, newest first, after `position`. */
  listVerified(
    projectId: string,
    flow: Flow['name'],
    limit: number,
    position: HistoryPosition | undefined,
  ): Promise<Verification[]>
  /** The session of this flow, whatever has become of it. */
  find(sessionId: string, flow: Flow['name']): Promise<HostedSession | undefined>
}

/** Counts the tries on the hosted page, across processes. */
export interface PageTries {
  /**
   * Counts one try of this client, unless a window of `windowMs` would then hold more than `max`.
   * @returns undefined, or for how many milliseconds a try would still be refused
   */
  count(
    client: string,
    limit: { max: number; windowMs: number },
    at: number,
  ): Promise<{ retryAfterMs: number } | undefined>
}

/** What the recipient gets to read. */
export interface CodeMail {
  to: string
  /** Overrides the configured sender: an address, or `Name <address>` already split. */
  from: { name: string; address: string } | undefined
  flow: Flow['name']
  /** The language that was asked for, as a BCP 47 tag. */
  locale: string | undefined
  /** Override the texts of the mail. */
  subject: string | undefined
  verificationLine: string | undefined
  code: string
  expiresInSeconds: number
  /** The page where the code can be typed, for the flow that has one; it never carries the code. */
  hostedVerifyUrl: string | undefined
}

export interface Mailer {
  /** False when no SMTP route is configured. */
  readonly isConfigured: boolean
  /** How long one delivery can take. */
  readonly timeoutMs: number
  /** Resolves when an SMTP server accepted the mail for exactly its recipient with 250. @throws otherwise */
  deliver(mail: CodeMail): Promise<void>
}

/** Milliseconds since the epoch. */
export type Clock = () => number
