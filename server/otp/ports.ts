import type { Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import type { Delivery } from './delivery.ts'
import type { Erased, ErasedKeys, Erasure } from './erased.ts'
import type { CancelVerdict, SessionRecord, Side } from './session.ts'

export type { Side } from './session.ts'

/** At most `max` in any window of `windowMs`. */
export interface Limit {
  max: number
  windowMs: number
  /** What its operator calls it; for the log. */
  name?: string | undefined
}

/** That a limit stands in the way, and for how long. */
export interface Refusal {
  limit: Limit
  retryAfterMs: number
}

/**
 * What a send limit counts: sends to one `recipient` by one side, or by all (`recipientTotal`); to one `mailbox`, whatever
 * tag the address has; with one `credential`; and, with a public token, from one client `address` or `network`.
 * `addressWhenBusy` or `networkWhenBusy` holds while half of the credential's own limit is used, and `failures` counts
 * what was not accepted.
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

/** A send limit as it applies to one send: who is counted, how many, in which window. */
export interface SendLimit extends Limit {
  subject: SendSubject
}

/** Where a request with a public token comes from, as it is counted. */
export interface PublicClient {
  credentialId: string
  /** An IPv4 address, or the /64 of an IPv6 address. */
  address: string
  /** The /24 or /48 around it. */
  network: string
  /** An IPv6 /64 costs nothing. So where only a little is left to each, the network counts as one. */
  isIpv6: boolean
}

/** How many wrong codes may be typed; `short` counts those for short codes, and `all` counts every one. */
export interface GuessLimit {
  all: Limit | undefined
  short: Limit | undefined
}

export interface GuessLimits {
  /** The sessions of one recipient that one side has opened. */
  recipient: GuessLimit
  /** Who types them with a public token. */
  address: GuessLimit
  network: GuessLimit
  /** With one public token. */
  credential: GuessLimit
  /** What is left to a client address while those of the token are used up. */
  addressWhenBusy: Limit | undefined
}

/** A send to a mailbox that has not failed. */
export interface RecentSend extends Side {
  countedRecipient: string
  countedAt: number
}

/** A session as it is issued; durations are milliseconds. */
export interface NewSession extends Side {
  id: string
  flow: Flow['name']
  credentialId: string
  /** The recipient as the caller wrote it, for the history. */
  email: string
  /** The recipient as it is compared. */
  canonicalRecipient: string
  /** The mailbox as it is counted: one key for all its spellings and tags. */
  countedRecipient: string
  /** The same without its tag, whoever its provider is: another key for the mailbox, with a higher limit. */
  mailbox: string
  /** Under which keys it was counted before, if it was erased. */
  erasedAs: ErasedKeys
  /** Who is counted, only for sends with a public token. */
  client: PublicClient | undefined
  codeHash: Buffer
  maxAttempts: number
  expiresInMs: number
  /** How long its delivery may take. Until its outcome is known, the send counts as made at the end of that time. */
  deliveryMs: number
  /** The language that was asked for, as a BCP 47 tag. */
  locale: string | undefined
  /** Where the hosted page offers a way back to. */
  redirectUrl: string | undefined
  /** How long the code is, so that the hosted page can ask for as much. */
  otpDigits: number
  /** The caller's own id for it. */
  reference: string | undefined
  idempotency: IdempotencyClaim | undefined
}

/** A send that may be repeated: no two sends of one credential with one key mail anything. */
export interface IdempotencyClaim {
  keyHash: Buffer
  /** Of everything that makes one request another one. */
  requestHash: Buffer
  /** For how long the key answers repeats. */
  keptMs: number
}

/** What became of the first send with a key that comes again. */
export type Repeated =
  | { outcome: 'repeated'; sessionId: string; expiresAt: number }
  /** `unknown`: the outcome of its delivery was never recorded, so its mail may have been accepted. */
  | { outcome: 'reused' | 'inProgress' | 'unknown' }

export type IssueOutcome =
  | Repeated
  /** `quota` is that of the credential, if it has a limit. */
  | {
      outcome: 'issued'
      expiresAt: number
      quota: Quota | undefined
      /** True if the session has the fixed code of a test recipient, and not the one that was minted. */
      isTestRecipient: boolean
    }
  /** `isGuessLimit`: too many wrong codes were typed, so no new code is given out. */
  | ({ outcome: 'limited'; quota: Quota | undefined; isGuessLimit: boolean } & Refusal)

export interface VerifyAttempt {
  sessionId: string
  flow: Flow['name']
  projectId: string
  /** How many digits were typed; 0 if it cannot have been a code. */
  typedDigits: number
  /** The typed code as it would be kept in a session, under every secret that may have signed it. */
  hashesFor(sessionId: string): readonly Buffer[]
  guesses: GuessLimits
  /** Whoever types it with a public token. */
  client: PublicClient | undefined
}

export type AttemptOutcome =
  | { outcome: 'verified' | 'exhausted' | 'missing' }
  /** `malformed`: not of a length that could be right, so nothing was counted. */
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

/** Which completed verifications are wanted. */
export interface HistoryQuery {
  projectId: string
  flow: Flow['name']
  limit: number
  /** Where the page before ended. */
  position: HistoryPosition | undefined
  reference: string | undefined
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
  isExpired: boolean
  isVerified: boolean
  isCanceled: boolean
  /** True if no mail went out. */
  isFailed: boolean
}

/**
 * The store of sessions. Every method is one atomic step, however many processes and instances share the store. A step
 * takes its time from the store, after it has its locks, so that times are in the order of the steps.
 */
export interface SessionStore {
  /** How long one step can wait for others, in milliseconds. */
  readonly timeoutMs: number
  /**
   * Claims the idempotency key, counts the send against every limit and stores the session: all or nothing. A session
   * of the same project, flow, recipient, credential and network that is still open is from then on the earlier one of
   * the two. Whoever may not guess any more with a public token may not send with it either.
   */
  issue(session: NewSession, limits: readonly SendLimit[], guesses: GuessLimits): Promise<IssueOutcome>
  /** Records that the mail was accepted, and how; from now on the send counts as made now. */
  markSent(sessionId: string, delivery?: Delivery): Promise<void>
  /**
   * Records that no mail went out: the session is closed, its idempotency key is free, and the send no longer counts for
   * its recipient; nor for its credential, if that is a server key.
   */
  markFailed(sessionId: string, delivery?: Delivery): Promise<void>
  /** Records that the delivery is over and its outcome unknown: a repeat no longer waits for it. */
  markUnknown(sessionId: string, delivery?: Delivery): Promise<void>
  /**
   * Counts one attempt unless the code is malformed, compares in constant time with the code of the session and that of the earlier one, and
   * consumes. A wrong code counts for the sessions on both sides in the row of resends, and for the recipient.
   */
  attempt(attempt: VerifyAttempt): Promise<AttemptOutcome>
  /** Ends an open session, so that its code is worth nothing from now on. */
  cancel(sessionId: string, wanted: { flow: Flow['name']; projectId: string }): Promise<CancelVerdict>
  /** Completed verifications, newest first. */
  listVerified(query: HistoryQuery): Promise<Verification[]>
  /** All that is known of a session, and the time of the store. */
  findRecord(sessionId: string): Promise<{ session: SessionRecord; at: number } | undefined>
  /** Erases a mailbox, from the bytes of the store too. What limits still have to count stays, without the address. */
  erase(erasure: Erasure): Promise<Erased>
  /** How much `erase` would find. */
  countErasable(erasure: Erasure): Promise<Erased>
  /** Every project that a credential was ever issued for. */
  projects(): Promise<string[]>
  /** The session of this flow, whatever has become of it. */
  find(sessionId: string, flow: Flow['name']): Promise<HostedSession | undefined>
}

/** Counts the tries on the hosted page, across processes. */
export interface PageTries {
  /**
   * Counts one try of this client, unless a window of `windowMs` would then hold more than `max`.
   * @returns undefined, or for how many milliseconds a try would still be refused
   */
  count(client: string, limit: Limit): Promise<{ retryAfterMs: number } | undefined>
}

/** Milliseconds since the epoch. */
export type Clock = () => number
