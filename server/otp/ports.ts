import type { Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import type { Limit } from '../settings.ts'
import type { Delivery } from './delivery.ts'
import type { Erased, ErasedKeys, Erasure } from './erased.ts'
import type { CancelVerdict, IdempotencyClaim, Repeated, SessionRecord, Side } from './session.ts'

export type { IdempotencyClaim, Repeated, Side } from './session.ts'

/** The limit that refuses a request, and for how long. */
export interface Refusal {
  limit: Limit
  retryAfterMs: number
}

/**
 * The sends that a send limit counts.
 * - `recipient`: to one recipient by one side; `recipientTotal`: by all sides.
 * - `mailbox`: to one mailbox, with any tag in the address; `credential`: with one credential.
 * - `address`, `network`: with public tokens, from one client address or network.
 * - `addressWhenBusy`, `networkWhenBusy`: the same, but only while half of the credential's limit is used.
 * - `failures`: with public tokens, from one network, not accepted by a mail server.
 */
export type SendSubject = RecipientSubject | SenderSubject
export type RecipientSubject = 'recipient' | 'recipientTotal' | 'mailbox'
export type SenderSubject =
  | 'credential'
  | 'address'
  | 'addressWhenBusy'
  | 'network'
  | 'networkWhenBusy'
  | 'failures'

/** A send limit as it applies to one send: what it counts, how many it allows, and in which window. */
export interface SendLimit extends Limit {
  subject: SendSubject
}

/** Where a request with a public token comes from, as limits count it. */
export interface PublicClient {
  credentialId: string
  /** An IPv4 address, or the /64 of an IPv6 address. */
  address: string
  /** The /24 or /48 around it. */
  network: string
  /** Anyone can get many IPv6 /64s for free. So when each client has little left, the whole network counts as one. */
  isIpv6: boolean
}

/** How many wrong codes a client may type. `short` counts those for short codes, `all` counts every one. */
export interface GuessLimit {
  all: Limit | undefined
  short: Limit | undefined
}

export interface GuessLimits {
  /** For the sessions of one recipient that one side opened. */
  recipient: GuessLimit
  /** From one client address, with public tokens. */
  address: GuessLimit
  network: GuessLimit
  /** With one public token. */
  credential: GuessLimit
  /** For one client address, while the token's own guesses are used up. */
  addressWhenBusy: Limit | undefined
}

/** A send to a mailbox. Failed sends are left out. */
export interface RecentSend extends Side {
  countedRecipient: string
  countedAt: number
}

/** A session to issue. Durations are milliseconds. */
export interface NewSession extends Side {
  id: string
  flow: Flow['name']
  credentialId: string
  /** The recipient as the caller wrote it, for the history. */
  email: string
  /** The form of the recipient for comparisons. */
  canonicalRecipient: string
  /** The key that counts the mailbox: the same for all its spellings and tags. */
  countedRecipient: string
  /** `countedRecipient` without its tag, for any provider: a second key for the mailbox, with a higher limit. */
  mailbox: string
  /** The keys that counted the recipient before, if it was erased. */
  erasedAs: ErasedKeys
  /** The client that limits count. Only for sends with a public token. */
  client: PublicClient | undefined
  codeHash: Buffer
  maxAttempts: number
  expiresInMs: number
  /** The longest time that its delivery may take. Until the outcome is known, the send counts as made at its end. */
  deliveryMs: number
  /** The requested language, as a BCP 47 tag. */
  locale: string | undefined
  /** The URL that the hosted page links back to. */
  redirectUrl: string | undefined
  /** The length of the code, so that the hosted page asks for this many digits. */
  otpDigits: number
  /** The caller's own id for this session. */
  reference: string | undefined
  idempotency: IdempotencyClaim | undefined
}

export type IssueOutcome =
  | Repeated
  /** `quota` is the credential's, if it has a limit. */
  | {
      outcome: 'issued'
      expiresAt: number
      quota: Quota | undefined
      /** True if the session uses the fixed code of a test recipient, not the minted one. */
      isTestRecipient: boolean
    }
  /** `isGuessLimit`: there were too many wrong codes, so no new code is sent. */
  | ({ outcome: 'limited'; quota: Quota | undefined; isGuessLimit: boolean } & Refusal)

export interface VerifyAttempt {
  sessionId: string
  flow: Flow['name']
  projectId: string
  /** How many digits were typed. 0 if the text cannot be a code. */
  typedDigits: number
  /** Returns the hashes that a session would keep for the typed code, one per secret that may have signed it. */
  hashesFor(sessionId: string): readonly Buffer[]
  guesses: GuessLimits
  /** The client that types it with a public token. */
  client: PublicClient | undefined
}

export type AttemptOutcome =
  | { outcome: 'verified' | 'exhausted' | 'missing' }
  /** `malformed`: no right code has this length, so nothing was counted. */
  | { outcome: 'wrong' | 'malformed'; attemptsLeft: number; credentialId: string }
  | ({ outcome: 'limited' } & Refusal)

export interface Verification {
  id: string
  email: string
  sentAt: number
  verifiedAt: number
  reference: string | null
  testRecipient: string | null
}

/** Selects completed verifications. */
export interface HistoryQuery {
  projectId: string
  flow: Flow['name']
  limit: number
  /** Where the previous page ended. */
  position: HistoryPosition | undefined
  reference: string | undefined
}

/** A position in the history. The next page starts after this verification. */
export interface HistoryPosition {
  verifiedAt: number
  id: string
}

/** The part of a session that the hosted page may see. */
export interface HostedSession {
  projectId: string
  /** The server key that opened it. */
  credentialId: string
  reference: string | undefined
  /** How long its code is valid, from the send on. */
  lifetimeMs: number
  /** The recipient as the caller wrote it. */
  email: string
  canonicalRecipient: string
  locale: string | undefined
  redirectUrl: string | undefined
  otpDigits: number
  attemptsLeft: number
  isExpired: boolean
  isVerified: boolean
  isCanceled: boolean
  /** True if no email went out. */
  isFailed: boolean
}

/**
 * The store of sessions. Every method is one atomic step, even if many processes and instances share the store. A step
 * reads the store's time after it gets its locks, so times are in the order of the steps.
 */
export interface SessionStore {
  /** The longest time that one step can wait for others, in milliseconds. */
  readonly timeoutMs: number
  /**
   * Claims the idempotency key, counts the send against every limit and stores the session: all or nothing. If a
   * session of the same project, flow, recipient, credential and network is still open, the new session is its resend.
   * A client that may not guess anymore with a public token may not send with it either.
   */
  issue(session: NewSession, limits: readonly SendLimit[], guesses: GuessLimits): Promise<IssueOutcome>
  /** Records that a mail server accepted the email, and how. From now on, the send counts as made now. */
  markSent(sessionId: string, delivery?: Delivery): Promise<void>
  /**
   * Records that no email went out. This closes the session and frees its idempotency key. The send no longer counts
   * for its recipient. If the credential is a server key, the send no longer counts for it either.
   */
  markFailed(sessionId: string, delivery?: Delivery): Promise<void>
  /** Records that the delivery is over and its outcome is unknown. A repeat no longer waits for it. */
  markUnknown(sessionId: string, delivery?: Delivery): Promise<void>
  /**
   * Counts one attempt, unless the code is malformed. Compares the code in constant time with those of this session and
   * the earlier one. A right code consumes the session. A wrong code counts for this session, for the sessions before
   * and after it in the chain of resends, and for the recipient.
   */
  attempt(attempt: VerifyAttempt): Promise<AttemptOutcome>
  /** Ends an open session, so its code no longer works. */
  cancel(sessionId: string, wanted: { flow: Flow['name']; projectId: string }): Promise<CancelVerdict>
  /** Returns completed verifications, newest first. */
  listVerified(query: HistoryQuery): Promise<Verification[]>
  /** Returns everything that the store knows about a session, and the store's time. */
  findRecord(sessionId: string): Promise<{ session: SessionRecord; at: number } | undefined>
  /** Erases a mailbox, also from the raw bytes of the store. What limits still count stays, without the address. */
  erase(erasure: Erasure): Promise<Erased>
  /** Counts what `erase` would erase. */
  countErasable(erasure: Erasure): Promise<Erased>
  /** Returns every project that ever had a credential. */
  projects(): Promise<string[]>
  /** Finds the session in this flow, in any state. */
  find(sessionId: string, flow: Flow['name']): Promise<HostedSession | undefined>
}

/** Counts tries on the hosted page, across processes. */
export interface PageTries {
  /**
   * Counts one try of this client, unless a window of `windowMs` would then hold more than `max`.
   * @returns undefined if it counted the try, or for how many milliseconds it refuses tries
   */
  count(client: string, limit: Limit): Promise<{ retryAfterMs: number } | undefined>
}

/** Milliseconds since the epoch. */
export type Clock = () => number
