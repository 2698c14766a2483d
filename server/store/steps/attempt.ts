import { type GuessKind, guessCounters, guessSubject, isShort, tallySubjects } from '../../otp/guesses.ts'
import { type AttemptedSession, type AttemptVerdict, judgeAttempt } from '../../otp/judge.ts'
import { tallyPart, usageOf } from '../../otp/limits.ts'
import type { AttemptOutcome, VerifyAttempt } from '../../otp/ports.ts'
import { type Conclusion, type Query, read, type Step } from '../engine.ts'
import { addToTally, insertTry, talliesOf, wrongCodes } from '../limit-statements.ts'
import { lock, locksOfClient } from '../locks.ts'
import {
  countAttempt,
  countOnEarlier,
  countOnLater,
  earlierSession,
  endEarlier,
  isVerifiedAt,
  sessionById,
  setVerified,
} from '../statements.ts'

const noLimit = { max: 0, windowMs: 0 }
const noCode = Buffer.alloc(0)

/** Counts one attempt, compares and consumes. */
export function attempt(wanted: VerifyAttempt): Step<AttemptOutcome> {
  const { sessionId, guesses, client } = wanted
  const { all = noLimit, short = noLimit } = guesses.recipient
  return {
    locks: [lock.recipientOfSession(sessionId), ...(client ? locksOfClient(client) : [])],
    *run() {
      const { rows, ...time } = yield* read(
        sessionById(sessionId),
        earlierSession(sessionId),
        wrongCodes(sessionId, Math.max(all.windowMs, short.windowMs)),
        ...(client ? [talliesOf(...tallySubjects(client))] : []),
      )
      const [[session], [earlier], wrong, tallies = []] = rows
      const timesOf = (wanted: GuessKind) =>
        wrong.flatMap(({ kind, triedAt }) => (kind === wanted ? [triedAt] : [])).sort((a, b) => b - a)
      const usage = {
        recipient: usageOf(timesOf('guess'), all, time.steadyAt),
        recipientShort: usageOf(timesOf('short_guess'), short, time.steadyAt),
        tallies,
      }
      const verdict = judgeAttempt(session, earlier, wanted, usage, time)
      if (verdict.outcome === 'verified') return verified(verdict, sessionId, earlier?.id, time.at)
      if (verdict.outcome !== 'wrong' || session === undefined) return { outcome: verdict, writes: [] }
      const writes: Query[] = [countAttempt(sessionId), countOnLater(sessionId)]
      if (earlier) writes.push(countOnEarlier(earlier.id))
      const hasShortCode = isShort(Math.min(session.otpDigits, earlier?.otpDigits ?? session.otpDigits))
      writes.push(...guessWrites(session, wanted, hasShortCode, verdict.compared, time.steadyAt))
      return { outcome: { outcome: 'wrong' }, writes }
    },
  }
}

/** Counts a wrong code: for the recipient and, if it came with a public token, for whoever typed it. */
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

function verified(
  { usesEarlier }: AttemptVerdict & { outcome: 'verified' },
  sessionId: string,
  earlierId: string | undefined,
  at: number,
): Conclusion<AttemptOutcome> {
  const writes: Query[] = [setVerified(sessionId, at)]
  // A code verifies once: after the earlier one was used with the newer session, the earlier session is over.
  if (usesEarlier && earlierId !== undefined) writes.push(endEarlier(earlierId, at, noCode))
  return { outcome: { outcome: 'verified' }, writes, proof: isVerifiedAt(sessionId, at) }
}
