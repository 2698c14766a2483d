import { type Kysely, sql } from 'kysely'
import type { NewSession, Repeated } from '../otp/ports.ts'
import type { Tables } from './database.ts'
import { clockSlackMs } from './limits.ts'

/**
 * Claims the session's idempotency key for it, unless an earlier send has it.
 * @returns undefined, or what became of the earlier send
 */
export async function claimKey(db: Kysely<Tables>, session: NewSession): Promise<Repeated | undefined> {
  const { idempotency } = session
  if (idempotency === undefined) return undefined
  const row = {
    credential_id: session.credentialId,
    key_hash: idempotency.keyHash,
    request_hash: idempotency.requestHash,
    session_id: session.id,
    session_expires_at: session.expiresAt,
    in_flight_until: idempotency.inFlightUntil,
    sent_at: null,
    expires_at: idempotency.expiresAt,
  }
  const { credential_id, key_hash, ...claim } = row
  // One statement, which takes the write lock: of two sends at once, one finds the other's claim.
  const claimed = await db
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['credential_id', 'key_hash'])
        .doUpdateSet(claim)
        .where(sql.ref('idempotency_keys.expires_at'), '<=', session.issuedAt),
    )
    .returning('session_id')
    .executeTakeFirst()
  if (claimed) return undefined

  const first = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('credential_id', '=', credential_id)
    .where('key_hash', '=', key_hash)
    .executeTakeFirstOrThrow()
  if (!first.request_hash.equals(idempotency.requestHash)) return { outcome: 'reused' }
  if (first.sent_at !== null) {
    return { outcome: 'repeated', sessionId: first.session_id, expiresAt: first.session_expires_at }
  }
  // What was claimed long after this send's own time was claimed before the clock went back, and is not under way now.
  const isInFlight =
    session.issuedAt < first.in_flight_until &&
    first.in_flight_until <= idempotency.inFlightUntil + clockSlackMs
  return { outcome: isInFlight ? 'inProgress' : 'unknown' }
}
