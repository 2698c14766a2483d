import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { healthRoutes } from '../server/http/health.ts'
import { openConnection } from '../server/store/sqlite/connection.ts'
import { useServer } from './support/server.ts'

const server = useServer({ storeTimeoutMs: 50 })

describe('/livez and /readyz', () => {
  it('are both ok while the store accepts writes', async () => {
    for (const path of ['/livez', '/readyz']) {
      const response = await fetch(server.url + path)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ status: 'ok' })
    }
  })

  it('answer other methods with 405 and Allow', async () => {
    for (const path of ['/livez', '/readyz']) {
      const response = await fetch(server.url + path, { method: 'POST' })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD')
    }
  })

  it('differ while the store accepts no writes: /readyz answers 503, and /livez answers 200', async () => {
    const other = openConnection(server.databasePath)
    other.exec('begin exclusive')
    // For up to one second, the server repeats its last answer about the store.
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503)
    const ready = await fetch(`${server.url}/readyz`)
    const live = await fetch(`${server.url}/livez`)
    other.exec('rollback')
    other.close()
    expect(ready.status).toBe(503)
    expect(ready.headers.get('retry-after')).toBe('5')
    expect(await ready.json()).toMatchObject({ success: false, error: { code: 'SERVICE_UNAVAILABLE' } })
    expect(live.status).toBe(200)
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})

describe('/readyz', () => {
  let asked = 0
  let now = 0
  let answer = () => Promise.resolve()
  const koa = new Koa({ env: 'test' })
  koa.silent = true
  const check = () => {
    asked += 1
    return answer()
  }
  koa.use(healthRoutes(check, () => now).routes())
  const server = koa.listen(0, '127.0.0.1')
  afterAll(() => server.close())
  beforeAll(() => {
    asked = 0
  })
  const ready = async (method = 'GET') => {
    const { port } = server.address() as { port: number }
    return (await fetch(`http://127.0.0.1:${port}/readyz`, { method })).status
  }

  it('asks the store at most once a second, however many requests arrive at once', async () => {
    const statuses = await Promise.all(Array.from({ length: 50 }, (_, n) => ready(n % 2 ? 'GET' : 'HEAD')))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(asked).toBe(1)
    now += 999
    await ready()
    expect(asked).toBe(1)
    now += 1
    await ready()
    expect(asked).toBe(2)
  })

  it('sees a failure and a repair within a second, and still asks at most once a second', async () => {
    now += 1_000
    answer = () => Promise.reject(new Error('away'))
    for (let n = 0; n < 3; n++) expect(await ready()).toBe(500)
    expect(asked).toBe(3)
    answer = () => Promise.resolve()
    now += 1_000
    expect(await ready()).toBe(200)
  })

  it('does not ask again while the store has not answered yet', async () => {
    now += 1_000
    let letGo = () => {}
    answer = () =>
      new Promise((resolve) => {
        letGo = resolve
      })
    const first = ready()
    await expect.poll(() => asked).toBe(5)
    now += 60_000
    const second = ready()
    letGo()
    expect(await Promise.all([first, second])).toEqual([200, 200])
    expect(asked).toBe(5)
  })
})
