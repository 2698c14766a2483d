import { type AttemptVerdict, judgeAttempt } from '../../otp/judge.ts'
import type { AttemptOutcome, VerifyAttempt } from '../../otp/ports.ts'
import { type Conclusion, type Query, read, type Step } from '../engine.ts'
import { lock } from '../locks.ts'
import {
  countAttempt,
  countGuesses,
  countOnEarlier,
  countOnLater,
  earlierSession,
  endEarlier,
  insertTry,
  isVerifiedAt,
  sessionById,
  setVerified,
} from '../statements.ts'

const noBudget = { max: 0, windowMs: 0 }
const noCode = Buffer.alloc(0)

/** Counts one attempt, compares and consumes. */
export function attempt(wanted: VerifyAttempt): Step<AttemptOutcome> {
  const { sessionId, budget } = wanted
  return {
    locks: [lock.recipientOfSession(sessionId)],
    *run() {
      const { max, windowMs } = budget ?? noBudget
      const { rows, ...time } = yield* read(
        sessionById(sessionId),
        earlierSession(sessionId),
        countGuesses(sessionId, windowMs, max),
      )
      const [[session], [earlier], [usage]] = rows
      const verdict = judgeAttempt(session, earlier, wanted, usage ?? { used: 0, oldest: null }, time)
      if (verdict.outcome === 'verified') return verified(verdict, sessionId, earlier?.id, time.at)
      if (verdict.outcome !== 'wrong' || session === undefined) return { outcome: verdict, writes: [] }
      const writes: Query[] = [countAttempt(sessionId), countOnLater(sessionId)]
      if (earlier) writes.push(countOnEarlier(earlier.id))
      if (budget) {
        writes.push(insertTry('guess', session.countedRecipient, time.steadyAt, time.steadyAt + windowMs))
      }
      return { outcome: { outcome: 'wrong' }, writes }
    },
  }
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
