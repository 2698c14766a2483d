import { timingSafeEqual } from 'node:crypto'
import type { Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import type { Limit } from '../settings.ts'
import { type GuessUsage, isShort, judgeGuess } from './guesses.ts'
import { coarseWaitMs, nothingUsed, type Usage, waitMs } from './limits.ts'
import type { GuessLimits, PublicClient, Refusal, Repeated, SendLimit, SendSubject } from './ports.ts'
import type { AttemptedSession } from './session.ts'

// The rules: no I/O, no clock, and the same for every store. In one step, a store reads the facts, gets a verdict here
// and writes the result. Times are milliseconds since the epoch.

export interface SendVerdict {
  /** The refusal with the longest wait. If undefined, the send goes through. */
  refusal: Refusal | undefined
  /** True if too many wrong codes are the reason. */
  isGuessLimit: boolean
  /** What is left of the credential's limit. If this send goes through, it is already subtracted. */
  quota: Quota | undefined
}

/**
 * @param usages what each limit has counted, in the same order
 * @param guessing the refusal if this sender may not guess anymore
 */
export function judgeSend(
  usages: readonly Usage[],
  limits: readonly SendLimit[],
  guessing: Refusal | undefined,
  at: number,
): SendVerdict {
  const counted = limits.map((limit, place) => ({ limit, usage: usages[place] ?? nothingUsed }))
  const own = counted.find(({ limit }) => limit.subject === 'credential')
  // Once half of the credential's limit is used, each client address gets only its share of the rest.
  const isBusy = own !== undefined && own.usage.used * 2 >= own.limit.max
  const refusals = counted
    .filter(({ limit }) => isBusy || !isOnlyWhenBusy(limit.subject))
    .map(({ limit, usage }) => {
      const wait = waitMs(usage, limit, at)
      return { limit, retryAfterMs: limit.subject === 'recipientTotal' ? coarseWaitMs(wait, limit) : wait }
    })
  const [refusal] = [...refusals, ...(guessing ? [guessing] : [])]
    .filter(({ retryAfterMs }) => retryAfterMs > 0)
    .sort((a, b) => b.retryAfterMs - a.retryAfterMs)
  const isGuessLimit = refusal !== undefined && refusal === guessing
  return { refusal, isGuessLimit, quota: own && quotaOf(own.usage, own.limit, at, refusal === undefined) }
}

const isOnlyWhenBusy = (subject: SendSubject) =>
  subject === 'addressWhenBusy' || subject === 'networkWhenBusy'

function quotaOf({ used, oldest }: Usage, { max, windowMs }: Limit, at: number, isIssued: boolean): Quota {
  const usedAfter = isIssued ? used + 1 : used
  const first = oldest ?? at
  return {
    max,
    windowMs,
    remaining: Math.max(0, max - usedAfter),
    // Sends under way count as made later than they were. But no caller has to wait longer than one window.
    resetMs: usedAfter === 0 ? 0 : Math.min(first + windowMs + 1 - at, windowMs),
  }
}

/** An earlier send under the same idempotency key. */
export interface ClaimedKey {
  requestHash: Buffer
  sessionId: string
  sessionExpiresAt: number
  /** Until this time, its delivery may still be under way. */
  inFlightUntil: number
  sentAt: number | null
  /** From this time on, the key may be used again. */
  expiresAt: number
}

/**
 * Decides what a send gets if its idempotency key was used before.
 * @returns undefined if the key is free
 */
export function judgeRepeat(
  earlier: ClaimedKey | undefined,
  requestHash: Buffer,
  at: number,
): Repeated | undefined {
  if (earlier === undefined || earlier.expiresAt <= at) return undefined
  if (!earlier.requestHash.equals(requestHash)) return { outcome: 'reused' }
  if (earlier.sentAt !== null) {
    return { outcome: 'repeated', sessionId: earlier.sessionId, expiresAt: earlier.sessionExpiresAt }
  }
  return at < earlier.inFlightUntil
    ? { outcome: 'inProgress' }
    : { outcome: 'unknown', sessionId: earlier.sessionId }
}

/** The last send to one recipient from one project, flow, credential and network. Failed sends are left out. */
export interface PreviousSend {
  id: string
  ordinal: number
  attempts: number
  maxAttempts: number
  expiresAt: number
  verifiedAt: number | null
  canceledAt: number | null
}

/**
 * Returns the session that a new one resends: the one before it, if that is still open. The two share one budget of
 * attempts. If that budget is used up, the new session is not a resend and gets its own.
 */
export function judgeResend(
  previous: PreviousSend | undefined,
  maxAttempts: number,
  at: number,
): PreviousSend | undefined {
  const isOpen =
    previous !== undefined &&
    previous.verifiedAt === null &&
    previous.canceledAt === null &&
    previous.expiresAt > at
  return isOpen && previous.attempts < Math.min(previous.maxAttempts, maxAttempts) ? previous : undefined
}

/** A typed code, and where it was typed. */
export interface Guess {
  projectId: string
  flow: Flow['name']
  /** How many digits were typed. 0 if the text cannot be a code. */
  typedDigits: number
  /** Returns the hashes that a session would keep for this code, one per secret that may have signed it. */
  hashesFor(sessionId: string): readonly Buffer[]
  guesses: GuessLimits
  client: PublicClient | undefined
}

export type AttemptVerdict =
  /** `malformed`: no right code has this length here. It costs nothing. */
  | { outcome: 'malformed' }
  | { outcome: 'missing' | 'exhausted' }
  /** `compared`: how many codes it was compared with. Each one was another chance to guess right. */
  | { outcome: 'wrong'; compared: number }
  | ({ outcome: 'limited' } & Refusal)
  /** `usesEarlier`: the code belongs to the session before, which ends now too. */
  | { outcome: 'verified'; usesEarlier: boolean }

/**
 * Judges one attempt. A session's own code verifies it. The code of the session before also does, while that one is
 * alive. The comparison takes the same time for every typed code.
 * @param usage the wrong codes that count against this attempt
 * @param at the time of day. It decides when sessions expire.
 * @param steadyAt the time that limits count by
 */
export function judgeAttempt(
  session: AttemptedSession | undefined,
  earlier: AttemptedSession | undefined,
  guess: Guess,
  usage: GuessUsage,
  { at, steadyAt }: { at: number; steadyAt: number },
): AttemptVerdict {
  const isOpen =
    session !== undefined &&
    session.projectId === guess.projectId &&
    session.flow === guess.flow &&
    isAlive(session, at)
  if (!isOpen) return { outcome: 'missing' }
  if (session.attempts >= session.maxAttempts) return { outcome: 'exhausted' }
  const isEarlierAlive = earlier !== undefined && isAlive(earlier, at)
  const lengths = [session.otpDigits, ...(isEarlierAlive ? [earlier.otpDigits] : [])]
  const isEarlierUsable = isEarlierAlive && earlier.attempts < earlier.maxAttempts
  const compared = isEarlierUsable ? 2 : 1
  const next = { isShort: lengths.some(isShort), cost: compared, client: guess.client }
  const refusal = judgeGuess(usage, guess.guesses, next, steadyAt)
  if (refusal) return { outcome: 'limited', ...refusal }

  if (!lengths.includes(guess.typedDigits)) return { outcome: 'malformed' }
  const isOwn = matches(session, guess)
  const isEarliers = isEarlierAlive && matches(earlier, guess)
  return isOwn || (isEarliers && isEarlierUsable)
    ? { outcome: 'verified', usesEarlier: isEarliers }
    : { outcome: 'wrong', compared }
}

function isAlive({ verifiedAt, failedAt, canceledAt, expiresAt }: AttemptedSession, at: number): boolean {
  return verifiedAt === null && failedAt === null && canceledAt === null && expiresAt > at
}

// A test recipient's code is stored once, hashed with the id of the test recipient.
function matches({ id, testRecipient, codeHash }: AttemptedSession, { hashesFor }: Guess): boolean {
  return hashesFor(testRecipient ?? id).filter((hash) => isEqual(hash, codeHash)).length > 0
}

// If the code of a session was used with another session, its stored hash is empty.
function isEqual(hash: Buffer, kept: Buffer): boolean {
  return hash.length === kept.length && timingSafeEqual(hash, kept)
}
