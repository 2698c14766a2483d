import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { testEnvironment } from '../support/environment.ts'
import { figure } from '../support/figures.ts'
import {
  type Fleet,
  type FleetServer,
  type MailedSession,
  outcomeOf,
  sessionIdOf,
  tally,
  useFleet,
} from '../support/fleet.ts'
import { Command } from '../support/process.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { isOnPostgres } from '../support/test-store.ts'

const processes = 2
const kills = figure({ quick: 6, long: 200 })
/** The number of sends in progress at any time. */
const senders = 6
/** The longest time that the servers run undisturbed once all of them work, in milliseconds. */
const longestLife = figure({ quick: 100, long: 400 })
/** Roughly how long a server takes to open the store, in milliseconds. */
const openingMs = 30

const fleet = useFleet(processes)

/** Sends to one new address after another and verifies every other code until `stop`, even while servers are killed. */
function loadOf(fleet: Fleet) {
  const acknowledged = new Map<string, string>()
  const verified = new Set<string>()
  /** Addresses whose verify got no answer. It may have happened before the kill or not. */
  const lost = new Set<string>()
  const strange: string[] = []
  let isOver = false
  /** @returns the answer; undefined if there was none */
  const asked = async (server: FleetServer, request: Promise<RawAnswer>) => {
    try {
      const answer = await request
      if (answer.status === 200) return answer
      strange.push(answer.text)
    } catch (error) {
      if (!server.isEnding) strange.push(String(error))
    }
    return undefined
  }
  const sender = async (turn: number) => {
    for (let n = turn; !isOver; n++) {
      const server = fleet.servers[n % fleet.servers.length]
      if (server === undefined) {
        await sleep(5)
        continue
      }
      const email = fleet.newAddress()
      const sent = await asked(server, server.send({ email, expiresInSeconds: 3600 }))
      if (sent === undefined) continue
      const sessionId = sessionIdOf(sent)
      acknowledged.set(email, sessionId)
      if (acknowledged.size % 2 > 0) continue
      const verifier = fleet.servers[(n + 1) % fleet.servers.length]
      if (verifier === undefined) continue
      const code = fleet.ledger.codeTo(email)
      const answer = await asked(verifier, verifier.verify({ sessionId, email, code }))
      const those = answer === undefined ? lost : verified
      those.add(email)
    }
  }
  const load = Promise.all(Array.from({ length: senders }, (_, turn) => sender(turn)))
  const stop = async () => {
    isOver = true
    await load
  }
  return { acknowledged, verified, lost, strange, stop }
}

/** Kills one server at a random moment, or all of them every third time. @returns how many */
async function killSome(round: number): Promise<number> {
  const before = fleet.ledger.entries.length
  await expect.poll(() => fleet.ledger.entries.length, { interval: 5 }).toBeGreaterThan(before + senders)
  await sleep(Math.random() * longestLife)
  // When the last process dies, the shared part of the log is lost. The next process must recover it from the file.
  const victims = round % 3 === 2 ? [...fleet.servers] : [fleet.server(Math.floor(Math.random() * processes))]
  await Promise.all(victims.map((victim) => fleet.end(victim, 'SIGKILL')))
  return victims.length
}

/** Starts another server and kills it while it opens the store. If it is alone, it has a log to recover. */
async function killAtTheStart(): Promise<void> {
  const environment = { ...testEnvironment, DATABASE_URL: fleet.store.databaseUrl, PUBLIC_URL: '' }
  const command = new Command(fleet.folder, ['serve'], environment)
  await command.printed(/PUBLIC_URL is not set/) // the last line before it opens the store
  await sleep(Math.random() * openingMs)
  command.signal('SIGKILL')
  await command.finished()
}

it(`no confirmed session or emailed code is lost, no code verifies twice, and the store stays intact, over ${kills} SIGKILLs under load`, async () => {
  fleet.ledger.delayMs = () => Math.random() * 20
  const load = loadOf(fleet)
  for (let killed = 0, round = 0; killed < kills; round++) {
    const count = await killSome(round)
    killed += count
    if (round % 2 === 0) await killAtTheStart()
    await Promise.all(Array.from({ length: count }, () => fleet.add()))
  }
  await killSome(2)
  await load.stop()
  expect(load.strange).toEqual([])

  if (!isOnPostgres) {
    expect(await fleet.store.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(await fleet.store.rows('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }])
  }

  const sessions = await fleet.store.rows('select id, email from sessions')
  const mailed = fleet.ledger.entries.map(({ to, code }): MailedSession => {
    const [found, ...others] = sessions.filter(({ email }) => email === to)
    expect(others).toEqual([])
    return { sessionId: String(found?.['id']), email: to, code }
  })
  const stored = new Map(mailed.map(({ email, sessionId }) => [email, sessionId]))
  expect([...load.acknowledged].filter(([email, sessionId]) => stored.get(email) !== sessionId)).toEqual([])
  expect(load.acknowledged.size).toBeGreaterThan(kills)
  expect(mailed.length).toBeGreaterThan(load.acknowledged.size)

  await Promise.all(Array.from({ length: processes }, () => fleet.add()))
  const kindOf = ({ email }: MailedSession) =>
    load.verified.has(email) ? 'verified' : load.lost.has(email) ? 'lost' : 'open'
  const outcomes: string[] = []
  for (let first = 0; first < mailed.length; first += 20) {
    const some = mailed.slice(first, first + 20)
    const answers = await Promise.all(some.map((session, turn) => fleet.server(turn).verify(session)))
    outcomes.push(
      ...answers.map((answer, at) => `${kindOf(some[at] as MailedSession)}: ${outcomeOf(answer)}`),
    )
  }
  const { 'lost: 200': first = 0, 'lost: 404 SESSION_NOT_FOUND': again = 0, ...known } = tally(outcomes)
  expect(first + again).toBe(load.lost.size)
  expect(load.verified.size).toBeGreaterThan(kills)
  expect(known).toEqual({
    'verified: 404 SESSION_NOT_FOUND': load.verified.size,
    'open: 200': mailed.length - load.verified.size - load.lost.size,
  })
})
