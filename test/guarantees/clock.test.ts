import { describe, expect, it } from 'vitest'
import { backend, backendWithHistory, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { submitForm } from '../support/page.ts'
import { type TestServer, useServer } from '../support/server.ts'

const minute = 60_000
const hour = 60 * minute
const max = 3
/** A window that is shorter than a jump of the clock, and one that is longer. */
const windows: [limit: string, windowMs: number][] = [
  [`${max}/15m`, 15 * minute],
  [`${max}/1d`, 24 * hour],
]

type Answer = Pick<Response, 'status' | 'headers'>

/** Does the counted action once, always for the same subject. */
type Once = () => Promise<Answer>

let strangers = 0
const stranger = () => `stranger-${++strangers}@example.com`
const client = () => ({ 'X-Forwarded-For': `203.0.113.${++strangers}` })

/** What is limited, the status of an allowed action, and how to do it. */
const limits: [variable: string, done: number, whose: (server: TestServer) => Promise<Once>][] = [
  [
    'LIMIT_PER_RECIPIENT',
    200,
    async (server) => {
      const email = stranger()
      return async () => (await backend.send(await backend.authorized(server), { email })).response
    },
  ],
  [
    'LIMIT_PER_CREDENTIAL',
    200,
    async (server) => {
      const api = await backend.authorized(server)
      return async () => (await backend.send(api, { email: stranger() })).response
    },
  ],
  [
    'LIMIT_PER_ADDRESS',
    200,
    async (server) => {
      const api = server.client((await server.token()).token, client())
      const path = '/api/v1/instant-otp/send'
      return async () => (await api.POST(path, { body: { email: stranger() } })).response
    },
  ],
  [
    'LIMIT_PER_NETWORK',
    200,
    async (server) => {
      const network = `198.51.${++strangers % 256}`
      const { token } = await server.token()
      const path = '/api/v1/instant-otp/send'
      return async () => {
        const api = server.client(token, { 'X-Forwarded-For': `${network}.${++strangers % 256}` })
        return (await api.POST(path, { body: { email: stranger() } })).response
      }
    },
  ],
  [
    'LIMIT_PAGE_PER_ADDRESS',
    404,
    async (server) => {
      const headers = client()
      return () => submitForm(server, { sessionId: 'ev_x', code: '1' }, headers)
    },
  ],
  [
    'LIMIT_GUESSES_PER_RECIPIENT',
    400,
    async (server) => {
      const email = stranger()
      return async () => {
        const api = await backend.authorized(server)
        const sent = await sendAndRead(server, backend, api, { email })
        return (await backend.verify(api, { ...sent, code: wrongCode(sent.code) })).response
      }
    },
  ],
]

const cases = windows.flatMap(([limit, windowMs]) =>
  limits.map(([variable, done, whose]) => ({ variable, limit, windowMs, done, whose })),
)

describe.each(cases)(
  '$variable=$limit when the clock jumps',
  ({ variable, limit, windowMs, done, whose }) => {
    const server = useServer({ environment: { [variable]: limit, TRUSTED_PROXIES: '127.0.0.1' } })

    const isLetThrough = async (once: Once) => {
      const { status } = await once()
      expect([done, 429]).toContain(status)
      return status === done
    }
    const use = async (once: Once, times: number) => {
      for (let n = 0; n < times; n++) expect(await isLetThrough(once)).toBe(true)
    }
    const isBlockedForOneWindowAtMost = async (once: Once) => {
      const { status, headers } = await once()
      expect(status).toBe(429)
      const seconds = Number(headers.get('retry-after'))
      expect(seconds).toBeLessThanOrEqual(windowMs / 1000 + 1)
      server.now += windowMs
      expect(await isLetThrough(once)).toBe(false)
      server.now += 1
      await use(once, max)
      expect(await isLetThrough(once)).toBe(false)
    }

    it('stays used up an hour back, and blocks for at most one window', async () => {
      const once = await whose(server)
      await use(once, max)
      server.now -= hour
      await isBlockedForOneWindowAtMost(once)
      server.now += 2 * hour
    })

    if (windowMs < hour) {
      it('can be used up once more an hour ahead, and blocks for at most one window when the clock is corrected', async () => {
        const once = await whose(server)
        await use(once, max)
        server.now += hour
        await use(once, max)
        expect(await isLetThrough(once)).toBe(false)
        server.now -= hour
        await isBlockedForOneWindowAtMost(once)
        server.now += 2 * hour
      })
    } else {
      it('stays used up an hour ahead, and blocks for at most one window when the clock is corrected', async () => {
        const once = await whose(server)
        await use(once, max - 1)
        server.now += hour
        await use(once, 1)
        expect(await isLetThrough(once)).toBe(false)
        server.now -= hour
        const { status, headers } = await once()
        expect(status).toBe(429)
        expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(windowMs / 1000 + 1)
        // The hour that the clock was ahead passes only once. The use made then leaves the window last.
        server.now += windowMs - hour
        expect(await isLetThrough(once)).toBe(false)
        server.now += 1
        await use(once, max - 1)
        expect(await isLetThrough(once)).toBe(false)
        server.now += hour
        await use(once, 1)
        expect(await isLetThrough(once)).toBe(false)
        server.now += 2 * hour
      })
    }
  },
)

describe.each<[variable: string, done: number, whose: (server: TestServer) => Promise<Once>]>([
  [
    'LIMIT_REQUESTS_PER_CREDENTIAL',
    200,
    async (server) => {
      const api = await backendWithHistory.historian(server)
      return async () => (await backendWithHistory.list(api)).response
    },
  ],
  [
    'LIMIT_GUESSES_PER_ADDRESS',
    400,
    async (server) => {
      const from = client()
      const { token } = await server.token()
      return async () => {
        const api = server.client(token, client())
        const sent = await sendAndRead(server, instant, api, { email: stranger() })
        const typing = server.client(token, from)
        return (await instant.verify(typing, { ...sent, code: wrongCode(sent.code) })).response
      }
    },
  ],
])('%s when the clock goes back', (variable, done, whose) => {
  const server = useServer({ environment: { [variable]: `${max}/15m`, TRUSTED_PROXIES: '127.0.0.1' } })

  it('stays used up, and blocks for at most its window plus a twenty-fourth of it', async () => {
    const once = await whose(server)
    for (let n = 0; n < max; n++) expect((await once()).status).toBe(done)
    server.now -= hour
    const { status, headers } = await once()
    expect(status).toBe(429)
    const seconds = Number(headers.get('retry-after'))
    expect(seconds).toBeLessThanOrEqual((15 * 60 * 25) / 24 + 1)
    server.now += seconds * 1000
    expect((await once()).status).toBe(done)
  })
})
