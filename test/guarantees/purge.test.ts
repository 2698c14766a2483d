import { describe, expect, it, vi } from 'vitest'
import { backend, backendWithHistory, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { keyedSender } from '../support/idempotency-cases.ts'
import { submitForm } from '../support/page.ts'
import { listen } from '../support/receiver.ts'
import { TestServer, useServer } from '../support/server.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const tables = ['sessions', 'tries', 'idempotency_keys'] as const

/** Counts the rows of each table. */
async function rows(server: TestServer): Promise<number[]> {
  const counts = tables.map(async (table) => {
    const [row] = await server.store.rows(`select count(*) as n from ${table}`)
    return row?.['n'] as number
  })
  return Promise.all(counts)
}

describe('old data', () => {
  const server = useServer({ environment: { LIMIT_PAGE_PER_ADDRESS: '9/10m', RETENTION: '30d' } })

  it('is deleted: verifications after RETENTION, other sessions a day after expiry, counted tries at once, idempotency keys an hour later', async () => {
    const api = server.client(await server.key())
    const send = await keyedSender(server, backend)
    const verified = await sendAndRead(server, backend, api, { email: 'kept@example.com' })
    await backend.verify(api, verified)
    const open = await sendAndRead(server, backend, api, { email: 'open@example.com' }) // open for 10 minutes
    await backend.verify(api, { ...open, code: wrongCode(open.code) }) // counts for a day
    await submitForm(server, { sessionId: 'ev_x', code: '1' }) // counts for 10 minutes
    await send('key', { email: 'keyed@example.com' }) // can be repeated for 24 hours
    const start = server.now

    const left = async (at: number) => {
      server.now = start + at
      await server.app.purge()
      return rows(server)
    }
    expect(await left(10 * minute)).toEqual([3, 2, 1])
    expect(await left(10 * minute + 1)).toEqual([3, 1, 1])
    expect(await left(day)).toEqual([3, 1, 1])
    expect(await left(day + 1)).toEqual([3, 0, 1])
    expect(await left(day + 10 * minute)).toEqual([3, 0, 1])
    expect(await left(day + 10 * minute + 1)).toEqual([1, 0, 1])
    expect(await left(day + hour)).toEqual([1, 0, 1])
    expect(await left(day + hour + 1)).toEqual([1, 0, 0])
    expect(await left(30 * day)).toEqual([1, 0, 0])
    expect((await backendWithHistory.list(api)).data?.data.verifications).toHaveLength(1)
    expect(await left(30 * day + 1)).toEqual([0, 0, 0])
    expect((await backendWithHistory.list(api)).data?.data.verifications).toEqual([])
  })

  it('is kept while it still counts against a limit', async () => {
    await server.restart({ LIMIT_PER_RECIPIENT: '1/2d', RETENTION: '1h' })
    const api = server.client(await server.key())
    const verified = await sendAndRead(server, backend, api, { email: 'counted-verified@example.com' })
    await backend.verify(api, verified)
    await sendAndRead(server, backend, api, { email: 'counted-open@example.com' })
    const statuses = async () => {
      await server.app.purge()
      const emails = ['counted-verified@example.com', 'counted-open@example.com']
      return Promise.all(emails.map(async (email) => (await backend.send(api, { email })).response.status))
    }
    server.now += 2 * day
    expect(await statuses()).toEqual([429, 429])
    server.now += 1
    expect(await statuses()).toEqual([200, 200])
    await server.restart({})
  })

  it('loses the address of a client when no limit counts it any more, but keeps the network', async () => {
    const alone = await new TestServer({
      environment: { LIMIT_PER_ADDRESS: '9/10m', LIMIT_PER_RECIPIENT: '9/15m' },
    }).start()
    try {
      await sendAndRead(alone, instant, await instant.authorized(alone), { email: 'client@example.com' })
      const client = async (at: number) => {
        alone.now += at
        await alone.app.purge()
        const [row] = await alone.store.rows(
          'select client_address as address, client_network as network from sessions',
        )
        return row
      }
      expect(await client(10 * minute)).toEqual({ address: '127.0.0.1', network: '127.0.0.0/24' })
      expect(await client(1)).toEqual({ address: null, network: '127.0.0.0/24' })
    } finally {
      await alone.stop()
    }
  })

  it('includes every webhook event after 30 days, with its deliveries, delivered or not', async () => {
    const alone = await new TestServer().start()
    try {
      await listen(alone.store, 'https://10.0.0.1/', {}, () => alone.now)
      const api = alone.client(await alone.key())
      const { sessionId } = await sendAndRead(alone, backend, api, { email: 'told@example.com' })
      await backend.cancel(api, sessionId)
      const left = async (at: number) => {
        alone.now += at
        await alone.app.purge()
        const tables = ['webhook_events', 'webhook_deliveries']
        return Promise.all(
          tables.map(async (table) => (await alone.store.rows(`select 1 from ${table}`)).length),
        )
      }
      expect(await left(30 * day)).toEqual([1, 1])
      expect(await left(1)).toEqual([0, 0])
    } finally {
      await alone.stop()
    }
  })

  it('is deleted in small steps, and requests are answered in between', async () => {
    const api = server.client(await server.key())
    const old = server.now - 2 * day
    await server.store.execute(`insert into tries with recursive numbers(n) as (select 1 union all select n + 1
      from numbers where n < 5000) select 'page', 'x', ${old}, ${old} + n from numbers`)

    const seen: number[] = []
    let isDone = false
    const purging = server.app.purge().finally(() => {
      isDone = true
    })
    while (!isDone) {
      expect((await backend.send(api, { email: 'meanwhile@example.com' })).response.status).toBe(200)
      seen.push((await rows(server))[1] as number)
    }
    expect(await purging).toBeGreaterThanOrEqual(5000)
    expect(new Set(seen).size).toBeGreaterThan(3)
    expect((await rows(server))[1]).toBe(0)
  })

  /** Runs a test on its own server. Its background purge runs whenever the fake interval advances. */
  const runAlone = async (run: (alone: TestServer) => Promise<void>) => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    const alone = await new TestServer({ storeTimeoutMs: 50 }).start()
    try {
      const api = alone.client(await alone.key())
      await sendAndRead(alone, backend, api, { email: 'alone@example.com' })
      alone.now += 2 * day
      await run(alone)
    } finally {
      vi.useRealTimers()
      await alone.stop()
    }
  }

  it('is deleted automatically while the server runs', () =>
    runAlone(async (alone) => {
      vi.advanceTimersByTime(minute)
      await expect.poll(() => rows(alone)).toEqual([0, 0, 0])
    }))

  it('is deleted the next time if the store was locked, and the server keeps running', () =>
    runAlone(async (alone) => {
      const release = await alone.store.hold()
      vi.advanceTimersByTime(minute)
      await expect.poll(() => alone.log.join('')).toContain('could not delete old data')
      expect((await fetch(`${alone.directUrl}/livez`)).status).toBe(200)
      await release()
      expect(await rows(alone)).toEqual([1, 0, 0])
      vi.advanceTimersByTime(minute)
      await expect.poll(() => rows(alone)).toEqual([0, 0, 0])
    }))
})
