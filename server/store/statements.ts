import type { PreviousSend } from '../otp/judge.ts'
import type { SessionRecord } from '../otp/session.ts'
import { statement } from './engine.ts'

// SQL for the session steps. Both engines use it. The column aliases are the names that the rules use.

// ---- sessions

export const recordColumns = `id, project_id as "projectId", flow, opened_by as "openedBy", credential_id as "credentialId",
  test_recipient as "testRecipient",
  counted_recipient as "countedRecipient", canonical_recipient as "canonicalRecipient", code_hash as "codeHash",
  otp_digits as "otpDigits", attempts, max_attempts as "maxAttempts", expires_at as "expiresAt", sent_at as "sentAt",
  unknown_at as "unknownAt", failed_at as "failedAt", verified_at as "verifiedAt", canceled_at as "canceledAt",
  wrong_codes_at as "wrongCodesAt", expiry_due_at as "expiryDueAt", reference`
const record = `select ${recordColumns} from sessions`

// Erased sessions remain only for the limits to count.
export const sessionById = statement<[id: string], SessionRecord>(
  'session_by_id',
  `${record} where id = $1 and erased_at is null`,
)

export const earlierSession = statement<[id: string], SessionRecord>(
  'earlier_session',
  `${record} where id = (select resend_of from sessions where id = $1) and erased_at is null`,
)

/** A session with the store's time, for reads outside any step. */
export const sessionNow = statement<[id: string], SessionRecord & { at: number }>(
  'session_now',
  `select ${recordColumns}, cast(:at as bigint) as "at" from sessions where id = $1 and erased_at is null`,
)

/** The sessions that resent this one. */
export const laterSessions = statement<[id: string], SessionRecord>(
  'later_sessions',
  `${record} where resend_of = $1 and erased_at is null`,
)

type Series = [
  projectId: string,
  flow: string,
  canonicalRecipient: string,
  credentialId: string,
  clientNetwork: string | null,
]

// The index has the first three columns and `ordinal`. One recipient has few sends, so the rest needs no index.
export const previousSend = statement<Series, PreviousSend>(
  'previous_send',
  `select id, ordinal, attempts, max_attempts as "maxAttempts", expires_at as "expiresAt",
    verified_at as "verifiedAt", canceled_at as "canceledAt" from sessions where project_id = $1 and flow = $2 and canonical_recipient = $3
    and failed_at is null and credential_id = $4 and client_network is not distinct from $5
    order by ordinal desc limit 1`,
)

export interface SessionRow {
  id: string
  flow: string
  project_id: string
  credential_id: string
  email: string
  canonical_recipient: string
  counted_recipient: string
  /** The counted recipient without its tag. */
  mailbox: string
  opened_by: string
  client_address: string | null
  /** The /24 or /48 network of the client address. */
  client_network: string | null
  code_hash: Buffer
  attempts: number
  max_attempts: number
  issued_at: number
  expires_at: number
  /** The send counts from this time: when its email was accepted or, until that is known, the latest possible time. */
  counted_at: number
  /** The requested language, as a BCP 47 tag. */
  locale: string | null
  redirect_url: string | null
  otp_digits: number
  /** The number of this send among those of the same project and flow to this recipient. */
  ordinal: number
  /** The previous session of the same project, flow and recipient, if it was still open. */
  resend_of: string | null
  reference: string | null
  /** When to report its expiry to webhooks. Null once it has ended. */
  expiry_due_at: number | null
  /** Replaces the recipient when it is erased. */
  erased_key: string
  /** The test recipient whose fixed code it uses. */
  test_recipient: string | null
}

const sessionColumns = [
  'id',
  'flow',
  'project_id',
  'credential_id',
  'email',
  'canonical_recipient',
  'counted_recipient',
  'mailbox',
  'opened_by',
  'client_address',
  'client_network',
  'code_hash',
  'attempts',
  'max_attempts',
  'issued_at',
  'expires_at',
  'counted_at',
  'locale',
  'redirect_url',
  'otp_digits',
  'ordinal',
  'resend_of',
  'reference',
  'expiry_due_at',
  'erased_key',
  'test_recipient',
] as const satisfies (keyof SessionRow)[]

const insertSessionValues = statement<unknown[]>(
  'insert_session',
  `insert into sessions (${sessionColumns.join(', ')})
    values (${sessionColumns.map((_, place) => `$${place + 1}`).join(', ')})`,
)

export const insertSession = (row: SessionRow) =>
  insertSessionValues(...sessionColumns.map((column) => row[column]))

export const isIssued = statement<[id: string]>('is_issued', 'select 1 from sessions where id = $1')

export const setSent = statement<[id: string, delivery: string | null]>(
  'set_sent',
  'update sessions set sent_at = :at, counted_at = :steady_at, delivery = $2 where id = $1',
)

export const setFailed = statement<[id: string, delivery: string | null]>(
  'set_failed',
  'update sessions set failed_at = :at, counted_at = :steady_at, expiry_due_at = null, delivery = $2 where id = $1',
)

export const setUnknown = statement<[id: string, delivery: string | null]>(
  'set_unknown',
  'update sessions set unknown_at = :at, delivery = $2 where id = $1',
)

export const setCanceled = statement<[id: string]>(
  'set_canceled',
  'update sessions set canceled_at = :at, expiry_due_at = null where id = $1',
)

export const setExpiryTold = statement<[id: string]>(
  'set_expiry_told',
  'update sessions set expiry_due_at = null where id = $1',
)

/** Ids of sessions whose expiry is due but not yet reported, oldest first. */
export const dueExpiries = statement<[most: number], { id: string }>(
  'due_expiries',
  'select id from sessions where expiry_due_at is not null and expiry_due_at <= :at order by expiry_due_at limit $1',
)

export const setVerified = statement<[id: string, at: number]>(
  'set_verified',
  'update sessions set attempts = attempts + 1, verified_at = $2, expiry_due_at = null where id = $1',
)

export const isVerifiedAt = statement<[id: string, at: number]>(
  'is_verified_at',
  'select 1 from sessions where id = $1 and verified_at = $2',
)

export const countAttempt = statement<[id: string]>(
  'count_attempt',
  `update sessions set attempts = attempts + 1, wrong_codes_at = wrong_codes_at || ' ' || cast(cast(:at as bigint) as text),
    expiry_due_at = case when attempts + 1 < max_attempts then expiry_due_at end where id = $1`,
)

// Also removes the code. Otherwise a clock that is behind this time, now or in another process, could open the session
// again.
export const endEarlier = statement<[id: string, at: number, noCode: Buffer]>(
  'end_earlier',
  'update sessions set expires_at = $2, expiry_due_at = null, code_hash = $3 where id = $1',
)

/**
 * When the email of a session fails, its resend becomes the resend of the session before it. The failed session has
 * counted the attempts of both neighbors, and they stay counted.
 */
export const linkPast = statement<[failedId: string]>(
  'link_past',
  `update sessions set resend_of = failed.resend_of,
    wrong_codes_at = case when sessions.attempts < failed.attempts then failed.wrong_codes_at
      else sessions.wrong_codes_at end,
    expiry_due_at = case when failed.attempts < sessions.max_attempts then sessions.expiry_due_at end,
    attempts = case when sessions.attempts < failed.attempts then failed.attempts else sessions.attempts end
    from sessions as failed where failed.id = $1 and sessions.resend_of = $1`,
)

export interface HostedRow {
  projectId: string
  credentialId: string
  reference: string | null
  lifetimeMs: number
  email: string
  canonicalRecipient: string
  locale: string | null
  redirectUrl: string | null
  otpDigits: number
  attempts: number
  maxAttempts: number
  leftMs: number
  failedAt: number | null
  verifiedAt: number | null
  canceledAt: number | null
}

export const hostedSession = statement<[id: string, flow: string], HostedRow>(
  'hosted_session',
  `select project_id as "projectId", credential_id as "credentialId", reference,
    expires_at - issued_at as "lifetimeMs", email, canonical_recipient as "canonicalRecipient", locale,
    redirect_url as "redirectUrl", otp_digits as "otpDigits", attempts, max_attempts as "maxAttempts",
    expires_at - :at as "leftMs", failed_at as "failedAt", verified_at as "verifiedAt",
    canceled_at as "canceledAt"
    from sessions where id = $1 and flow = $2 and erased_at is null`,
)
