import { type GuessKind, guessCounters, guessSubject, isShort, tallySubjects } from '../../otp/guesses.ts'
import { judgeAttempt } from '../../otp/judge.ts'
import { tallyPart, usageOf } from '../../otp/limits.ts'
import type { AttemptOutcome, VerifyAttempt } from '../../otp/ports.ts'
import type { AttemptedSession, SessionRecord } from '../../otp/session.ts'
import { withWrongCode } from '../../otp/status.ts'
import { eventOfEnd } from '../../otp/webhook-event.ts'
import { type Conclusion, type Query, read, type Step } from '../engine.ts'
import { addToTally, insertTry, talliesOf, wrongCodes } from '../limit-statements.ts'
import { lock, locksOfClient } from '../locks.ts'
import {
  countAttempt,
  earlierSession,
  endEarlier,
  isVerifiedAt,
  laterSessions,
  sessionById,
  setVerified,
} from '../statements.ts'
import { type Listener, listenersOf } from '../webhook-statements.ts'
import { tell } from './outbox.ts'

const noLimit = { max: 0, windowMs: 0 }
const noCode = Buffer.alloc(0)

/** Compares a typed code and counts the attempt. A right code is consumed. */
export function attempt(wanted: VerifyAttempt): Step<AttemptOutcome> {
  const { sessionId, guesses, client } = wanted
  const { all = noLimit, short = noLimit } = guesses.recipient
  return {
    locks: [lock.recipientOfSession(sessionId), ...(client ? locksOfClient(client) : [])],
    *run() {
      const { rows, ...time } = yield* read(
        sessionById(sessionId),
        earlierSession(sessionId),
        laterSessions(sessionId),
        listenersOf(sessionId),
        wrongCodes(sessionId, Math.max(all.windowMs, short.windowMs)),
        ...(client ? [talliesOf(...tallySubjects(client))] : []),
      )
      const [[session], [earlier], later, listeners, wrong, tallies = []] = rows
      const timesOf = (wanted: GuessKind) =>
        wrong.flatMap(({ kind, triedAt }) => (kind === wanted ? [triedAt] : [])).sort((a, b) => b - a)
      const usage = {
        recipient: usageOf(timesOf('guess'), all, time.steadyAt),
        recipientShort: usageOf(timesOf('short_guess'), short, time.steadyAt),
        tallies,
      }
      const verdict = judgeAttempt(session, earlier, wanted, usage, time)
      if (session === undefined) return { outcome: { outcome: 'missing' }, writes: [] }
      if (verdict.outcome === 'verified')
        return verified(session, verdict.usesEarlier ? earlier : undefined, listeners, time.at)
      const { credentialId, maxAttempts, attempts } = session
      const left = (wrong: number) => ({ attemptsLeft: maxAttempts - attempts - wrong, credentialId })
      if (verdict.outcome === 'malformed')
        return { outcome: { outcome: 'malformed', ...left(0) }, writes: [] }
      if (verdict.outcome !== 'wrong') return { outcome: verdict, writes: [] }
      const writes: Query[] = []
      for (const counted of [session, ...[earlier, ...later].filter(isCounted)]) {
        writes.push(countAttempt(counted.id))
        writes.push(...tell(eventOfEnd(counted, withWrongCode(counted, time.at), time.at), listeners))
      }
      const hasShortCode = isShort(Math.min(session.otpDigits, earlier?.otpDigits ?? session.otpDigits))
      writes.push(...guessWrites(session, wanted, hasShortCode, verdict.compared, time.steadyAt))
      return { outcome: { outcome: 'wrong', ...left(1) }, writes }
    },
  }
}

/** Counts a wrong code for the recipient and, if it came with a public token, for the client. */
function guessWrites(
  { openedBy, projectId, countedRecipient }: AttemptedSession,
  { guesses, client }: VerifyAttempt,
  hasShortCode: boolean,
  compared: number,
  at: number,
): Query[] {
  const subject = guessSubject(openedBy, projectId, countedRecipient)
  const writes: Query[] = []
  const { all, short } = guesses.recipient
  for (let count = 0; count < compared; count++) {
    if (all) writes.push(insertTry('guess', subject, at, at + all.windowMs))
    if (short && hasShortCode) writes.push(insertTry('short_guess', subject, at, at + short.windowMs))
  }
  for (const { kind, subject: counted, limit } of client
    ? guessCounters(client, guesses, hasShortCode)
    : []) {
    const { startsAt, expiresAt } = tallyPart(limit, at)
    writes.push(addToTally(kind, counted, startsAt, compared, expiresAt))
  }
  return writes
}

/** Neighbors in the chain of resends share the attempts. True if this one is neither over nor out of attempts. */
function isCounted(session: SessionRecord | undefined): session is SessionRecord {
  if (session === undefined) return false
  const { verifiedAt, failedAt, canceledAt, attempts, maxAttempts } = session
  return verifiedAt === null && failedAt === null && canceledAt === null && attempts < maxAttempts
}

/** @param used the earlier session, if the typed code was its code */
function verified(
  session: SessionRecord,
  used: SessionRecord | undefined,
  listeners: readonly Listener[],
  at: number,
): Conclusion<AttemptOutcome> {
  const writes: Query[] = [setVerified(session.id, at)]
  writes.push(...tell(eventOfEnd(session, { ...session, verifiedAt: at }, at), listeners))
  if (used) {
    // A code works only once. The earlier code was used with the newer session, so the earlier session ends.
    writes.push(endEarlier(used.id, at, noCode))
    writes.push(...tell(eventOfEnd(used, { ...used, expiresAt: at }, at), listeners))
  }
  return { outcome: { outcome: 'verified' }, writes, proof: isVerifiedAt(session.id, at) }
}
