import type { ClaimedKey } from '../otp/judge.ts'
import { statement } from './engine.ts'

// Idempotency keys: one row for each send with a key, unless the send definitely failed

export const claimedKey = statement<[credentialId: string, keyHash: Buffer], ClaimedKey>(
  'claimed_key',
  `select request_hash as "requestHash", session_id as "sessionId", session_expires_at as "sessionExpiresAt",
    in_flight_until as "inFlightUntil", sent_at as "sentAt", expires_at as "expiresAt" from idempotency_keys
    where credential_id = $1 and key_hash = $2`,
)

export const claimKey = statement<
  [
    credentialId: string,
    keyHash: Buffer,
    requestHash: Buffer,
    sessionId: string,
    sessionExpiresAt: number,
    inFlightUntil: number,
    expiresAt: number,
  ]
>(
  'claim_key',
  `insert into idempotency_keys (credential_id, key_hash, request_hash, session_id, session_expires_at,
    in_flight_until, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (credential_id, key_hash) do update set request_hash = excluded.request_hash,
    session_id = excluded.session_id, session_expires_at = excluded.session_expires_at,
    in_flight_until = excluded.in_flight_until, sent_at = null, expires_at = excluded.expires_at`,
)

export const setKeySent = statement<[sessionId: string]>(
  'set_key_sent',
  'update idempotency_keys set sent_at = :at where session_id = $1',
)

export const setKeyUnknown = statement<[sessionId: string]>(
  'set_key_unknown',
  'update idempotency_keys set in_flight_until = 0 where session_id = $1',
)

export const freeKey = statement<[sessionId: string]>(
  'free_key',
  'delete from idempotency_keys where session_id = $1',
)
