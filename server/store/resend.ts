import type { Kysely } from 'kysely'
import type { NewSession } from '../otp/ports.ts'
import type { Tables } from './database.ts'

// The contract's longest `expiresInSeconds`: no code that was counted longer ago is alive.
const longestLifetimeMs = 3_600_000

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

/** The query behind it: the last send to this recipient that did not fail, in the index of the recipient's limit. */
export function sessionBefore(db: Kysely<Tables>, session: NewSession) {
  return db
    .selectFrom('sessions')
    .select(['id', 'attempts', 'max_attempts', 'expires_at', 'verified_at'])
    .where('counted_recipient', '=', session.countedRecipient)
    .where('counted_at', '>=', session.issuedAt - longestLifetimeMs)
    .where('failed_at', 'is', null)
    .where('project_id', '=', session.projectId)
    .where('flow', '=', session.flow)
    .where('canonical_recipient', '=', session.canonicalRecipient)
    .where('id', '<>', session.id)
    .orderBy('counted_at', 'desc')
    .limit(1)
}
