import { type Kysely, sql } from 'kysely'
import type { Limit } from '../otp/ports.ts'
import type { Tables } from './database.ts'

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

/** Rolls back the transaction of whatever is over a limit. */
export class OverLimit extends Error {
  constructor() {
    super('over a limit')
  }
}
