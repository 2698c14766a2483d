import type { Flow } from '../../flows.ts'
import type { CancelVerdict } from '../../otp/session.ts'
import { judgeCancel, statusOf } from '../../otp/status.ts'
import { eventOfEnd } from '../../otp/webhook-event.ts'
import { read, type Step } from '../engine.ts'
import { lock } from '../locks.ts'
import { sessionById, setCanceled, setExpiryTold } from '../statements.ts'
import { listenersOf } from '../webhook-statements.ts'
import { tell } from './outbox.ts'

// The ways to end a session other than an attempt or a delivery.

/** Cancels an open session of this flow and project. */
export function cancel(
  sessionId: string,
  wanted: { flow: Flow['name']; projectId: string },
): Step<CancelVerdict> {
  return {
    locks: [lock.recipientOfSession(sessionId)],
    *run() {
      const { rows, at } = yield* read(sessionById(sessionId), listenersOf(sessionId))
      const [[session], listeners] = rows
      const verdict = judgeCancel(session, wanted, at)
      if (session === undefined || verdict.outcome !== 'ended' || !verdict.isNew)
        return { outcome: verdict, writes: [] }
      const event = eventOfEnd(session, { ...session, canceledAt: at }, at)
      return { outcome: verdict, writes: [setCanceled(sessionId), ...tell(event, listeners)] }
    },
  }
}

/** Reports once that a session expired. Endpoints created after the expiry do not receive the event. */
export function expire(sessionId: string): Step<void> {
  return {
    locks: [lock.recipientOfSession(sessionId)],
    *run() {
      const { rows, at } = yield* read(sessionById(sessionId), listenersOf(sessionId))
      const [[session], listeners] = rows
      const isDue = session !== undefined && session.expiryDueAt !== null && session.expiryDueAt <= at
      if (!isDue) return { outcome: undefined, writes: [] }
      const isExpired = statusOf(session, at) === 'EXPIRED'
      const hearing = listeners.filter(({ createdAt }) => createdAt <= session.expiresAt)
      const event = isExpired ? eventOfEnd(session, session, at) : undefined
      return { outcome: undefined, writes: [setExpiryTold(sessionId), ...tell(event, hearing)] }
    },
  }
}
