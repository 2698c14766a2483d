import { type Kysely, sql } from 'kysely'
import type { NewSession } from '../otp/ports.ts'
import type { Tables } from './database.ts'

/**
 * Makes a new session the resend of the one before it: of the same project, flow and recipient, still open. It
 * takes over the attempts that were made there, for the two share one budget. Where that is used up, the new
 * session stands on its own.
 */
export async function linkToEarlier(db: Kysely<Tables>, session: NewSession): Promise<void> {
  const earlier = await sessionBefore(db, session).executeTakeFirst()
  const isOpen = earlier && earlier.verified_at === null && Number(earlier.expires_at) > session.issuedAt
  if (!isOpen || earlier.attempts >= Math.min(earlier.max_attempts, session.maxAttempts)) return
  await db
    .updateTable('sessions')
    .set({ resend_of: earlier.id, attempts: earlier.attempts })
    .where('id', '=', session.id)
    .execute()
}

/** The query behind it: the last send to this recipient that did not fail. */
export function sessionBefore(db: Kysely<Tables>, session: NewSession) {
  return sendsLike(db, session)
    .select(['id', 'attempts', 'max_attempts', 'expires_at', 'verified_at'])
    .where('id', '<>', session.id)
    .orderBy('ordinal', 'desc')
    .limit(1)
}

/** The ordinal of a session that is about to be stored. */
export function nextOrdinal(db: Kysely<Tables>, session: NewSession) {
  return sendsLike(db, session).select(sql<number>`coalesce(max(ordinal), 0) + 1`.as('ordinal'))
}

/** The sends of this project and flow to this recipient that did not fail. */
function sendsLike(db: Kysely<Tables>, { projectId, flow, canonicalRecipient }: NewSession) {
  return db
    .selectFrom('sessions')
    .where('project_id', '=', projectId)
    .where('flow', '=', flow)
    .where('canonical_recipient', '=', canonicalRecipient)
    .where('failed_at', 'is', null)
}

/**
 * Whoever resent a session whose mail then failed resends the one before that instead. The failed session has counted
 * the attempts of both of its sides, and they stay counted.
 */
export async function linkPast(db: Kysely<Tables>, failedId: string): Promise<void> {
  await sql`update sessions set resend_of = failed.resend_of,
    attempts = case when sessions.attempts < failed.attempts then failed.attempts else sessions.attempts end
    from sessions as failed where failed.id = ${failedId} and sessions.resend_of = ${failedId}`.execute(db)
}
