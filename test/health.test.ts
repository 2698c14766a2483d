import { describe, expect, it } from 'vitest'
import { openConnection } from '../server/store/sqlite/connection.ts'
import { useServer } from './support/server.ts'

const server = useServer({ storeTimeoutMs: 50 })

describe('/livez and /readyz', () => {
  it('are both ok while the store takes writes', async () => {
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

  it('tell a store that takes no writes from a process that is gone', async () => {
    const other = openConnection(server.databasePath)
    other.exec('begin exclusive')
    const ready = await fetch(`${server.url}/readyz`)
    const live = await fetch(`${server.url}/livez`)
    other.exec('rollback')
    other.close()
    expect(ready.status).toBe(503)
    expect(ready.headers.get('retry-after')).toBe('5')
    expect(await ready.json()).toMatchObject({ success: false, error: { code: 'SERVICE_UNAVAILABLE' } })
    expect(live.status).toBe(200)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})
