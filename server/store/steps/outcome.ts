import type { Query, Step } from '../engine.ts'
import { type Lock, lock } from '../locks.ts'
import { freeKey, linkPast, setFailed, setKeySent, setKeyUnknown, setSent } from '../statements.ts'

// What became of a delivery. Each may be written twice, so one that may have been written is written again.

export const markSent = (sessionId: string) => repeatable([setSent(sessionId), setKeySent(sessionId)])

export const markFailed = (sessionId: string) =>
  writeAll(
    [lock.recipientOfSession(sessionId)],
    [setFailed(sessionId), linkPast(sessionId), freeKey(sessionId)],
  )

export const markUnknown = (sessionId: string) => repeatable([setKeyUnknown(sessionId)])

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
