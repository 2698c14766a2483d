import type { Kysely } from 'kysely'
import type { Limit } from '../otp/ports.ts'
import type { Tables, TryKind } from './database.ts'
import { clockSlackMs, type Usage, usageOf, waitMs } from './limits.ts'

/** Whose tries of which kind are counted, and how many of them any window may hold. */
export interface TryLimit extends Limit {
  kind: TryKind
  subject: string
}

export async function addTry(db: Kysely<Tables>, limit: TryLimit, at: number): Promise<void> {
  const { kind, subject, windowMs } = limit
  await db
    .insertInto('tries')
    .values({ kind, subject, tried_at: at, expires_at: at + windowMs })
    .execute()
}

/** What a limit says to one more try. */
export interface TryUsage extends Usage {
  waitMs: number
}

/** For how many milliseconds one more try would break the limit. */
export async function tryUsage(db: Kysely<Tables>, limit: TryLimit, at: number): Promise<TryUsage> {
  const usage = await usageOf(db, countedTries(db, limit, at))
  return { ...usage, waitMs: waitMs(usage, limit, at) }
}

/** The query behind `tryUsage`. */
export function countedTries(db: Kysely<Tables>, { kind, subject, max, windowMs }: TryLimit, at: number) {
  return db
    .selectFrom('tries')
    .select('tried_at as at')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('tried_at', '>=', at - windowMs)
    .orderBy('tried_at', 'desc')
    .limit(max)
}

/**
 * The wait that a refusal names. What was tried before the clock went back would block for longer than a window; it
 * counts as tried now.
 */
export async function boundedWaitMs(
  db: Kysely<Tables>,
  { kind, subject, windowMs }: TryLimit,
  { waitMs, newest }: TryUsage,
  at: number,
): Promise<number> {
  const latest = at + clockSlackMs
  if (newest === null || newest <= latest) return waitMs
  await db
    .updateTable('tries')
    .set({ tried_at: at, expires_at: at + windowMs })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('tried_at', '>', latest)
    .execute()
  return Math.min(waitMs, windowMs + 1)
}
