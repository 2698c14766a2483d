import { nothingUsed, waitMs } from '../../otp/limits.ts'
import type { Limit } from '../../settings.ts'
import { read, type Step } from '../engine.ts'
import { countTries, insertTry } from '../limit-statements.ts'
import { lock } from '../locks.ts'

/** Counts a try by a client on the hosted page, unless the limit refuses it. */
export function pageTry(client: string, limit: Limit): Step<{ retryAfterMs: number } | undefined> {
  const { max, windowMs } = limit
  return {
    locks: [lock.page(client)],
    *run() {
      const { rows, steadyAt } = yield* read(countTries('page', client, windowMs, max))
      const [[usage]] = rows
      const retryAfterMs = waitMs(usage ?? nothingUsed, limit, steadyAt)
      return retryAfterMs > 0
        ? { outcome: { retryAfterMs }, writes: [] }
        : { outcome: undefined, writes: [insertTry('page', client, steadyAt, steadyAt + windowMs)] }
    },
  }
}
