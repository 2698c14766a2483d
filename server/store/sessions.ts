import type { ExpressionBuilder, Kysely } from 'kysely'
import type { HistoryPosition, NewSession, SendLimit, SessionStore, VerifyAttempt } from '../otp/ports.ts'
import { type Database, sql, type Tables } from './database.ts'
import { hostedSession } from './hosted-session.ts'
import { OverLimit } from './over-limit.ts'

/** The sessions that each limit counts: those that share this column with the send. */
const countedColumn = {
  recipient: 'counted_recipient',
  credential: 'credential_id',
  address: 'client_address',
} as const satisfies Record<SendLimit['subject'], keyof Tables['sessions']>

export function createSessionStore({ query, guarded }: Database): SessionStore {
  return {
    async issue(session, limits) {
      try {
        await guarded(() =>
          query.transaction().execute(async (transaction) => {
            // The insert comes first: it takes the write lock, so that no other process counts beside this one.
            await insert(transaction, session)
            let retryAfterMs = 0
            for (const limit of limits) {
              retryAfterMs = Math.max(retryAfterMs, await remainingWaitMs(transaction, session, limit))
            }
            if (retryAfterMs > 0) throw new OverLimit(retryAfterMs)
          }),
        )
        return undefined
      } catch (error) {
        if (error instanceof OverLimit) return { retryAfterMs: error.retryAfterMs }
        throw error
      }
    },

    async markSent(id, at) {
      await guarded(() =>
        query.updateTable('sessions').set({ sent_at: at, counted_at: at }).where('id', '=', id).execute(),
      )
    },

    async markFailed(id, at) {
      await guarded(() => query.updateTable('sessions').set({ failed_at: at }).where('id', '=', id).execute())
    },

    async attempt(attempt) {
      const compared = await guarded(() =>
        query
          .updateTable('sessions')
          .set({
            attempts: sql<number>`attempts + 1`,
            verified_at: sql<number>`case when ${matchesAny(attempt.codeHashes)} then cast(${attempt.at} as bigint) end`,
          })
          .where(isOpen(attempt))
          .whereRef('attempts', '<', 'max_attempts')
          .returning('verified_at')
          .executeTakeFirst(),
      )
      if (compared) return compared.verified_at === null ? 'wrong' : 'verified'
      const open = await guarded(() =>
        query.selectFrom('sessions').select('id').where(isOpen(attempt)).executeTakeFirst(),
      )
      return open ? 'exhausted' : 'missing'
    },

    async listVerified(projectId, flow, limit, position) {
      return guarded(() => verifiedSessions(query, projectId, flow, limit, position).execute())
    },

    find: (id, flow) => guarded(() => hostedSession(query, id, flow)),
  }
}

async function insert(db: Kysely<Tables>, session: NewSession): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      flow: session.flow,
      project_id: session.projectId,
      credential_id: session.credentialId,
      email: session.email,
      canonical_recipient: session.canonicalRecipient,
      counted_recipient: session.countedRecipient,
      client_address: session.clientAddress ?? null,
      code_hash: session.codeHash,
      attempts: 0,
      max_attempts: session.maxAttempts,
      issued_at: session.issuedAt,
      expires_at: session.expiresAt,
      counted_at: session.countedAt,
      sent_at: null,
      failed_at: null,
      verified_at: null,
      locale: session.locale ?? null,
      redirect_url: session.redirectUrl ?? null,
      otp_digits: session.otpDigits,
    })
    .execute()
}

/**
 * For how long the send would break the limit: until the oldest of the last `max` sends has left the window.
 * Looking back from every send in this way keeps every window of that length, wherever it starts, at `max`.
 */
async function remainingWaitMs(db: Kysely<Tables>, session: NewSession, limit: SendLimit): Promise<number> {
  const oldest = await oldestCountedSend(db, session, limit).executeTakeFirst()
  // One more millisecond, so that a window which includes both its ends holds no more either.
  return oldest ? oldest.counted_at + limit.windowMs + 1 - session.issuedAt : 0
}

/** The query behind the limits: the send that must leave the window before the next one may be made. */
export function oldestCountedSend(db: Kysely<Tables>, session: NewSession, limit: SendLimit) {
  const value = {
    recipient: session.countedRecipient,
    credential: session.credentialId,
    address: session.clientAddress ?? null,
  }[limit.subject]
  return db
    .selectFrom('sessions')
    .select('counted_at')
    .where(countedColumn[limit.subject], '=', value)
    .where('failed_at', 'is', null)
    .where('id', '<>', session.id)
    .orderBy('counted_at', 'desc')
    .limit(1)
    .offset(limit.max - 1)
}

/** A session of this project and flow that can still be verified, attempts aside. */
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

function matchesAny(codeHashes: readonly Buffer[]) {
  const comparisons = codeHashes.map((hash) => sql`timing_safe_equal(code_hash, ${hash}) = 1`)
  return sql`(${sql.join(comparisons, sql` or `)})`
}

/** The query behind the history, in the order of the index `sessions_verified`. */
export function verifiedSessions(
  db: Kysely<Tables>,
  projectId: string,
  flow: string,
  limit: number,
  position: HistoryPosition | undefined,
) {
  const newest = db
    .selectFrom('sessions')
    .select([
      'id',
      'email',
      // A code that was verified was mailed, even if the process died before it could record when.
      sql<number>`coalesce(sent_at, issued_at)`.as('sentAt'),
      sql<number>`verified_at`.as('verifiedAt'),
    ])
    .where('project_id', '=', projectId)
    .where('flow', '=', flow)
    .where('verified_at', 'is not', null)
    .orderBy('verified_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  return position
    ? newest.where(sql<boolean>`(verified_at, id) < (${position.verifiedAt}, ${position.id})`)
    : newest
}
