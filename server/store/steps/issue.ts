import { type ClaimedKey, judgeRepeat, judgeResend, judgeSend, type Usage } from '../../otp/judge.ts'
import type { IssueOutcome, NewSession, SendLimit } from '../../otp/ports.ts'
import { type Query, read, type Step, type StepTime } from '../engine.ts'
import { type Lock, lock } from '../locks.ts'
import { claimedKey, claimKey, countSends, insertSession, isIssued, previousSend } from '../statements.ts'

/** @param timeoutMs how long the step that records the outcome can wait */
export function issue(
  session: NewSession,
  limits: readonly SendLimit[],
  timeoutMs: number,
): Step<IssueOutcome> {
  const { projectId, flow, canonicalRecipient, idempotency } = session
  return {
    locks: locksOf(session, limits),
    *run() {
      const usageQueries = limits.map((limit) =>
        countSends[limit.subject](subjectOf(session, limit.subject), limit.windowMs, limit.max),
      )
      const keyQueries = idempotency ? [claimedKey(session.credentialId, idempotency.keyHash)] : []
      const { rows, ...time } = yield* read(
        previousSend(projectId, flow, canonicalRecipient),
        ...keyQueries,
        ...usageQueries,
      )
      const [[previous], ...others] = rows
      const [claimed] = others.slice(0, keyQueries.length).flat() as ClaimedKey[]
      const usages = others.slice(keyQueries.length).flat() as Usage[]
      const repeated = idempotency && judgeRepeat(claimed, idempotency.requestHash, time.steadyAt)
      if (repeated) return { outcome: repeated, writes: [] }
      const { retryAfterMs, quota } = judgeSend(usages, limits, time.steadyAt)
      if (retryAfterMs > 0) return { outcome: { outcome: 'limited', retryAfterMs, quota }, writes: [] }

      const expiresAt = time.at + session.expiresInMs
      const earlier = judgeResend(previous, session.maxAttempts, time.at)
      return {
        outcome: { outcome: 'issued', expiresAt, quota },
        writes: [
          insertSession({
            id: session.id,
            flow,
            project_id: projectId,
            credential_id: session.credentialId,
            email: session.email,
            canonical_recipient: canonicalRecipient,
            counted_recipient: session.countedRecipient,
            client_address: session.clientAddress ?? null,
            code_hash: session.codeHash,
            attempts: earlier?.attempts ?? 0,
            max_attempts: session.maxAttempts,
            issued_at: time.at,
            expires_at: expiresAt,
            counted_at: time.steadyAt + session.deliveryMs,
            locale: session.locale ?? null,
            redirect_url: session.redirectUrl ?? null,
            otp_digits: session.otpDigits,
            ordinal: (previous?.ordinal ?? 0) + 1,
            resend_of: earlier?.id ?? null,
          }),
          ...claims(session, expiresAt, time, timeoutMs),
        ],
        proof: isIssued(session.id),
      }
    },
  }
}

function locksOf(
  { countedRecipient, credentialId, clientAddress, idempotency }: NewSession,
  limits: readonly SendLimit[],
) {
  const locks: Lock[] = [lock.recipient(countedRecipient)]
  for (const { subject } of limits) {
    if (subject === 'credential') locks.push(lock.credential(credentialId))
    if (subject === 'address') locks.push(lock.address(clientAddress ?? ''))
  }
  if (idempotency) locks.push(lock.idempotencyKey(`${credentialId} ${idempotency.keyHash.toString('hex')}`))
  return locks
}

function subjectOf(session: NewSession, subject: SendLimit['subject']): string {
  const { countedRecipient, credentialId, clientAddress } = session
  return { recipient: countedRecipient, credential: credentialId, address: clientAddress ?? '' }[subject]
}

function claims(
  { id, credentialId, deliveryMs, idempotency }: NewSession,
  expiresAt: number,
  { steadyAt }: StepTime,
  timeoutMs: number,
): Query[] {
  if (idempotency === undefined) return []
  const { keyHash, requestHash, keptMs } = idempotency
  const inFlightUntil = steadyAt + deliveryMs + timeoutMs
  return [claimKey(credentialId, keyHash, requestHash, id, expiresAt, inFlightUntil, steadyAt + keptMs)]
}
