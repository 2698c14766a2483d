import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { AttemptOutcome, VerifyAttempt } from '../otp/ports.ts'
import type { Database, Tables } from './database.ts'
import { OverLimit } from './limits.ts'
import { addTry, boundedWaitMs, type TryUsage, tryUsage } from './tries.ts'

/**
 * Counts one attempt, compares and consumes, in one guarded statement; what else follows from its outcome is in the
 * same transaction, whose write lock that statement takes.
 */
export async function attemptSession(
  { query, guarded }: Database,
  attempt: VerifyAttempt,
): Promise<AttemptOutcome> {
  // What is read here never changes after the session was issued, so it may be read ahead.
  const session = await guarded(() => sessionOf(query, attempt).executeTakeFirst())
  if (session === undefined) return { outcome: 'missing' }
  const { resend_of: earlierId, counted_recipient: recipient } = session
  const budget = attempt.guesses && ({ kind: 'guess', subject: recipient, ...attempt.guesses } as const)
  let usage: TryUsage | undefined
  try {
    return await guarded(() =>
      query.transaction().execute(async (transaction): Promise<AttemptOutcome> => {
        const compared = await compareAndConsume(transaction, attempt, earlierId)
        if (compared === undefined) {
          const open = await transaction
            .selectFrom('sessions')
            .select('id')
            .where(isOpen(attempt))
            .executeTakeFirst()
          return { outcome: open ? 'exhausted' : 'missing' }
        }
        usage = budget && (await tryUsage(transaction, budget, attempt.at))
        if (usage && usage.waitMs > 0) throw new OverLimit()
        if (compared.verified_at !== null) {
          if (earlierId !== null) await consumeEarlier(transaction, attempt, earlierId)
          return { outcome: 'verified' }
        }
        if (budget) await addTry(transaction, budget, attempt.at)
        await countOnLinked(transaction, attempt.sessionId, earlierId)
        return { outcome: 'wrong' }
      }),
    )
  } catch (error) {
    const refusal = usage
    if (!(error instanceof OverLimit) || !budget || !refusal) throw error
    const retryAfterMs = await guarded(() => boundedWaitMs(query, budget, refusal, attempt.at))
    return { outcome: 'limited', retryAfterMs }
  }
}

/** The session, if it is one of this project and flow. */
function sessionOf(db: Kysely<Tables>, { sessionId, projectId, flow }: VerifyAttempt) {
  return db
    .selectFrom('sessions')
    .select(['resend_of', 'counted_recipient'])
    .where('id', '=', sessionId)
    .where('project_id', '=', projectId)
    .where('flow', '=', flow)
}

async function compareAndConsume(db: Kysely<Tables>, attempt: VerifyAttempt, earlierId: string | null) {
  const isRight =
    earlierId === null
      ? matchesAny(attempt.hashesFor(attempt.sessionId))
      : sql`(${matchesAny(attempt.hashesFor(attempt.sessionId))} or exists ${earlierMatches(attempt, earlierId)})`
  return db
    .updateTable('sessions')
    .set({
      attempts: sql<number>`attempts + 1`,
      verified_at: sql<number>`case when ${isRight} then cast(${attempt.at} as bigint) end`,
    })
    .where(isOpen(attempt))
    .whereRef('attempts', '<', 'max_attempts')
    .returning('verified_at')
    .executeTakeFirst()
}

/** The session before this one, if it is still open and its code is the one that was typed. */
function earlierMatches({ hashesFor, at }: VerifyAttempt, earlierId: string) {
  return sql`(select 1 from sessions as earlier where earlier.id = ${earlierId} and earlier.verified_at is null
    and earlier.failed_at is null and earlier.expires_at > ${at} and earlier.attempts < earlier.max_attempts
    and ${matchesAny(hashesFor(earlierId), 'earlier')})`
}

/** A code verifies once: after the earlier one was used with the newer session, the earlier session is over. */
async function consumeEarlier(
  db: Kysely<Tables>,
  { hashesFor, at }: VerifyAttempt,
  earlierId: string,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ expires_at: at })
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

/** That the session can still be verified, attempts aside. */
function isOpen({ sessionId, at }: VerifyAttempt) {
  return (where: ExpressionBuilder<Tables, 'sessions'>) =>
    where.and([
      where('id', '=', sessionId),
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
