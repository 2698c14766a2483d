import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { listen } from '../../server/http/listen.ts'
import { figure } from '../support/figures.ts'
import { type Fleet, type FleetServer, outcomeOf, tally, useFleet } from '../support/fleet.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { SteadyLoad } from '../support/steady-load.ts'

const perSecond = 200
const rounds = figure({ quick: 1, long: 10 })
/** How long the load runs before the signal, in milliseconds. */
const loadMs = figure({ quick: 500, long: 5_000 })
const longestMs = 10_000
/** When a connection that was idle at the signal is used again. The server closes it after a second. */
const restMs = 300
/** If the test machine pauses for longer, the server may already have closed a connection that the test needs. */
const longestPauseMs = 500
const tries = 4

const refusedAtConnect = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'

/** One call of a back end. The three kinds take turns. */
function callOf(fleet: Fleet, server: FleetServer, turn: number, agent: Agent): Promise<RawAnswer> {
  const session = { sessionId: `otp_backend_01KPJRXTK0Q4T7V9X2B5N6C1DE`, email: 'a@x.co', code: '123456' }
  if (turn % 3 === 0) return server.send({ email: fleet.newAddress() }, agent)
  if (turn % 3 === 1) return server.verify(session, agent)
  return server.call('/api/v1/backend-otp/verifications', {}, agent)
}

/** Ends a new server under load. @returns everything that callers saw of it */
async function endUnderLoad(fleet: Fleet) {
  const server = await fleet.add()
  const resting = new Agent({ keepAlive: true, maxSockets: 1 })
  expect((await server.call('/livez', {}, resting)).headers.connection).toBe('keep-alive')
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(silent, 'connect')
  const load = new SteadyLoad(perSecond, (turn, agent) => callOf(fleet, server, turn, agent))
  const startedAt = performance.now()
  const running = load.run()
  await sleep(loadMs)
  load.startDue()
  load.longestPauseMs = 0
  await nextTurn() // so that the calls are on their way
  const signalledAt = performance.now()
  const ended = fleet.end(server, 'SIGTERM')
  await expect
    .poll(() => server.call('/livez', {}, new Agent()).catch(refusedAtConnect), { interval: 10 })
    .toBe(true)
  // A connection that was idle at the signal gets one more response, although the server accepts no new ones.
  await sleep(signalledAt + restMs - performance.now())
  const lateMs = performance.now() - signalledAt - restMs
  const rested: unknown = await server.call('/livez', {}, resting).catch((error: unknown) => error)
  const exitCode = await ended
  const tookMs = performance.now() - signalledAt
  resting.destroy()
  silent.destroy()
  const calls = await running
  const pauseMs = Math.max(load.longestPauseMs, lateMs)
  return { calls, loadedMs: signalledAt - startedAt, signalledAt, rested, pauseMs, exitCode, tookMs }
}

describe('SIGTERM', () => {
  const fleet = useFleet(0)

  it(`loses no request at ${perSecond} a second: each is answered in full or refused at connect, and the exit code is 0, in all ${rounds} rounds`, async () => {
    fleet.ledger.delayMs = () => Math.random() * 200
    for (let round = 0; round < rounds; round++) {
      let seen = await endUnderLoad(fleet)
      // If the machine paused, try again. It does not pause every time.
      for (let more = 1; more < tries && seen.pauseMs > longestPauseMs; more++)
        seen = await endUnderLoad(fleet)
      const { calls, loadedMs, signalledAt, rested, exitCode, tookMs } = seen
      expect(rested).toMatchObject({ status: 200, headers: { connection: 'close' } })
      expect(exitCode).toBe(0)
      expect(tookMs).toBeLessThan(longestMs)

      const refused = calls.filter(({ answer }) => answer === undefined)
      expect(refused.filter(({ failure }) => !refusedAtConnect(failure))).toEqual([])
      expect(refused.filter((call) => call.startedAt < signalledAt)).toEqual([])
      const before = calls.filter((call) => call.startedAt < signalledAt)
      expect(before.length).toBeGreaterThanOrEqual((0.9 * perSecond * loadedMs) / 1000)
      const answered = calls.flatMap((call) => (call.answer ? [{ ...call, ...call.answer }] : []))
      // Once one caller was told to close its connection, every later caller must be told too.
      const told = answered.filter(({ headers }) => headers.connection === 'close')
      const firstToldAt = Math.min(...told.map(({ endedAt }) => endedAt))
      expect(told.length).toBeGreaterThan(0)
      const later = answered.filter((call) => call.startedAt > firstToldAt)
      expect(later.filter((call) => !told.includes(call))).toEqual([])
      expect(Object.keys(tally(answered.map(outcomeOf))).toSorted()).toEqual(['200', '404 SESSION_NOT_FOUND'])

      const mailed = new Set(fleet.ledger.entries.map(({ to }) => to))
      const sent = answered.filter(({ text }) => text.includes('"sent":true'))
      const lost = sent.filter(
        ({ text }) => !mailed.has((JSON.parse(text) as { data: { email: string } }).data.email),
      )
      expect(lost).toEqual([])
      expect(sent.length).toBeGreaterThan(0)
    }
  })
})

describe('a listener that stops', () => {
  it('accepts and answers the connections that were waiting for it', async () => {
    const listener = await listen({
      port: 0,
      host: '127.0.0.1',
      handle: (_request, response) => response.end('whole'),
      refuse: (_error, connection) => connection.destroy(),
      refuseHost: (_request, response) => response.end('refused'),
    })
    const waiting = Array.from({ length: 50 }, () => connect(Number(new URL(listener.url).port), '127.0.0.1'))
    const answers = Promise.all(
      waiting.map(async (socket) => {
        socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
        return String(Buffer.concat(await socket.toArray()))
      }),
    )
    // The server accepts one connection in each turn of the event loop, so most of them still wait now.
    await Promise.race(waiting.map((socket) => once(socket, 'connect')))
    await listener.stop(longestMs)
    for (const answer of await answers) expect(answer).toMatch(/^HTTP\/1\.1 200 .*Connection: close.*whole$/s)
  })
})

describe('SIGTERM while a delivery hangs', () => {
  const fleet = useFleet(1, { SMTP_TIMEOUT: '1m' })

  it(`still ends the process with exit code 0 within ${longestMs / 1000} s`, async () => {
    fleet.ledger.delayMs = () => 60_000
    const server = fleet.server(0)
    const hanging = server.send({ email: fleet.newAddress() })
    hanging.catch(() => {}) // cut off in the end
    await expect.poll(() => fleet.ledger.entries).toHaveLength(1)
    const startedAt = performance.now()
    expect(await fleet.end(server, 'SIGTERM')).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(longestMs)
    await expect(hanging).rejects.toThrow()
  })
})
