import type { Kysely } from 'kysely'
import type { Limit } from '../otp/ports.ts'
import type { Tables, TryKind } from './database.ts'
import { boundedWaitMs, clockSlackMs, usageOf, type Verdict, waitMs } from './limits.ts'

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
export async function verdictOnTry(db: Kysely<Tables>, limit: TryLimit, at: number): Promise<Verdict> {
  const usage = await usageOf(db, countedTries(db, limit, at))
  return { ...usage, waitMs: waitMs(usage, limit, at) }
}

/** The query behind the verdict. */
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

/** The wait that a refused try is told. */
export function waitAfterTry(
  db: Kysely<Tables>,
  limit: TryLimit,
  verdict: Verdict,
  at: number,
): Promise<number> {
  const latest = at + clockSlackMs
  return boundedWaitMs(verdict, limit, latest, () =>
    db
      .updateTable('tries')
      .set({ tried_at: at, expires_at: at + limit.windowMs })
      .where('kind', '=', limit.kind)
      .where('subject', '=', limit.subject)
      .where('tried_at', '>', latest)
      .execute(),
  )
}
