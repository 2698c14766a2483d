import { timingSafeEqual } from 'node:crypto'
import type { Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import { type GuessUsage, isShort, judgeGuess } from './guesses.ts'
import { coarseWaitMs, nothingUsed, type Usage, waitMs } from './limits.ts'
import type { GuessLimits, Limit, PublicClient, Refusal, Repeated, SendLimit, SendSubject } from './ports.ts'
import type { AttemptedSession } from './session.ts'

// The rules themselves: no I/O, no clock, and the same for every store. A store reads what a verdict is about, asks
// here, and writes what follows from it, all in one step. Times are milliseconds since the epoch.

export interface SendVerdict {
  /** The longest wait that any limit asks for; undefined lets the send through. */
  refusal: Refusal | undefined
  /** True if it is the wrong codes that refuse it. */
  isGuessLimit: boolean
  /** What is left of the credential's own limit, this send included if it is let through. */
  quota: Quota | undefined
}

/**
 * @param usages what each of the limits has counted, in the same order
 * @param guessing whether whoever sends may still guess
 */
export function judgeSend(
  usages: readonly Usage[],
  limits: readonly SendLimit[],
  guessing: Refusal | undefined,
  at: number,
): SendVerdict {
  const counted = limits.map((limit, place) => ({ limit, usage: usages[place] ?? nothingUsed }))
  const own = counted.find(({ limit }) => limit.subject === 'credential')
  // Once half of what a credential may send is used, no client address gets more of the rest than its share.
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
    // What is under way counts as made later than it is, but no caller is to wait for longer than a window.
    resetMs: usedAfter === 0 ? 0 : Math.min(first + windowMs + 1 - at, windowMs),
  }
}

/** An earlier send under the same idempotency key. */
export interface ClaimedKey {
  requestHash: Buffer
  sessionId: string
  sessionExpiresAt: number
  /** Until then its delivery may still be under way. */
  inFlightUntil: number
  sentAt: number | null
  /** From then on the key may be used anew. */
  expiresAt: number
}

/**
 * What a send hears whose idempotency key was used before.
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
  return { outcome: at < earlier.inFlightUntil ? 'inProgress' : 'unknown' }
}

/** The last send of one project, flow, credential and network to one recipient that has not failed. */
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
 * The session that a new one is the resend of: the one before it, if that is still open. The two share one budget of
 * attempts; where it is used up, the new session stands on its own.
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

/** The typed code, and where it was typed. */
export interface Guess {
  projectId: string
  flow: Flow['name']
  /** How many digits were typed; 0 if it cannot have been a code. */
  typedDigits: number
  /** The code as it would be kept in a session, under every secret that may have signed it. */
  hashesFor(sessionId: string): readonly Buffer[]
  guesses: GuessLimits
  client: PublicClient | undefined
}

export type AttemptVerdict =
  /** `malformed`: it has not the length of a code that would be right here, and costs nothing. */
  | { outcome: 'malformed' }
  | { outcome: 'missing' | 'exhausted' }
  /** `compared`: with how many codes, each of which it could have been. */
  | { outcome: 'wrong'; compared: number }
  | ({ outcome: 'limited' } & Refusal)
  /** `usesEarlier`: the code is that of the session before, which is over with it. */
  | { outcome: 'verified'; usesEarlier: boolean }

/**
 * What one attempt comes to. A session is verified by its own code and by that of the session before it, as long as
 * that one lives; the comparison takes the same time whatever was typed.
 * @param usage the wrong codes that count for this one
 * @param at the time of day, by which sessions expire
 * @param steadyAt the time by which limits count
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

// The code of a test recipient is kept once, under the id of that.
function matches({ id, testRecipient, codeHash }: AttemptedSession, { hashesFor }: Guess): boolean {
  return hashesFor(testRecipient ?? id).filter((hash) => isEqual(hash, codeHash)).length > 0
}

// A session whose code was used elsewhere keeps none.
function isEqual(hash: Buffer, kept: Buffer): boolean {
  return hash.length === kept.length && timingSafeEqual(hash, kept)
}
