import type { Limit, RecentSend, SendLimit, Side } from './ports.ts'

// How limits count. No I/O and no clock: times are milliseconds since the epoch.

/** How many of the newest `max` counted times lie in the window that ends now, and the oldest of those. */
export interface Usage {
  used: number
  oldest: number | null
}

export const nothingUsed: Usage = { used: 0, oldest: null }

/** What a limit has counted, of these times, newest first. */
export function usageOf(times: readonly number[], { max, windowMs }: Limit, at: number): Usage {
  const counted = times.filter((time) => time >= at - windowMs).slice(0, max)
  return { used: counted.length, oldest: counted.at(-1) ?? null }
}

/**
 * For how many milliseconds one more would break the limit: until the oldest of the last `max` has left the window.
 * Looking back from each in this way keeps every window of that length, wherever it starts, at `max`.
 * @param cost how much the next one counts
 */
export function waitMs({ used, oldest }: Usage, { max, windowMs }: Limit, at: number, cost = 1): number {
  // One more millisecond, so that a window which includes both its ends holds no more either.
  return used + cost > max && oldest !== null ? Math.max(0, oldest + windowMs + 1 - at) : 0
}

/** What several projects share lets go only at whole steps of this part of its window. */
const sharedSteps = 3

/** The same for the wait that a caller is told, where the limit itself is exact: it would block its own project else. */
export function coarseWaitMs(retryAfterMs: number, { windowMs }: Limit): number {
  const stepMs = windowMs / sharedSteps
  return Math.ceil(retryAfterMs / stepMs) * stepMs
}

/** How far back a limit of recipients looks: further where it lets go in steps. */
export function lookBackMs({ windowMs }: Limit): number {
  return windowMs + Math.ceil(windowMs / sharedSteps)
}

/**
 * What one limit of recipients has counted, of the sends to a mailbox. The server keys of a project are one side, and
 * all public tokens together are one. So nobody who holds a public token, or the key of another project, uses up what
 * the server keys of a project may send.
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
  // The public tokens of other projects count here, too. Whoever sees that the limit lets go must not learn from it to
  // the second when one of them was used.
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

/** What was counted in one part of a window. It counts until the window after that part is over. */
export interface Tally {
  kind: string
  subject: string
  total: number
  expiresAt: number
}

/** A window is counted in so many parts, so that a limit of thousands costs a few rows. */
const partsPerWindow = 24

/** The part of a window that a time belongs to. */
export function tallyPart({ windowMs }: Limit, at: number): { startsAt: number; expiresAt: number } {
  const partMs = Math.ceil(windowMs / partsPerWindow)
  const startsAt = Math.floor(at / partMs) * partMs
  return { startsAt, expiresAt: startsAt + partMs + windowMs }
}

export function totalOf(tallies: readonly Tally[], at: number): number {
  return tallies.reduce((sum, { total, expiresAt }) => sum + (expiresAt > at ? total : 0), 0)
}

/** For how many milliseconds one more would break the limit: until enough parts have gone. */
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
