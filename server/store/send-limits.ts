import type { Kysely } from 'kysely'
import type { Quota } from '../errors.ts'
import type { NewSession, SendLimit } from '../otp/ports.ts'
import type { Tables } from './database.ts'
import { boundedWaitMs, clockSlackMs, usageOf, type Verdict, waitMs } from './limits.ts'

/** The sessions that each limit counts: those that share this column with the send. */
const countedColumn = {
  recipient: 'counted_recipient',
  credential: 'credential_id',
  address: 'client_address',
} as const satisfies Record<SendLimit['subject'], keyof Tables['sessions']>

/** What one limit says to a send whose session is already among those that it counts. */
export interface SendVerdict extends Verdict {
  limit: SendLimit
}

export async function verdictsOnSend(
  db: Kysely<Tables>,
  session: NewSession,
  limits: readonly SendLimit[],
): Promise<SendVerdict[]> {
  const verdicts: SendVerdict[] = []
  for (const limit of limits) {
    const usage = await usageOf(db, countedSends(db, session, limit))
    const withThisOne = { ...limit, max: limit.max + 1 }
    verdicts.push({ ...usage, limit, waitMs: waitMs(usage, withThisOne, session.issuedAt) })
  }
  return verdicts
}

/** The query behind the limits: the sends in the window of a limit, this one among them. */
export function countedSends(db: Kysely<Tables>, session: NewSession, { subject, max, windowMs }: SendLimit) {
  return db
    .selectFrom('sessions')
    .select('counted_at as at')
    .where(countedColumn[subject], '=', subjectOf(session, subject))
    .where('failed_at', 'is', null)
    .where('counted_at', '>=', session.issuedAt - windowMs)
    .orderBy('counted_at', 'desc')
    .limit(max + 1)
}

function subjectOf(session: NewSession, subject: SendLimit['subject']): string | null {
  const { countedRecipient, credentialId, clientAddress } = session
  return { recipient: countedRecipient, credential: credentialId, address: clientAddress ?? null }[subject]
}

/** The wait that a refused send is told: the longest that any limit asks for. */
export async function waitAfterSend(
  db: Kysely<Tables>,
  session: NewSession,
  verdicts: readonly SendVerdict[],
): Promise<number> {
  // Nothing that was sent by now counts later than this send, which is only under way.
  const latest = session.countedAt + clockSlackMs
  let longest = 0
  for (const { limit, ...verdict } of verdicts) {
    const wait = await boundedWaitMs(verdict, limit, latest, () =>
      db
        .updateTable('sessions')
        .set({ counted_at: session.issuedAt })
        .where(countedColumn[limit.subject], '=', subjectOf(session, limit.subject))
        .where('failed_at', 'is', null)
        .where('counted_at', '>', latest)
        .execute(),
    )
    longest = Math.max(longest, wait)
  }
  return longest
}

/**
 * What is left of the credential's own limit.
 * @param isIssued whether the send that was asked for is one of those that count
 */
export function quotaOf(verdicts: readonly SendVerdict[], at: number, isIssued: boolean): Quota | undefined {
  const verdict = verdicts.find(({ limit }) => limit.subject === 'credential')
  if (verdict === undefined) return undefined
  const { max, windowMs } = verdict.limit
  const used = isIssued ? verdict.used : verdict.used - 1
  const untilOldestLeavesMs = used === 0 ? 0 : (verdict.oldest ?? at) + windowMs + 1 - at
  return {
    max,
    windowMs,
    remaining: Math.max(0, max - used),
    // What is under way counts as made later than it is, but no caller is to wait for longer than a window.
    resetMs: Math.min(untilOldestLeavesMs, windowMs),
  }
}
