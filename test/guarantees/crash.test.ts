import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openConnection } from '../../server/store/connection.ts'
import { openDatabase, sql } from '../../server/store/database.ts'
import { figure } from '../support/figures.ts'
import { type Fleet, type MailedSession, sessionIdOf, tally, useFleet } from '../support/fleet.ts'

const processes = 2
const kills = figure({ quick: 6, long: 200 })
/** Sends that are under way at any time. */
const senders = 6
/** The longest that the servers are left alone once all of them work, in milliseconds. */
const longestLife = figure({ quick: 100, long: 400 })

const fleet = useFleet(processes)

/** Sends to one new address after the other until `stop`, whatever becomes of the servers. */
function loadOf(fleet: Fleet) {
  const acknowledged = new Map<string, string>()
  const strange: string[] = []
  let isOver = false
  const sender = async (turn: number) => {
    for (let n = turn; !isOver; n++) {
      const server = fleet.servers[n % fleet.servers.length]
      if (server === undefined) await sleep(5)
      else {
        const email = fleet.newAddress()
        try {
          const answer = await server.send({ email, expiresInSeconds: 3600 })
          if (answer.status === 200) acknowledged.set(email, sessionIdOf(answer))
          else strange.push(answer.text)
        } catch (error) {
          if (!server.isEnding) strange.push(String(error))
        }
      }
    }
  }
  const load = Promise.all(Array.from({ length: senders }, (_, turn) => sender(turn)))
  const stop = async () => {
    isOver = true
    await load
  }
  return { acknowledged, strange, stop }
}

/** Kills a server at a random moment of its work, or at every third time all of them. @returns how many */
async function killSome(round: number): Promise<number> {
  const before = fleet.ledger.entries.length
  await expect
    .poll(() => fleet.ledger.entries.length, { timeout: 15_000, interval: 5 })
    .toBeGreaterThan(before + senders)
  await sleep(Math.random() * longestLife)
  // With the last of them dies what the processes share of the log, and the next one must recover it from the file.
  const victims = round % 3 === 2 ? [...fleet.servers] : [fleet.server(Math.floor(Math.random() * processes))]
  await Promise.all(victims.map((victim) => fleet.end(victim, 'SIGKILL')))
  return victims.length
}

it(`no acknowledged session and no mailed code is lost, and the store stays whole, over ${kills} SIGKILLs under load`, async () => {
  fleet.ledger.delayMs = () => Math.random() * 20
  const load = loadOf(fleet)
  for (let killed = 0, round = 0; killed < kills; round++) {
    const count = await killSome(round)
    killed += count
    await Promise.all(Array.from({ length: count }, () => fleet.add()))
  }
  await killSome(2)
  await load.stop()
  expect(load.strange).toEqual([])

  const store = openDatabase(fleet.databasePath)
  const pragma = async (name: string) => (await sql.raw<object>(`pragma ${name}`).execute(store.query)).rows
  expect(await pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }])
  await store.close()

  const connection = openConnection(fleet.databasePath)
  const sessionsOf = connection.prepare('select id from sessions where email = ?')
  const mailed = fleet.ledger.entries.map(({ to, code }): MailedSession => {
    const [{ id = '' } = {}, ...others] = sessionsOf.all(to) as { id?: string }[]
    expect(others).toEqual([])
    return { sessionId: id, email: to, code }
  })
  connection.close()
  const stored = new Map(mailed.map(({ email, sessionId }) => [email, sessionId]))
  expect([...load.acknowledged].filter(([email, sessionId]) => stored.get(email) !== sessionId)).toEqual([])
  expect(load.acknowledged.size).toBeGreaterThan(kills)
  expect(mailed.length).toBeGreaterThan(load.acknowledged.size)

  await Promise.all(Array.from({ length: processes }, () => fleet.add()))
  const outcomes: string[] = []
  for (let first = 0; first < mailed.length; first += 20) {
    const some = mailed.slice(first, first + 20)
    const answers = await Promise.all(some.map((session, turn) => fleet.server(turn).verify(session)))
    outcomes.push(...answers.map(({ status }) => String(status)))
  }
  expect(tally(outcomes)).toEqual({ 200: mailed.length })
})
