import type { Delivery } from '../../otp/delivery.ts'
import { eventOfEnd } from '../../otp/webhook-event.ts'
import { type Query, read, type Step } from '../engine.ts'
import { freeKey, setKeySent, setKeyUnknown } from '../idempotency-statements.ts'
import { type Lock, lock } from '../locks.ts'
import { laterSessions, linkPast, sessionById, setFailed, setSent, setUnknown } from '../statements.ts'
import { listenersOf } from '../webhook-statements.ts'
import { tell } from './outbox.ts'

// Steps that record the outcome of a delivery. Running one twice is safe, so it runs again if its result is unknown.

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
      // Resends of the failed session take over its counted attempts. That may use up all of theirs.
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

/** Returns a delivery as the store keeps it. It omits `reason` and `mayRetry`, because they follow from the rest. */
function kept(delivery: Delivery | undefined): string | null {
  if (delivery === undefined) return null
  const { reason: _, mayRetry: __, ...facts } = delivery
  return JSON.stringify(facts)
}

const repeatable = (writes: readonly Query[]): Step<void> => ({ ...writeAll([], writes), isRepeatable: true })

/** Returns a step that only writes. */
export function writeAll(locks: readonly Lock[], writes: readonly Query[]): Step<void> {
  return {
    locks,
    // biome-ignore lint/correctness/useYield: there is nothing to read
    *run() {
      return { outcome: undefined, writes }
    },
  }
}
