import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeGuess, noGuessLimits } from '../server/otp/guesses.ts'
import { recipientUsage, type Tally, tallyPart, tallyWaitMs, waitMs } from '../server/otp/limits.ts'
import type { PublicClient, RecentSend, SendLimit } from '../server/otp/ports.ts'
import { runs } from './support/properties.ts'

const limit = { max: 5, windowMs: 2_400 }
const gaps = fc.array(fc.nat({ max: 900 }), { minLength: 20, maxLength: 120 })

/** Returns the largest number of these times in any window that includes both its ends. */
const mostInAnyWindow = (times: number[]) =>
  Math.max(
    0,
    ...times.map((from) => times.filter((time) => time >= from && time <= from + limit.windowMs).length),
  )

describe('a limit that is counted in parts of its window', () => {
  it('holds in every window, blocks for at most a window and a part, and allows a try after the promised wait', () => {
    fc.assert(
      fc.property(gaps, (waits) => {
        const tallies: Tally[] = []
        const times: number[] = []
        let [now, promised] = [0, 0]
        for (const wait of waits) {
          now += wait
          const left = tallyWaitMs(tallies, limit, now)
          if (now >= promised && promised > 0) expect(left).toBe(0)
          promised = left > 0 ? now + left : 0
          expect(left).toBeLessThanOrEqual(limit.windowMs + limit.windowMs / 24)
          if (left > 0) continue
          times.push(now)
          const { expiresAt } = tallyPart(limit, now)
          const part = tallies.find((tally) => tally.expiresAt === expiresAt)
          if (part) part.total++
          else tallies.push({ kind: 'guess', subject: 'x', total: 1, expiresAt })
        }
        expect(mostInAnyWindow(times)).toBeLessThanOrEqual(limit.max)
        expect(times.length).toBeGreaterThanOrEqual(Math.min(limit.max, waits.length))
      }),
      runs({ quick: 300, long: 10_000 }),
    )
  })
})

const projects = ['a', 'b']
const kinds = ['server_key', 'public_token'] as const

describe('the limits of one recipient', () => {
  const own: SendLimit = { subject: 'recipient', ...limit }
  const total: SendLimit = { subject: 'recipientTotal', max: 15, windowMs: limit.windowMs }
  const attempts = fc.array(
    fc.record({
      wait: fc.nat({ max: 400 }),
      projectId: fc.constantFrom(...projects),
      openedBy: fc.constantFrom(...kinds),
    }),
    { minLength: 30, maxLength: 150 },
  )

  it('hold for each side in every window, and no token or other project uses up a server key’s share', () => {
    fc.assert(
      fc.property(attempts, (wanted) => {
        const sends: RecentSend[] = []
        let now = 1_000_000
        for (const { wait, ...side } of wanted) {
          now += wait
          const recent = [...sends].reverse()
          const asked = { ...side, countedRecipient: 'x' }
          const isRefused = [own, total].some(
            (each) => waitMs(recipientUsage(recent, asked, each, now), each, now) > 0,
          )
          const ofServerKeys = (send: RecentSend) =>
            send.openedBy === 'server_key' && send.projectId === side.projectId
          if (isRefused && side.openedBy === 'server_key') {
            const mine = sends
              .filter(ofServerKeys)
              .filter(({ countedAt }) => countedAt >= now - limit.windowMs)
            expect(mine.length, 'refused by what others sent').toBe(limit.max)
          }
          if (!isRefused) sends.push({ ...asked, countedAt: now })
        }
        const timesOf = (isOne: (send: RecentSend) => boolean) =>
          sends.filter(isOne).map(({ countedAt }) => countedAt)
        for (const projectId of projects) {
          const mine = timesOf((send) => send.openedBy === 'server_key' && send.projectId === projectId)
          expect(mostInAnyWindow(mine)).toBeLessThanOrEqual(limit.max)
        }
        expect(mostInAnyWindow(timesOf((send) => send.openedBy === 'public_token'))).toBeLessThanOrEqual(
          limit.max,
        )
        expect(mostInAnyWindow(timesOf(() => true))).toBeLessThanOrEqual(15)
      }),
      runs({ quick: 300, long: 10_000 }),
    )
  })

  it('end at fixed steps for public tokens, and so do not reveal when another project’s token was used', () => {
    const step = limit.windowMs / 3
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), (first) => {
        const asked = { projectId: 'a', openedBy: 'public_token', countedRecipient: 'x' } as const
        const sends = Array.from({ length: limit.max }, () => ({
          ...asked,
          projectId: 'b',
          countedAt: first,
        }))
        const wait = waitMs(recipientUsage(sends, asked, own, first), own, first)
        expect((first + wait) % step).toBe(0)
        expect(wait).toBeGreaterThan(limit.windowMs)
        expect(wait).toBeLessThanOrEqual(limit.windowMs + step)
        const after = first + wait
        expect(waitMs(recipientUsage(sends, asked, own, after), own, after)).toBe(0)
        expect(waitMs(recipientUsage(sends, asked, own, after - 1), own, after - 1)).toBe(1)
      }),
      runs({ quick: 300, long: 10_000 }),
    )
  })
})

describe('a public token whose guesses are used up', () => {
  const client: PublicClient = {
    credentialId: 'tok',
    address: '1.2.3.4',
    network: '1.2.3.0/24',
    isIpv6: false,
  }
  const limits = {
    ...noGuessLimits,
    address: { all: { max: 100, windowMs: 1000 }, short: undefined },
    network: { all: { max: 500, windowMs: 1000 }, short: undefined },
    credential: { all: { max: 50, windowMs: 1000 }, short: { max: 10, windowMs: 1000 } },
    addressWhenBusy: { max: 4, windowMs: 1000 },
  }
  const judge = (totals: Record<string, number>, isShort = false, who = client) => {
    const tallies = Object.entries(totals).map(([name, total]) => {
      const [kind = '', ...subject] = name.split(' ')
      return { kind, subject: subject.join(' '), total, expiresAt: 900 }
    })
    const usage = { recipient: { used: 0, oldest: null }, recipientShort: { used: 0, oldest: null }, tallies }
    return judgeGuess(usage, limits, { isShort, cost: 1, client: who }, 500)
  }

  it('still allows a few wrong codes for each IPv4 address and each IPv6 network', () => {
    expect(judge({ 'guess credential tok': 49, 'guess address 1.2.3.4': 9 })).toBeUndefined()
    expect(judge({ 'guess credential tok': 50, 'guess address 1.2.3.4': 3 })).toBeUndefined()
    expect(judge({ 'guess credential tok': 50, 'guess address 1.2.3.4': 4 })).toEqual({
      limit: limits.addressWhenBusy,
      retryAfterMs: 400,
    })
    const ipv6 = { credentialId: 'tok', address: 'a:b:c:d::/64', network: 'a:b:c::/48', isIpv6: true }
    expect(judge({ 'guess credential tok': 50, 'guess network a:b:c::/48': 4 }, false, ipv6)).toMatchObject({
      limit: limits.addressWhenBusy,
    })
  })

  it('refuses short codes at their own limit, and still accepts longer codes', () => {
    const used = { 'guess credential tok': 20, 'short_guess credential tok': 10 }
    expect(judge(used, true)).toMatchObject({ limit: limits.credential.short })
    expect(judge(used, false)).toBeUndefined()
  })
})
