import type { Delivery } from '../../otp/delivery.ts'
import { eventOfEnd } from '../../otp/webhook-event.ts'
import { type Query, read, type Step } from '../engine.ts'
import { type Lock, lock } from '../locks.ts'
import {
  freeKey,
  laterSessions,
  linkPast,
  sessionById,
  setFailed,
  setKeySent,
  setKeyUnknown,
  setSent,
  setUnknown,
} from '../statements.ts'
import { listenersOf } from '../webhook-statements.ts'
import { tell } from './outbox.ts'

// What became of a delivery. Each may be written twice, so one that may have been written is written again.

export const markSent = (sessionId: string, delivery?: Delivery) =>
  repeatable([setSent(sessionId, kept(delivery)), setKeySent(sessionId)])

export const markFailed = (sessionId: string, delivery?: Delivery): Step<void> => ({
  locks: [lock.recipientOfSession(sessionId)],
  *run() {
    const { rows, at } = yield* read(sessionById(sessionId), laterSessions(sessionId), listenersOf(sessionId))
    const [[failed], later, listeners] = rows
    const writes: Query[] = [setFailed(sessionId, kept(delivery)), linkPast(sessionId), freeKey(sessionId)]
    if (failed) {
      writes.push(...tell(eventOfEnd(failed, { ...failed, failedAt: at }, at), listeners))
      // Those that resent it take over the attempts that it has counted, perhaps the last ones.
      for (const session of later.filter(({ attempts }) => attempts < failed.attempts)) {
        const { attempts, wrongCodesAt } = failed
        writes.push(...tell(eventOfEnd(session, { ...session, attempts, wrongCodesAt }, at), listeners))
      }
    }
    return { outcome: undefined, writes }
  },
})

export const markUnknown = (sessionId: string, delivery?: Delivery) =>
  repeatable([setUnknown(sessionId, kept(delivery)), setKeyUnknown(sessionId)])

/** A delivery as it is kept. Its remedy and what callers are told follow from it. */
function kept(delivery: Delivery | undefined): string | null {
  if (delivery === undefined) return null
  const { reason: _, mayRetry: __, ...facts } = delivery
  return JSON.stringify(facts)
}

const repeatable = (writes: readonly Query[]): Step<void> => ({ ...writeAll([], writes), isRepeatable: true })

/** A step that has nothing to judge. */
export function writeAll(locks: readonly Lock[], writes: readonly Query[]): Step<void> {
  return {
    locks,
    // biome-ignore lint/correctness/useYield: there is nothing to read
    *run() {
      return { outcome: undefined, writes }
    },
  }
}
