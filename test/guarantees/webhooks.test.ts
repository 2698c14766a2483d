import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseNetworks } from '../../server/config/parse.ts'
import { loadDatabase } from '../../server/config.ts'
import { createLogger } from '../../server/log.ts'
import { openStoreAsItIs } from '../../server/open-store.ts'
import { createOutbox } from '../../server/store/webhooks.ts'
import { createDispatcher } from '../../server/webhooks/dispatcher.ts'
import { createReach } from '../../server/webhooks/networks.ts'
import { createPoster } from '../../server/webhooks/post.ts'
import { createSealer } from '../../server/webhooks/secrets.ts'
import { testEnvironment } from '../support/environment.ts'
import { figure } from '../support/figures.ts'
import { type FleetServer, sessionIdOf, useFleet } from '../support/fleet.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { listen, Receiver } from '../support/receiver.ts'

const processes = 2
const kills = figure({ quick: 8, long: 50 })
/** The number of callers at work at any time. */
const callers = 6
/** The longest time that the servers run undisturbed once all of them work, in milliseconds. */
const longestLife = figure({ quick: 150, long: 400 })
const afterEveryLeaseMs = 60_000

const fleet = useFleet(processes, { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' })
const receiver = new Receiver()
beforeAll(async () => {
  await receiver.start()
  await listen(fleet.store, receiver.url)
})
afterAll(() => receiver.stop())

/**
 * Sends codes, and then verifies or cancels. The mail server refuses some sends. Records each end that got an answer.
 */
function loadOf() {
  /** How sessions ended, if their caller got the answer. */
  const ended = new Map<string, string>()
  let turns = 0
  let isOver = false
  const asked = async (request: Promise<RawAnswer>) => {
    const answer = await request.catch(() => undefined)
    return answer?.status === 200 ? answer : undefined
  }
  const call = async () => {
    while (!isOver) {
      const server = fleet.servers[turns % fleet.servers.length] as FleetServer | undefined
      if (server === undefined) {
        await sleep(5)
        continue
      }
      const turn = turns++
      const email = turn % 5 === 0 ? `refused-${fleet.newAddress()}` : fleet.newAddress()
      const sent = await asked(server.send({ email, expiresInSeconds: 3600 }))
      if (sent === undefined) continue
      const sessionId = sessionIdOf(sent)
      const isCanceled = turn % 3 === 0
      const answer = await asked(
        isCanceled
          ? server.post('/api/v1/backend-otp/cancel', { sessionId })
          : server.verify({ sessionId, email, code: fleet.ledger.codeTo(email) }),
      )
      if (answer) ended.set(sessionId, isCanceled ? 'verification.canceled' : 'verification.completed')
    }
  }
  const load = Promise.all(Array.from({ length: callers }, call))
  return {
    ended,
    async stop() {
      isOver = true
      await load
    },
  }
}

/** Delivers what the servers left behind, once every lease is over. */
async function deliverTheRest(): Promise<void> {
  const now = () => Date.now() + afterEveryLeaseMs
  const location = loadDatabase({ DATABASE_URL: fleet.store.databaseUrl })
  const log = createLogger('silent')
  const { engine } = await openStoreAsItIs(location, { log, now })
  const dispatcher = createDispatcher({
    outbox: createOutbox(engine),
    poster: createPoster({ reach: createReach(parseNetworks('127.0.0.1')) }),
    sealer: createSealer([testEnvironment.OTP_SECRET]),
    now,
    log,
  })
  await dispatcher.run()
  await dispatcher.stop()
  await engine.close()
}

it(`no event is lost or reports a change that did not happen, and a repeated event keeps its id, over ${kills} SIGKILLs under load`, async () => {
  fleet.ledger.refusal = (to) => (to.startsWith('refused-') ? 550 : undefined)
  // Some deliveries fail. Others are cut off when their server dies.
  for (let n = 0; n < 20; n++) receiver.next.push(500, 204, 204, (response) => response.destroy(), 204)
  const load = loadOf()
  for (let killed = 0, round = 0; killed < kills; round++) {
    const before = receiver.received.length
    await expect
      .poll(() => receiver.received.length, { interval: 5, timeout: 20_000 })
      .toBeGreaterThan(before + callers)
    await sleep(Math.random() * longestLife)
    const victims = round % 3 === 2 ? [...fleet.servers] : [fleet.server(round)]
    await Promise.all(victims.map((victim) => fleet.end(victim, 'SIGKILL')))
    killed += victims.length
    await Promise.all(victims.map(() => fleet.add()))
  }
  await load.stop()
  await Promise.all([...fleet.servers].map((server) => fleet.end(server, 'SIGKILL')))
  await deliverTheRest()

  const rows = await fleet.store.rows(
    'select id, verified_at as verified, canceled_at as canceled, failed_at as failed from sessions',
  )
  const endOf = new Map(
    rows.map(({ id, verified, canceled, failed }) => [
      String(id),
      verified
        ? 'verification.completed'
        : canceled
          ? 'verification.canceled'
          : failed
            ? 'delivery.failed'
            : 'none',
    ]),
  )
  const told = new Map<string, Set<string>>()
  for (const { type, event_id, data } of receiver.events) {
    const sessionId = String(data['sessionId'])
    expect(endOf.get(sessionId), sessionId).toBe(type)
    told.set(sessionId, (told.get(sessionId) ?? new Set()).add(event_id))
  }
  for (const ids of told.values()) expect(ids.size).toBe(1)
  const untold = [...endOf].filter(([sessionId, end]) => end !== 'none' && !told.has(sessionId))
  expect(untold).toEqual([])
  const unheard = [...load.ended].filter(([sessionId, end]) => endOf.get(sessionId) !== end)
  expect(unheard).toEqual([])
  expect(load.ended.size).toBeGreaterThan(kills)
  expect(new Set(endOf.values())).toEqual(
    new Set(['verification.completed', 'verification.canceled', 'delivery.failed', 'none']),
  )
})
