import { OtpError, type Quota } from '../errors.ts'
import { type Tally, tallyPart, tallyWaitMs, totalOf } from '../otp/limits.ts'
import type { Limit } from '../settings.ts'
import { quotaHeaders } from './quota.ts'
import type { Caller, Handler, OperationId } from './types.ts'

/** Adds a request limit to a handler. */
export type RequestLimit = <Id extends OperationId>(handler: Handler<Id>) => Handler<Id>

// Divisors for one client's share of a public token's limit. A network always gets 1/10. While at least half of the
// limit is used, an address gets 1/200.
const networkShare = 10
const addressShare = 200

/**
 * Limits the requests with one credential, except sends. It keeps one caller from using up the machine, so it counts in
 * this process only. Counting reads in the store would be slower than the reads. With several instances, each allows
 * the full limit.
 */
export function createRequestLimit(limit: Limit | undefined, now: () => number): RequestLimit {
  if (limit === undefined) return (handler) => handler
  const counts = new Map<string, Tally[]>()
  let sweptAt = 0
  let clock = { at: now(), steadyAt: 0 }

  /** Follows the time of day but never goes back, so that setting the clock back blocks no one for longer. */
  const steadyNow = () => {
    const at = now()
    clock = { at, steadyAt: clock.steadyAt + Math.max(0, at - clock.at) }
    return clock.steadyAt
  }

  const sweep = (at: number) => {
    if (at - sweptAt < limit.windowMs) return
    for (const [key, tallies] of counts) if (totalOf(tallies, at) === 0) counts.delete(key)
    sweptAt = at
  }

  const talliesOf = (subject: string, at: number) =>
    (counts.get(subject) ?? []).filter(({ expiresAt }) => expiresAt > at)

  const count = (subject: string, at: number) => {
    const { expiresAt } = tallyPart(limit, at)
    const tallies = talliesOf(subject, at)
    const part = tallies.find((tally) => tally.expiresAt === expiresAt)
    if (part) part.total++
    else tallies.push({ kind: 'request', subject, total: 1, expiresAt })
    counts.set(subject, tallies)
  }

  const take = ({ credential, client }: Caller): Quota => {
    const at = steadyNow()
    sweep(at)
    const own = `credential ${credential.id}`
    const used = totalOf(talliesOf(own, at), at)
    const shares: [string, number][] = [[own, 1]]
    if (client) {
      shares.push([`network ${own} ${client.network}`, networkShare])
      const single = client.isIpv6 ? client.network : client.address
      shares.push([`address ${own} ${single}`, used * 2 >= limit.max ? addressShare : 1])
    }
    const waits = shares.map(([subject, share]) =>
      tallyWaitMs(talliesOf(subject, at), { ...limit, max: Math.max(1, Math.floor(limit.max / share)) }, at),
    )
    const retryAfterMs = Math.max(...waits)
    if (retryAfterMs > 0) {
      throw new OtpError('RATE_LIMITED', {
        message: 'Too many requests with this credential. Wait before you send another one.',
        retryAfterSeconds: Math.ceil(retryAfterMs / 1000),
        reason: 'READ_LIMIT',
        quota: quotaOf(used, at, own),
        limit: limit.name,
      })
    }
    for (const [subject] of shares) count(subject, at)
    return quotaOf(used + 1, at, own)
  }

  const quotaOf = (used: number, at: number, own: string): Quota => {
    const [oldest = at, ...others] = talliesOf(own, at).map(({ expiresAt }) => expiresAt)
    const resetMs = Math.min(limit.windowMs, Math.min(oldest, ...others) - at)
    return { ...limit, remaining: Math.max(0, limit.max - used), resetMs }
  }

  return (handler) => async (call) => {
    const quota = take(call.caller)
    const reply = await handler(call)
    Object.assign(reply as { headers?: object }, { headers: quotaHeaders(quota) })
    return reply
  }
}
