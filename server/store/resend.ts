import { type Kysely, sql } from 'kysely'
import type { NewSession } from '../otp/ports.ts'
import type { Tables } from './database.ts'
import { clockSlackMs } from './limits.ts'

/** The contract's longest `expiresInSeconds`: no code that was issued longer ago is alive. */
export const longestLifetimeMs = 3_600_000

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
  return db
    .selectFrom('sessions')
    .select(['id', 'attempts', 'max_attempts', 'expires_at', 'verified_at'])
    .where('canonical_recipient', '=', session.canonicalRecipient)
    .where('issued_at', '>=', session.issuedAt - longestLifetimeMs)
    .where('issued_at', '<=', session.issuedAt + clockSlackMs)
    .where('failed_at', 'is', null)
    .where('project_id', '=', session.projectId)
    .where('flow', '=', session.flow)
    .where('id', '<>', session.id)
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
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
