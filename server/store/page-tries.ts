import type { PageTries } from '../otp/ports.ts'
import type { Database } from './database.ts'
import { OverLimit } from './limits.ts'
import { addTry, boundedWaitMs, type TryUsage, tryUsage } from './tries.ts'

export function createPageTries({ query, guarded }: Database): PageTries {
  return {
    async count(client, { max, windowMs }, at) {
      const limit = { kind: 'page', subject: client, max, windowMs } as const
      let usage: TryUsage | undefined
      try {
        await guarded(() =>
          query.transaction().execute(async (transaction) => {
            // The insert comes first: it takes the write lock, so that no other process counts beside this one.
            await addTry(transaction, limit, at)
            usage = await tryUsage(transaction, { ...limit, max: max + 1 }, at)
            if (usage.waitMs > 0) throw new OverLimit()
          }),
        )
        return undefined
      } catch (error) {
        const refusal = usage
        if (!(error instanceof OverLimit) || refusal === undefined) throw error
        return { retryAfterMs: await guarded(() => boundedWaitMs(query, limit, refusal, at)) }
      }
    },
  }
}
