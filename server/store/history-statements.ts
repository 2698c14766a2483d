import type { Verification } from '../otp/ports.ts'
import { statement } from './engine.ts'

// SQL for the lists of verifications. Both engines use it.

// A verified code was emailed, even if the process died before it recorded the time. Then `issued_at` replaces it.
// The address is in its canonical spelling: one mailbox must not look like two accounts.
const verification =
  'id, canonical_recipient as email, coalesce(sent_at, issued_at) as "sentAt", verified_at as "verifiedAt", reference, test_recipient as "testRecipient"'
const newestVerified = `select ${verification} from sessions
  where project_id = $1 and flow = $2 and verified_at is not null`
const inOrder = 'order by verified_at desc, id desc limit $3'

export const newestVerifications = statement<[projectId: string, flow: string, limit: number], Verification>(
  'newest_verifications',
  `${newestVerified} ${inOrder}`,
)

export const verificationsAfter = statement<
  [projectId: string, flow: string, limit: number, verifiedAt: number, id: string],
  Verification
>('verifications_after', `${newestVerified} and (verified_at, id) < ($4, $5) ${inOrder}`)

export const newestByReference = statement<
  [projectId: string, flow: string, limit: number, reference: string],
  Verification
>('newest_by_reference', `${newestVerified} and reference = $4 ${inOrder}`)

export const byReferenceAfter = statement<
  [projectId: string, flow: string, limit: number, verifiedAt: number, id: string, reference: string],
  Verification
>('by_reference_after', `${newestVerified} and (verified_at, id) < ($4, $5) and reference = $6 ${inOrder}`)
