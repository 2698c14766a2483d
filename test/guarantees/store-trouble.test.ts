import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { figure } from '../support/figures.ts'
import {
  backendWithHistory,
  emailVerification,
  type Flow,
  type FlowWithHistory,
  instantWithHistory,
  sendAndRead,
} from '../support/flows.ts'
import { type TestServer, useServer } from '../support/server.ts'
import {
  canBeMade,
  failingDisk,
  fullDisk,
  heldLock,
  mountSmallDisk,
  movedFile,
  readOnlyFile,
  replacedFile,
  type StoreFault,
} from '../support/store-faults.ts'

const rounds = figure({ quick: 1, long: 30 })
const sendsAtOnce = figure({ quick: 8, long: 24 })
const healthyWithinMs = 5000

const disk = mountSmallDisk()
const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-trouble-'))
afterAll(() => {
  disk?.unmount()
  rmSync(folder, { recursive: true })
})

const flows: (Flow & Partial<FlowWithHistory>)[] = [instantWithHistory, backendWithHistory, emailVerification]

type Session = Awaited<ReturnType<typeof sendAndRead>>
type Refused = Awaited<ReturnType<Flow['verify']>> | Awaited<ReturnType<Flow['send']>>

const away = ({ error, response }: Refused) => {
  expect(response.status).toBe(503)
  expect(error?.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 })
  expect(response.headers.get('retry-after')).toBe('5')
}

const probe = async (server: TestServer, path: string) => (await fetch(server.directUrl + path)).status

/** Readiness is checked at most once a second, so the earlier result may still be given for a moment. */
const readinessBecomes = (server: TestServer, status: 200 | 503) =>
  expect.poll(() => probe(server, '/readyz'), { timeout: healthyWithinMs, interval: 20 }).toBe(status)

async function repair(server: TestServer, { end }: StoreFault, path: string): Promise<void> {
  await end(path)
  await readinessBecomes(server, 200)
}

describe.each<[StoreFault, boolean]>([
  [fullDisk, disk !== undefined],
  [failingDisk, canBeMade(failingDisk, folder)],
  [readOnlyFile, canBeMade(readOnlyFile, folder)],
  [heldLock(), true],
  [movedFile, true],
  [replacedFile, true],
])('a server on a store with $name', (fault, isPossible) => {
  if (!isPossible) {
    // Some faults need rights that a contributor may lack, such as mounting a tmpfs. In CI, a missing right is a failure.
    if (!process.env['CI']) return it.skip('cannot be tested on this machine')
    return it('can be tested in CI', () => expect.fail(`this machine lacks ${fault.needs}`))
  }

  const path = join(
    fault === fullDisk && disk ? disk.folder : folder,
    `${fault.name.replaceAll(' ', '-')}.db`,
  )
  const server = useServer({ environment: { DATABASE_URL: `sqlite:${path}` }, storeTimeoutMs: 50 })
  afterAll(() => fault.close?.())
  let recipients = 0
  const nextEmail = () => `user${++recipients}@example.com`

  it('answers 503 with Retry-After to every write, sends no email, and serves again within 5 s of the repair', async () => {
    for (let round = 0; round < rounds; round++) {
      server.now += 1 // otherwise the readiness check would write an unchanged value, and SQLite skips such a write
      const prepared = await Promise.all(
        flows.map(async (flow) => {
          const api = await (flow.historian?.(server) ?? flow.authorized(server))
          return { flow, api, session: await sendAndRead(server, flow, api, { email: nextEmail() }) }
        }),
      )
      const mails = server.sink.mails.length

      await fault.begin(path)
      try {
        for (const { flow, api, session } of prepared) {
          away(await flow.send(api, { email: nextEmail() }))
          away(await flow.verify(api, session))
          const listed = await flow.list?.(api)
          if (listed) expect([200, 503]).toContain(listed.response.status)
        }
        await readinessBecomes(server, 503)
        expect(await probe(server, '/livez')).toBe(200)
        expect(server.sink.mails.length).toBe(mails)
      } finally {
        await repair(server, fault, path)
      }

      for (const { flow, api, session } of prepared) {
        expect((await flow.verify(api, session)).response.status).toBe(200)
        expect((await flow.send(api, { email: nextEmail() })).response.status).toBe(200)
      }
    }
  })

  it('confirms a delivery even if it cannot record it, and verifies its code afterwards', async () => {
    const api = await backendWithHistory.authorized(server)
    server.sink.whenReceived = async () => {
      await fault.begin(path)
    }
    let session: Session
    try {
      session = await sendAndRead(server, backendWithHistory, api, { email: nextEmail() })
    } finally {
      server.sink.whenReceived = async () => {}
      await repair(server, fault, path)
    }
    expect(server.log.at(-1)).not.toMatch(/"status":5/)
    expect(server.log.join('')).toContain('could not record the outcome of a delivery')
    expect((await backendWithHistory.verify(api, session)).response.status).toBe(200)
  })

  it('loses nothing that it confirmed, whenever the fault begins during traffic', async () => {
    const key = await server.key()
    const flow = backendWithHistory
    const open: Session[] = []
    const verified: Session[] = []
    for (let round = 0; round < rounds; round++) {
      const api = server.client(key)
      let isBegun: Promise<unknown> | undefined
      const journeys = Array.from({ length: sendsAtOnce }, async (_, n) => {
        const email = nextEmail()
        const { data, response } = await flow.send(api, { email })
        if (data === undefined) return expect([502, 503]).toContain(response.status)
        const session = { sessionId: data.data.sessionId, email, code: server.sink.codeTo(email) }
        // The first acknowledged send triggers the fault, in the middle of the others.
        isBegun ??= Promise.resolve(fault.begin(path))
        if (n % 2 === 0) return open.push(session)
        const { response: answer } = await flow.verify(api, session)
        if (answer.status === 200) return verified.push(session)
        expect(answer.status).toBe(503)
      })
      try {
        await Promise.all(journeys)
      } finally {
        await isBegun
        await repair(server, fault, path)
      }
    }

    await server.restart({})
    const api = server.client(key)
    for (const session of verified) {
      expect((await flow.verify(api, session)).error?.error.code).toBe('SESSION_NOT_FOUND')
    }
    for (const session of open) expect((await flow.verify(api, session)).response.status).toBe(200)
    expect(open.length + verified.length).toBeGreaterThan(0)
  })
})
