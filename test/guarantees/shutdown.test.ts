import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { listen } from '../../server/http/listen.ts'
import { figure } from '../support/figures.ts'
import { type Fleet, type FleetServer, outcomeOf, useFleet } from '../support/fleet.ts'
import type { Answer } from '../support/http.ts'

const perSecond = 200
/** Each on a connection of its own, which it keeps as long as the server lets it. */
const callers = 20
const rounds = figure({ quick: 1, long: 10 })
/** How long the load runs before the signal, in milliseconds. */
const loadMs = figure({ quick: 500, long: 5_000 })
const longestMs = 10_000

const refusedAtConnect = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'

/** One call as a back end makes them, in turn. */
function callOf(fleet: Fleet, server: FleetServer, turn: number, agent: Agent): Promise<Answer> {
  const session = { sessionId: `otp_backend_01KPJRXTK0Q4T7V9X2B5N6C1DE`, email: 'a@x.co', code: '123456' }
  if (turn % 3 === 0) return server.send({ email: fleet.newAddress() }, agent)
  if (turn % 3 === 1) return server.verify(session, agent)
  return server.call('/api/v1/backend-otp/verifications', {}, agent)
}

interface CallerReport {
  answers: Answer[]
  /** Why it stopped. */
  end: unknown
}

/** Calls in steady steps over one connection until a call fails. */
async function callUntilItFails(fleet: Fleet, server: FleetServer, place: number): Promise<CallerReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const answers: Answer[] = []
  await sleep((place * 1000) / perSecond)
  try {
    for (let turn = place; ; turn++) {
      const step = sleep((callers * 1000) / perSecond)
      answers.push(await callOf(fleet, server, turn, agent))
      await step
    }
  } catch (end) {
    return { answers, end }
  } finally {
    agent.destroy()
  }
}

describe('SIGTERM', () => {
  const fleet = useFleet(0)

  it(`loses no request at ${perSecond} a second: each is answered in full or refused at connect, and the exit code is 0, ${rounds} times of ${rounds}`, async () => {
    fleet.ledger.delayMs = () => Math.random() * 200
    for (let round = 0; round < rounds; round++) {
      const server = await fleet.add()
      const load = Promise.all(
        Array.from({ length: callers }, (_, place) => callUntilItFails(fleet, server, place)),
      )
      const resting = new Agent({ keepAlive: true, maxSockets: 1 })
      expect((await server.call('/livez', {}, resting)).headers.connection).toBe('keep-alive')
      const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
      await once(silent, 'connect')
      await sleep(loadMs)

      const startedAt = performance.now()
      const ended = fleet.end(server, 'SIGTERM')
      // A connection that was resting when the signal came is answered once more, when nobody new is let in.
      await expect.poll(() => server.call('/livez', {}, new Agent()).catch(refusedAtConnect)).toBe(true)
      const { status, headers } = await server.call('/livez', {}, resting)
      expect([status, headers.connection]).toEqual([200, 'close'])
      expect(await ended).toBe(0)
      expect(performance.now() - startedAt).toBeLessThan(longestMs)
      resting.destroy()
      silent.destroy()

      const reports = await load
      for (const { answers, end: failure } of reports) {
        expect(failure).toSatisfy(refusedAtConnect)
        // Who was still served was told so, once or, if its next connection was among those that waited, again.
        const told = answers.map((answer) => answer.headers.connection)
        const end = told.indexOf('close')
        expect(end).toBeGreaterThanOrEqual(0)
        expect(new Set(told.slice(end))).toEqual(new Set(['close']))
        const expected = ['200', '404 SESSION_NOT_FOUND']
        expect(answers.map(outcomeOf).filter((outcome) => !expected.includes(outcome))).toEqual([])
      }
      const mailed = new Set(fleet.ledger.entries.map(({ to }) => to))
      const sent = reports
        .flatMap(({ answers }) => answers)
        .filter(({ text }) => text.includes('"sent":true'))
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
    })
    const waiting = Array.from({ length: 50 }, () => connect(Number(new URL(listener.url).port), '127.0.0.1'))
    const answers = Promise.all(
      waiting.map(async (socket) => {
        socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
        return String(Buffer.concat(await socket.toArray()))
      }),
    )
    // One is accepted in each turn of the event loop, so that now most of them are not.
    await Promise.race(waiting.map((socket) => once(socket, 'connect')))
    await listener.stop(longestMs)
    for (const answer of await answers) expect(answer).toMatch(/^HTTP\/1\.1 200 .*Connection: close.*whole$/s)
  })
})

describe('SIGTERM while a delivery hangs', () => {
  const fleet = useFleet(1, { SMTP_TIMEOUT: '1m' })

  it(`ends the process with 0 within ${longestMs / 1000} s all the same`, async () => {
    fleet.ledger.delayMs = () => 60_000
    const server = fleet.server(0)
    const hanging = server.send({ email: fleet.newAddress() })
    hanging.catch(() => {}) // cut in the end
    await expect.poll(() => fleet.ledger.entries).toHaveLength(1)
    const startedAt = performance.now()
    expect(await fleet.end(server, 'SIGTERM')).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(longestMs)
    await expect(hanging).rejects.toThrow()
  })
})
