import type { Kysely } from 'kysely'
import type { Quota } from '../errors.ts'
import type { NewSession, SendLimit } from '../otp/ports.ts'
import type { Tables } from './database.ts'
import { clockSlackMs, type Usage, usageOf, waitMs } from './limits.ts'

/** The sessions that each limit counts: those that share this column with the send. */
const countedColumn = {
  recipient: 'counted_recipient',
  credential: 'credential_id',
  address: 'client_address',
} as const satisfies Record<SendLimit['subject'], keyof Tables['sessions']>

/** What one limit says to a send whose session is already among those that it counts. */
export interface LimitUsage extends Usage {
  limit: SendLimit
  waitMs: number
}

export async function sendUsages(
  db: Kysely<Tables>,
  session: NewSession,
  limits: readonly SendLimit[],
): Promise<LimitUsage[]> {
  const usages: LimitUsage[] = []
  for (const limit of limits) {
    const usage = await usageOf(db, countedSends(db, session, limit))
    const withThisOne = { ...limit, max: limit.max + 1 }
    usages.push({ ...usage, limit, waitMs: waitMs(usage, withThisOne, session.issuedAt) })
  }
  return usages
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

/**
 * The wait that a refusal names. What was sent before the clock went back would block for longer than a window; it
 * counts as sent now.
 */
export async function boundedWaitMs(
  db: Kysely<Tables>,
  session: NewSession,
  { limit, waitMs, newest }: LimitUsage,
): Promise<number> {
  // Nothing that was sent by now counts later than this send, which is only under way.
  const latest = session.countedAt + clockSlackMs
  if (waitMs <= 0 || newest === null || newest <= latest) return waitMs
  await db
    .updateTable('sessions')
    .set({ counted_at: session.issuedAt })
    .where(countedColumn[limit.subject], '=', subjectOf(session, limit.subject))
    .where('failed_at', 'is', null)
    .where('counted_at', '>', latest)
    .execute()
  return Math.min(waitMs, limit.windowMs + 1)
}

/** What is left of the credential's own limit after a send was issued, or after it was refused. */
export function quotaOf(usages: readonly LimitUsage[], at: number, isIssued: boolean): Quota | undefined {
  const usage = usages.find(({ limit }) => limit.subject === 'credential')
  if (usage === undefined) return undefined
  const { max, windowMs } = usage.limit
  const used = isIssued ? usage.used : usage.used - 1
  const untilOldestLeavesMs = used === 0 ? 0 : (usage.oldest ?? at) + windowMs + 1 - at
  return {
    max,
    windowMs,
    remaining: Math.max(0, max - used),
    resetMs: Math.min(untilOldestLeavesMs, windowMs + 1),
  }
}
