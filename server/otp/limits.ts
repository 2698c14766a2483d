import type { Limit } from '../settings.ts'
import type { RecentSend, SendLimit, Side } from './ports.ts'

// How limits count. No I/O, no clock. Times are milliseconds since the epoch.

/** How many of the newest `max` counted times lie in the window that ends now, and the oldest of them. */
export interface Usage {
  used: number
  oldest: number | null
}

export const nothingUsed: Usage = { used: 0, oldest: null }

/** Returns what a limit has counted. @param times newest first */
export function usageOf(times: readonly number[], { max, windowMs }: Limit, at: number): Usage {
  const counted = times.filter((time) => time >= at - windowMs).slice(0, max)
  return { used: counted.length, oldest: counted.at(-1) ?? null }
}

/**
 * Returns for how many milliseconds one more would break the limit: until the oldest of the last `max` has left the
 * window. So every window of this length holds at most `max`, wherever it starts.
 * @param cost how much the next one counts
 */
export function waitMs({ used, oldest }: Usage, { max, windowMs }: Limit, at: number, cost = 1): number {
  // We add one millisecond, so that a window that includes both its ends also holds at most `max`.
  return used + cost > max && oldest !== null ? Math.max(0, oldest + windowMs + 1 - at) : 0
}

/** A limit that several projects share frees its sends only at whole steps. A step is the window divided by this. */
const sharedSteps = 3

/**
 * Rounds the wait that we tell a caller up to whole steps. The limit itself stays exact. If it also worked in steps, it
 * would block the caller's own project for too long.
 */
export function coarseWaitMs(retryAfterMs: number, { windowMs }: Limit): number {
  const stepMs = windowMs / sharedSteps
  return Math.ceil(retryAfterMs / stepMs) * stepMs
}

/** Returns how far back a recipient limit looks: one step further than its window, because it may work in steps. */
export function lookBackMs({ windowMs }: Limit): number {
  return windowMs + Math.ceil(windowMs / sharedSteps)
}

/**
 * Returns what one recipient limit has counted, out of the sends to a mailbox. The server keys of a project are one
 * side, and all public tokens together are another. So a public token, or a key of another project, cannot use up the
 * sends of a project's server keys.
 * @param recent newest first
 */
export function recipientUsage(
  recent: readonly RecentSend[],
  own: Side & { countedRecipient: string },
  { subject, max, windowMs }: SendLimit,
  at: number,
): Usage {
  const isShared = subject !== 'recipientTotal' && own.openedBy === 'public_token'
  const isCounted = (send: RecentSend) =>
    (subject === 'recipientTotal' || isSameSide(send, own)) &&
    (subject === 'mailbox' || send.countedRecipient === own.countedRecipient)
  // Public tokens of other projects count here too. A caller who sees that the limit allows sends again must not learn
  // the exact second when one of those tokens was used.
  const stepMs = isShared ? windowMs / sharedSteps : 1
  const letsGoAt = (countedAt: number) => Math.ceil((countedAt + windowMs + 1) / stepMs) * stepMs
  const times = recent.filter(isCounted).map(({ countedAt }) => countedAt)
  const counted = times.filter((time) => letsGoAt(time) > at).slice(0, max)
  const oldest = counted.at(-1)
  return {
    used: counted.length,
    oldest: oldest === undefined ? null : Math.ceil(letsGoAt(oldest)) - windowMs - 1,
  }
}

function isSameSide(send: Side, own: Side): boolean {
  return (
    send.openedBy === own.openedBy && (own.openedBy === 'public_token' || send.projectId === own.projectId)
  )
}

/** The total for one part of a window. It counts until one whole window after the end of that part. */
export interface Tally {
  kind: string
  subject: string
  total: number
  expiresAt: number
}

/** We count a window in this many parts, so a limit of thousands needs only a few rows. */
const partsPerWindow = 24

/** Returns the part of a window that a time belongs to. */
export function tallyPart({ windowMs }: Limit, at: number): { startsAt: number; expiresAt: number } {
  const partMs = Math.ceil(windowMs / partsPerWindow)
  const startsAt = Math.floor(at / partMs) * partMs
  return { startsAt, expiresAt: startsAt + partMs + windowMs }
}

export function totalOf(tallies: readonly Tally[], at: number): number {
  return tallies.reduce((sum, { total, expiresAt }) => sum + (expiresAt > at ? total : 0), 0)
}

/** Returns for how many milliseconds one more would break the limit: until enough parts have expired. */
export function tallyWaitMs(tallies: readonly Tally[], { max }: Limit, at: number, cost = 1): number {
  const alive = tallies.filter(({ expiresAt }) => expiresAt > at)
  let used = totalOf(alive, at)
  let wait = 0
  for (const { total, expiresAt } of alive.sort((a, b) => a.expiresAt - b.expiresAt)) {
    if (used + cost <= max) break
    used -= total
    wait = expiresAt - at
  }
  return wait
}
