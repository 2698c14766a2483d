import type { Kysely } from 'kysely'
import type { HostedSession } from '../otp/ports.ts'
import type { Tables } from './database.ts'

/** The session of this flow, by its id alone: whoever opens the page has no credential. */
export async function hostedSession(
  db: Kysely<Tables>,
  id: string,
  flow: string,
): Promise<HostedSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', id)
    .where('flow', '=', flow)
    .executeTakeFirst()
  return (
    row && {
      projectId: row.project_id,
      email: row.email,
      canonicalRecipient: row.canonical_recipient,
      locale: row.locale ?? undefined,
      redirectUrl: row.redirect_url ?? undefined,
      otpDigits: row.otp_digits,
      attemptsLeft: Math.max(0, row.max_attempts - row.attempts),
      expiresAt: row.expires_at,
      isVerified: row.verified_at !== null,
      isFailed: row.failed_at !== null,
    }
  )
}
