import { type Kysely, sql } from 'kysely'
import type { Limit } from '../otp/ports.ts'
import type { Database, Tables } from './database.ts'

/** What a window that ends now holds: how many were counted, no more than asked for, and when. */
export interface Usage {
  used: number
  oldest: number | null
  /** After the clock went back, what was counted before lies in the future. */
  newest: number | null
}

interface Times {
  compile(): { readonly sql: string }
}

/** Counts times, which are asked for newest first and no more of them than matter, in the index that they are in. */
export async function usageOf(db: Kysely<Tables>, times: Times): Promise<Usage> {
  const { rows } = await sql<Usage>`select count(*) as used, min(at) as oldest, max(at) as newest
    from (${times})`.execute(db)
  return rows[0] as Usage
}

/**
 * For how many milliseconds one more would break the limit: until the oldest of the last `max` has left the window.
 * Looking back from each in this way keeps every window of that length, wherever it starts, at `max`.
 */
export function waitMs({ used, oldest }: Usage, { max, windowMs }: Limit, at: number): number {
  // One more millisecond, so that a window which includes both its ends holds no more either.
  return used >= max && oldest !== null ? oldest + windowMs + 1 - at : 0
}

/**
 * How far in the future a time may lie without the clock having gone back: another process may have asked the clock
 * later and had the write lock earlier.
 */
export const clockSlackMs = 10_000

/** What a limit says to one more: for how many milliseconds it would be refused. */
export interface Verdict extends Usage {
  waitMs: number
}

/**
 * The wait that a refusal names. What was counted before the clock went back would block for longer than a window; it
 * counts as made now.
 * @param latest what is later cannot have been counted by the clock as it is
 * @param countAsNow gives everything that is later the time that it is now
 */
export async function boundedWaitMs(
  { waitMs, newest }: Verdict,
  { windowMs }: Limit,
  latest: number,
  countAsNow: () => Promise<unknown>,
): Promise<number> {
  if (waitMs <= 0 || newest === null || newest <= latest) return waitMs
  await countAsNow()
  return Math.min(waitMs, windowMs + 1)
}

/** Rolls back the transaction of whatever is over a limit, and says over which. */
export class OverLimit<Refusal> extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super('over a limit')
    this.refusal = refusal
  }
}

/** Takes a step that throws `OverLimit` where a limit refuses it; what it did until then is undone. */
export async function unlessOverLimit<Outcome, Refusal>(
  { query, guarded }: Pick<Database, 'query' | 'guarded'>,
  step: (transaction: Kysely<Tables>) => Promise<Outcome>,
  refused: (db: Kysely<Tables>, refusal: Refusal) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await guarded(() => query.transaction().execute(step))
  } catch (error) {
    if (!(error instanceof OverLimit)) throw error
    return guarded(() => refused(query, error.refusal))
  }
}
