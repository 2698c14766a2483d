import type { Session, SessionEvent, SessionStatus } from '../generated/contract.ts'
import { isoTime } from '../iso-time.ts'
import { isSandbox } from '../sandbox.ts'
import type { CancelVerdict, EndStatus, SessionRecord } from './session.ts'

// The status and the events of a session. No I/O, no clock. Times are milliseconds since the epoch.

/**
 * Returns the status of a session. Its first end is final, so nothing later changes it. For example, a person verifies
 * the session with the code of the previous email, and then the mail server refuses the session's own email.
 */
export function statusOf(session: SessionRecord, at: number): SessionStatus {
  const usedUpAt =
    session.attempts >= session.maxAttempts ? (wrongCodes(session).at(-1) ?? session.expiresAt) : null
  const ends: [number | null, EndStatus][] = [
    [session.verifiedAt, 'VERIFIED'],
    [session.canceledAt, 'CANCELED'],
    [session.failedAt, 'FAILED'],
    [usedUpAt, 'ATTEMPTS_USED_UP'],
    [session.expiresAt <= at ? session.expiresAt : null, 'EXPIRED'],
  ]
  let first: [number, SessionStatus] = [Number.POSITIVE_INFINITY, 'PENDING']
  for (const [endedAt, status] of ends) if (endedAt !== null && endedAt < first[0]) first = [endedAt, status]
  return first[1]
}

/** Returns the part of a session that a back end may see. */
export function viewOf(session: SessionRecord, at: number): Session {
  const status = statusOf(session, at)
  return {
    sessionId: session.id,
    email: session.canonicalRecipient,
    status,
    expiresAt: isoTime(session.expiresAt),
    ...(session.sentAt === null ? {} : { sentAt: isoTime(session.sentAt) }),
    ...(session.verifiedAt === null ? {} : { verifiedAt: isoTime(session.verifiedAt) }),
    attemptsLeft: status === 'PENDING' ? session.maxAttempts - session.attempts : 0,
    ...(session.reference === null ? {} : { reference: session.reference }),
    ...(isSandbox(session.projectId) && { sandbox: true }),
    ...(session.testRecipient !== null && { testRecipient: true }),
  }
}

/** Returns the events of a session so far, oldest first. */
export function eventsOf(session: SessionRecord, at: number): SessionEvent[] {
  const isExpired = statusOf(session, at) === 'EXPIRED'
  const happened: [SessionEvent['type'], number | null][] = [
    ['SENT', session.sentAt],
    ['DELIVERY_UNKNOWN', session.unknownAt],
    ...wrongCodes(session).map((time): [SessionEvent['type'], number] => ['WRONG_CODE', time]),
    ['DELIVERY_FAILED', session.failedAt],
    ['VERIFIED', session.verifiedAt],
    ['CANCELED', session.canceledAt],
    ['EXPIRED', isExpired ? session.expiresAt : null],
  ]
  return happened
    .flatMap(([type, time]) => (time === null ? [] : [{ type, time }]))
    .sort((a, b) => a.time - b.time)
    .map(({ type, time }) => ({ type, at: isoTime(time) }))
}

function wrongCodes({ wrongCodesAt }: SessionRecord): number[] {
  return wrongCodesAt.split(' ').filter(Boolean).map(Number)
}

/** Returns the session with one more wrong code. */
export function withWrongCode(session: SessionRecord, at: number): SessionRecord {
  return { ...session, attempts: session.attempts + 1, wrongCodesAt: `${session.wrongCodesAt} ${at}` }
}

/** Decides the result of canceling a session. Only an open session changes. Ended sessions stay as they are. */
export function judgeCancel(
  session: SessionRecord | undefined,
  wanted: { flow: string; projectId: string },
  at: number,
): CancelVerdict {
  if (session === undefined || session.flow !== wanted.flow || session.projectId !== wanted.projectId)
    return { outcome: 'missing' }
  const status = statusOf(session, at)
  if (status === 'VERIFIED') return { outcome: 'verified' }
  return status === 'PENDING'
    ? { outcome: 'ended', status: 'CANCELED', isNew: true }
    : { outcome: 'ended', status, isNew: false }
}
