import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { AttemptOutcome, VerifyAttempt } from '../otp/ports.ts'
import type { Database, Tables } from './database.ts'
import { OverLimit, unlessOverLimit, type Verdict } from './limits.ts'
import { addTry, type TryLimit, verdictOnTry, waitAfterTry } from './tries.ts'

/** Counts one attempt, compares and consumes, in one transaction. */
export function attemptSession(database: Database, attempt: VerifyAttempt): Promise<AttemptOutcome> {
  return unlessOverLimit(
    database,
    (transaction) => attemptIn(transaction, attempt),
    async (db, { budget, verdict }: UsedUp): Promise<AttemptOutcome> => ({
      outcome: 'limited',
      retryAfterMs: await waitAfterTry(db, budget, verdict, attempt.at),
    }),
  )
}

/** The recipient's budget of wrong codes, where it refuses an attempt. */
interface UsedUp {
  budget: TryLimit
  verdict: Verdict
}

async function attemptIn(transaction: Kysely<Tables>, attempt: VerifyAttempt): Promise<AttemptOutcome> {
  // The count comes first: it takes the write lock, so that no other process compares beside this one.
  const counted = await countAttempt(transaction, attempt)
  if (counted === undefined) {
    const open = await transaction
      .selectFrom('sessions')
      .select('id')
      .where(isOpen(attempt))
      .executeTakeFirst()
    return { outcome: open ? 'exhausted' : 'missing' }
  }
  const { resend_of: earlierId, counted_recipient: subject } = counted
  const budget = attempt.guesses && ({ kind: 'guess', subject, ...attempt.guesses } as const)
  if (budget) {
    const verdict = await verdictOnTry(transaction, budget, attempt.at)
    if (verdict.waitMs > 0) throw new OverLimit<UsedUp>({ budget, verdict })
  }
  if (await consume(transaction, attempt, earlierId)) return { outcome: 'verified' }
  if (budget) await addTry(transaction, budget, attempt.at)
  await countOnLinked(transaction, attempt.sessionId, earlierId)
  return { outcome: 'wrong' }
}

/** @returns undefined if the session is not open, or has no attempt left */
function countAttempt(db: Kysely<Tables>, attempt: VerifyAttempt) {
  return db
    .updateTable('sessions')
    .set({ attempts: sql<number>`attempts + 1` })
    .where(isOpen(attempt))
    .whereRef('attempts', '<', 'max_attempts')
    .returning(['resend_of', 'counted_recipient'])
    .executeTakeFirst()
}

/** Consumes the session if the code is its own or that of the session before it. @returns whether it is */
async function consume(
  db: Kysely<Tables>,
  attempt: VerifyAttempt,
  earlierId: string | null,
): Promise<boolean> {
  const { sessionId, hashesFor, at } = attempt
  const isOwn = matchesAny(hashesFor(sessionId))
  const consumed = await db
    .updateTable('sessions')
    .set({ verified_at: at })
    .where('id', '=', sessionId)
    .where(
      earlierId === null ? isOwn : sql<boolean>`(${isOwn} or exists ${earlierMatches(attempt, earlierId)})`,
    )
    .returning('id')
    .executeTakeFirst()
  if (consumed && earlierId !== null) await consumeEarlier(db, attempt, earlierId)
  return consumed !== undefined
}

/** The session before this one, if it is still open and its code is the one that was typed. */
function earlierMatches({ hashesFor, at }: VerifyAttempt, earlierId: string) {
  return sql`(select 1 from sessions as earlier where earlier.id = ${earlierId} and earlier.verified_at is null
    and earlier.failed_at is null and earlier.expires_at > ${at} and earlier.attempts < earlier.max_attempts
    and ${matchesAny(hashesFor(earlierId), 'earlier')})`
}

/**
 * A code verifies once: after the earlier one was used with the newer session, the earlier session is over. It loses
 * its code too, so that no clock that stands before `at`, now or in another process, opens it again.
 */
async function consumeEarlier(
  db: Kysely<Tables>,
  { hashesFor, at }: VerifyAttempt,
  earlierId: string,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ expires_at: at, code_hash: Buffer.alloc(0) })
    .where('id', '=', earlierId)
    .where('expires_at', '>', at)
    .where('verified_at', 'is', null)
    .where(matchesAny(hashesFor(earlierId)))
    .execute()
}

/** The sessions on either side of this one in a row of resends share its attempts. */
async function countOnLinked(db: Kysely<Tables>, sessionId: string, earlierId: string | null): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ attempts: sql<number>`attempts + 1` })
    .where((where) =>
      where.or([
        where('resend_of', '=', sessionId),
        ...(earlierId === null ? [] : [where('id', '=', earlierId)]),
      ]),
    )
    .where('verified_at', 'is', null)
    .whereRef('attempts', '<', 'max_attempts')
    .execute()
}

/** That the session is one of this project and flow and can still be verified, attempts aside. */
function isOpen({ sessionId, projectId, flow, at }: VerifyAttempt) {
  return (where: ExpressionBuilder<Tables, 'sessions'>) =>
    where.and([
      where('id', '=', sessionId),
      where('project_id', '=', projectId),
      where('flow', '=', flow),
      where('verified_at', 'is', null),
      where('failed_at', 'is', null),
      where('expires_at', '>', at),
    ])
}

function matchesAny(codeHashes: readonly Buffer[], table: 'sessions' | 'earlier' = 'sessions') {
  const column = sql.ref(`${table}.code_hash`)
  const comparisons = codeHashes.map((hash) => sql`timing_safe_equal(${column}, ${hash}) = 1`)
  return sql<boolean>`(${sql.join(comparisons, sql` or `)})`
}
