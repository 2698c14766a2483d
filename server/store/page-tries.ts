import type { PageTries } from '../otp/ports.ts'
import type { Database } from './database.ts'
import { OverLimit, unlessOverLimit, type Verdict } from './limits.ts'
import { addTry, verdictOnTry, waitAfterTry } from './tries.ts'

export function createPageTries(database: Database): PageTries {
  return {
    count(client, { max, windowMs }, at) {
      const limit = { kind: 'page', subject: client, max, windowMs } as const
      return unlessOverLimit(
        database,
        async (transaction) => {
          // The insert comes first: it takes the write lock, so that no other process counts beside this one.
          await addTry(transaction, limit, at)
          const verdict = await verdictOnTry(transaction, { ...limit, max: max + 1 }, at)
          if (verdict.waitMs > 0) throw new OverLimit(verdict)
          return undefined
        },
        async (db, verdict: Verdict) => ({ retryAfterMs: await waitAfterTry(db, limit, verdict, at) }),
      )
    },
  }
}
