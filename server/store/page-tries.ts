import type { Kysely } from 'kysely'
import type { PageTries } from '../otp/ports.ts'
import type { Database, Tables } from './database.ts'
import { OverLimit } from './over-limit.ts'

export function createPageTries({ query, guarded }: Database): PageTries {
  return {
    async count(client, { max, windowMs }, at) {
      try {
        await guarded(() =>
          query.transaction().execute(async (transaction) => {
            // The insert comes first: it takes the write lock, so that no other process counts beside this one.
            await transaction
              .insertInto('page_tries')
              .values({ client_address: client, tried_at: at })
              .execute()
            const oldest = await oldestCountedTry(transaction, client, max).executeTakeFirst()
            // One more millisecond, so that a window which includes both its ends holds no more either.
            const retryAfterMs = oldest ? oldest.tried_at + windowMs + 1 - at : 0
            if (retryAfterMs > 0) throw new OverLimit(retryAfterMs)
            await outdatedTries(transaction, at - windowMs).execute()
          }),
        )
        return undefined
      } catch (error) {
        if (error instanceof OverLimit) return { retryAfterMs: error.retryAfterMs }
        throw error
      }
    },
  }
}

/** The try that must leave the window before this one, already among the rows, may be made. */
export function oldestCountedTry(db: Kysely<Tables>, client: string, max: number) {
  return db
    .selectFrom('page_tries')
    .select('tried_at')
    .where('client_address', '=', client)
    .orderBy('tried_at', 'desc')
    .limit(1)
    .offset(max)
}

/** What no window that is still to come can hold; every try takes it away, whoever made it. */
export function outdatedTries(db: Kysely<Tables>, before: number) {
  return db.deleteFrom('page_tries').where('tried_at', '<', before)
}
