import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testEnvironment } from '../support/environment.ts'
import { backend, emailVerification, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { keyedSender } from '../support/idempotency-cases.ts'
import { Command } from '../support/process.ts'
import { listen, Receiver } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'
import { isOnPostgres } from '../support/test-store.ts'

const tables = [
  ...['credentials', 'sessions', 'tries', 'tallies', 'idempotency_keys'],
  ...['webhook_endpoints', 'webhook_events', 'webhook_deliveries'],
]
const minute = 60_000
/** One mailbox, in every spelling that its provider is known to accept. */
const spellings = (name: string) => [
  `${name}.person@gmail.com`,
  `${name.toUpperCase()}PERSON@GMAIL.COM`,
  `${name}person+shop@googlemail.com`,
  `${name[0]}.${name.slice(1)}.person+a+b@gmail.com`,
]

describe('erasing a person', () => {
  const server = useServer({
    environment: {
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
      LIMIT_PER_RECIPIENT: '20/15m',
      LIMIT_SHORT_GUESSES_PER_RECIPIENT: '3/30d',
    },
  })
  const receiver = new Receiver()
  beforeAll(async () => {
    await receiver.start()
    await listen(server.store, receiver.url, {}, () => server.now)
  })
  afterAll(() => receiver.stop())

  /** Counts how often a text occurs in the store: in the bytes of its files, or in the rows of its tables. */
  async function copiesOf(pattern: RegExp): Promise<number> {
    const texts: string[] = []
    if (isOnPostgres) {
      for (const table of tables) {
        const rows = await server.store.rows(`select cast(t as text) as text from ${table} as t`)
        texts.push(...rows.map(({ text }) => String(text)))
      }
    } else {
      const files = ['', '-wal', '-shm'].map((end) => server.databasePath + end)
      texts.push(...files.filter(existsSync).map((file) => readFileSync(file, 'latin1')))
    }
    return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0)
  }

  /** Does everything that can happen to a mailbox. */
  async function live(name: string): Promise<void> {
    const api = server.client(await server.key())
    const [plain, loud, tagged, dotted] = spellings(name) as [string, string, string, string]
    const verified = await sendAndRead(server, emailVerification, api, { email: plain, reference: 'r' })
    await emailVerification.verify(api, verified)
    const first = await sendAndRead(server, backend, api, { email: loud, otpDigits: 4 })
    await backend.verify(api, { ...first, code: wrongCode(first.code) })
    await sendAndRead(server, backend, api, { email: tagged })
    await sendAndRead(server, instant, await instant.authorized(server), { email: dotted })
    server.sink.atRecipient = 550
    await backend.send(api, { email: plain })
    server.sink.atRecipient = 'accept'
    await (await keyedSender(server, backend))(`key-of-${name}`, { email: loud })
    const canceled = await sendAndRead(server, backend, api, { email: plain })
    await backend.cancel(api, canceled.sessionId)
  }

  const patternOf = (name: string) => new RegExp(`${name[0]}\\.?${name.slice(1)}\\.?person`, 'gi')
  const erase = async (email: string) => {
    const api = server.client(await server.key())
    return (await api.POST('/api/v1/recipients/erase', { body: { email } })).data?.data
  }

  it('leaves no byte of the address in the store, whatever happened to this person and to others', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `wanda${String(n).padStart(3, '0')}`)
    for (const name of names) {
      await live(name)
      server.now += minute
      if (names.indexOf(name) % 7 === 0) await server.app.purge()
    }
    receiver.always = 500 // from now on, webhook events wait for a retry
    for (const name of names.filter((_, n) => n % 3 === 0)) {
      const before = await copiesOf(patternOf(name))
      expect(before).toBeGreaterThan(20)
      const erased = await erase(spellings(name)[Number(name.slice(-1)) % 4] as string)
      expect(erased).toMatchObject({ sessions: 7 })
      expect(erased?.webhookEvents).toBeGreaterThan(1)
      expect(await copiesOf(patternOf(name)), name).toBe(0)
      // The erasure must not affect anyone else.
      await live(`later${name}`)
    }
    for (const name of names.filter((_, n) => n % 3 !== 0))
      expect(await copiesOf(patternOf(name)), name).toBeGreaterThan(20)
    receiver.always = 204
  })

  it('also removes the events that a webhook has not received yet', async () => {
    receiver.always = 500
    await live('silent')
    await server.app.deliverWebhooks()
    receiver.received.splice(0)
    receiver.always = 204
    await erase('silentperson@gmail.com')
    server.now += 60 * minute
    await server.app.deliverWebhooks()
    expect(JSON.stringify(receiver.received)).not.toMatch(patternOf('silent'))
  })

  it('resets no limit of sends or wrong codes', async () => {
    const api = server.client(await server.key())
    const email = 'limited@example.com'
    for (let n = 0; n < 2; n++) {
      const sent = await sendAndRead(server, backend, api, { email, otpDigits: 4 })
      await backend.verify(api, { ...sent, code: wrongCode(sent.code) })
      await erase(email)
    }
    const third = await sendAndRead(server, backend, api, { email, otpDigits: 4 })
    expect((await backend.verify(api, { ...third, code: wrongCode(third.code) })).response.status).toBe(400)
    expect((await backend.verify(api, third)).response.status).toBe(429)
    await erase(email)
    expect((await backend.send(api, { email, otpDigits: 4 })).response.status).toBe(429)
    for (let n = 3; n < 20; n++) {
      expect((await backend.send(api, { email })).response.status).toBe(200)
      if (n % 5 === 0) await erase(email)
    }
    expect((await backend.send(api, { email })).response.status).toBe(429)
    server.now += 20 * minute
    expect((await backend.send(api, { email })).response.status).toBe(200)
  })

  it.skipIf(isOnPostgres)(
    'works with a command while the server runs, and a dry run shows what would be deleted',
    async () => {
      await live('command')
      const run = async (...args: string[]) => {
        const environment = {
          DATABASE_URL: `sqlite:${server.databasePath}`,
          OTP_SECRET: testEnvironment.OTP_SECRET,
        }
        const command = new Command(server.folder, [...args, '--json'], environment)
        const { code, stdout, stderr } = await command.finished()
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        return JSON.parse(stdout) as object
      }
      const projects = [
        { project: 'default', sandbox: false, sessions: 7, webhookEvents: expect.any(Number) },
      ]
      await run('projects', 'create', 'other')
      const person = ['erase', '--email', 'COMMANDPERSON@gmail.com']
      expect(await run(...person, '--dry-run')).toEqual({ dryRun: true, projects })
      expect(await copiesOf(patternOf('command'))).toBeGreaterThan(20)
      expect(await run(...person, '--project', 'other')).toMatchObject({
        projects: [{ sessions: 0 }, { sandbox: true, sessions: 0 }],
      })
      expect(await run(...person)).toEqual({ dryRun: false, projects })
      expect(await copiesOf(patternOf('command'))).toBe(0)
    },
  )
})
