import { type Kysely, sql } from 'kysely'
import type { HistoryPosition, IssueOutcome, NewSession, SessionStore } from '../otp/ports.ts'
import { attemptSession } from './attempt.ts'
import type { Database, Tables } from './database.ts'
import { hostedSession } from './hosted-session.ts'
import { claimKey } from './idempotency.ts'
import { OverLimit, unlessOverLimit } from './limits.ts'
import { linkPast, linkToEarlier, nextOrdinal } from './resend.ts'
import { quotaOf, type SendVerdict, verdictsOnSend, waitAfterSend } from './send-limits.ts'

export function createSessionStore(database: Database): SessionStore {
  const { query, guarded } = database
  return {
    timeoutMs: database.busyTimeoutMs,

    issue(session, limits) {
      return unlessOverLimit(
        database,
        async (transaction): Promise<IssueOutcome> => {
          const repeated = await claimKey(transaction, session)
          if (repeated) return repeated
          // The insert comes first: it takes the write lock, so that no other process counts beside this one.
          await insert(transaction, session)
          const verdicts = await verdictsOnSend(transaction, session, limits)
          if (verdicts.some(({ waitMs }) => waitMs > 0)) throw new OverLimit(verdicts)
          await linkToEarlier(transaction, session)
          return { outcome: 'issued', quota: quotaOf(verdicts, session.issuedAt, true) }
        },
        async (db, verdicts: SendVerdict[]) => ({
          outcome: 'limited',
          retryAfterMs: await waitAfterSend(db, session, verdicts),
          quota: quotaOf(verdicts, session.issuedAt, false),
        }),
      )
    },

    async markSent(id, at) {
      await guarded(() =>
        query.transaction().execute(async (transaction) => {
          await transaction
            .updateTable('sessions')
            .set({ sent_at: at, counted_at: at })
            .where('id', '=', id)
            .execute()
          await transaction
            .updateTable('idempotency_keys')
            .set({ sent_at: at })
            .where('session_id', '=', id)
            .execute()
        }),
      )
    },

    async markFailed(id, at) {
      await guarded(() =>
        query.transaction().execute(async (transaction) => {
          await transaction.updateTable('sessions').set({ failed_at: at }).where('id', '=', id).execute()
          await linkPast(transaction, id)
          await transaction.deleteFrom('idempotency_keys').where('session_id', '=', id).execute()
        }),
      )
    },

    async markUnknown(id) {
      await guarded(() =>
        query
          .updateTable('idempotency_keys')
          .set({ in_flight_until: 0 })
          .where('session_id', '=', id)
          .execute(),
      )
    },

    attempt: (attempt) => attemptSession(database, attempt),

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
      ordinal: nextOrdinal(db, session),
      resend_of: null,
    })
    .execute()
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
