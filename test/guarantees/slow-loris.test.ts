import { setInterval } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultTimeouts } from '../../server/http/listen.ts'
import { Dawdlers, type Dawdling } from '../support/dawdlers.ts'
import { figure, isLongForm } from '../support/figures.ts'
import { type FleetServer, outcomeOf, tally, useFleet } from '../support/fleet.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { type TestServer, useServer } from '../support/server.ts'

const sockets = figure({ quick: 200, long: 1_000 })
const perSecond = 100
const requests = figure({ quick: 250, long: 5_000 })
const p99Ms = 100
const tries = figure({ quick: 3, long: 1 })

let dawdlers: Dawdlers | undefined
afterEach(() => dawdlers?.stop())

describe(`the server, with ${sockets} stalled connections`, () => {
  const fleet = useFleet(1)

  /**
   * Returns the 99th percentile of the request times. Requests start at a steady rate, even while earlier ones are
   * open. A caller that waits for each answer would not see how a hanging server affects everyone else.
   */
  const p99Of = async (server: FleetServer) => {
    const times: number[] = []
    const outcomes: string[] = []
    const timed = async (call: Promise<RawAnswer>) => {
      const startedAt = performance.now()
      outcomes.push(outcomeOf(await call))
      times.push(performance.now() - startedAt)
    }
    const calls: Promise<void>[] = []
    for await (const _ of setInterval(1000 / perSecond)) {
      const email = fleet.newAddress()
      if (calls.length % 3 === 0) calls.push(timed(server.send({ email })))
      else if (calls.length % 3 === 1)
        calls.push(timed(server.verify({ sessionId: 'x', email, code: '123456' })))
      else calls.push(timed(server.call('/api/v1/backend-otp/verifications')))
      if (calls.length >= requests) break
    }
    await Promise.all(calls)
    expect(Object.keys(tally(outcomes))).toEqual(['200', '404 SESSION_NOT_FOUND'])
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY
  }

  it(`answers other requests with a p99 under ${p99Ms} ms`, async () => {
    const server = fleet.server(0)
    dawdlers = new Dawdlers(server.url, fleet.key, true)
    await dawdlers.start(sockets)
    let p99 = await p99Of(server)
    // Other test files load the machine too. If the server itself is slow, it is slow every time.
    for (let more = 1; more < tries && p99 >= p99Ms; more++) p99 = await p99Of(server)
    expect(p99).toBeLessThan(p99Ms)
    expect(dawdlers.open).toBeGreaterThan(0.9 * sockets)
  })
})

const answers: Record<Dawdling, RegExp> = {
  silent: /^HTTP\/1\.1 408 /,
  'slow head': /^HTTP\/1\.1 408 /,
  'slow body': /^HTTP\/1\.1 408 /,
  'idle after a request': /^HTTP\/1\.1 200 /,
}

/** How long the server waits for each kind, in milliseconds. */
type Waits = Partial<Record<Dawdling, number>>

// The server checks once per second, and the machine is busy.
const slackMs = 4_000

/** Checks that all are cut in time and not too early, and that each got the expected response and nothing more. */
async function areCut(url: string, key: string, count: number, waitsMs: Waits) {
  dawdlers = new Dawdlers(url, key, false)
  await dawdlers.start(count, Object.keys(waitsMs) as Dawdling[])
  const { cuts } = dawdlers
  const timeout = Math.max(...Object.values(waitsMs)) + slackMs
  await expect.poll(() => cuts.length, { timeout, interval: 50 }).toBe(count)
  for (const { dawdling, received, afterMs } of cuts) {
    expect(received).toMatch(answers[dawdling])
    expect(received.split('HTTP/1.1 ')).toHaveLength(2)
    const waitMs = waitsMs[dawdling] ?? 0
    expect(afterMs, dawdling).toBeGreaterThan(0.95 * waitMs)
    expect(afterMs, dawdling).toBeLessThan(waitMs + slackMs)
  }
}

function cutByTheClock() {
  const fleet = useFleet(1)
  const { headersMs, requestMs, idleMs } = defaultTimeouts

  it('is closed after 10 s without a whole head, 20 s without a whole request or 65 s of silence, not before', () =>
    areCut(fleet.server(0).url, fleet.key, sockets, {
      silent: headersMs,
      'slow head': headersMs,
      'slow body': requestMs,
      'idle after a request': idleMs,
    }))
}

function cutSooner() {
  const hourMs = 3_600_000
  const heads = useServer({ httpTimeouts: { headersMs: 200, requestMs: hourMs, idleMs: hourMs } })
  const bodies = useServer({ httpTimeouts: { headersMs: 200, requestMs: 200, idleMs: hourMs } })
  const rests = useServer({ httpTimeouts: { headersMs: hourMs, requestMs: hourMs, idleMs: 200 } })

  it.each<[string, TestServer, Waits]>([
    ['a whole head', heads, { silent: 200, 'slow head': 200 }],
    ['a whole request', bodies, { 'slow body': 200 }],
    ['another request', rests, { 'idle after a request': 200 }],
  ])('is closed when its time without %s is over, and not before', async (_case, server, waitsMs) =>
    areCut(server.url, await server.key(), 20, waitsMs),
  )
}

describe('a stalled connection', () => {
  it('is closed by default after 10 s, 20 s, or 65 s idle, which is longer than the 60 s of common proxies', () => {
    expect(defaultTimeouts).toEqual({ headersMs: 10_000, requestMs: 20_000, idleMs: 65_000 })
  })

  if (isLongForm) cutByTheClock()
  else cutSooner()
})
