import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConnection } from '../../../server/store/sqlite/connection.ts'
import { openSqlite } from '../../../server/store/sqlite/engine.ts'
import type { MailedSession } from '../../support/fleet.ts'
import { backend, wrongCode } from '../../support/flows.ts'
import { askPage, submitForm } from '../../support/page.ts'
import { TestServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

// What each released version left in a file while sessions were open, and what their recipients know of them.
const releases = join(import.meta.dirname, 'releases')
const versions = readdirSync(releases).filter((name) => name.endsWith('.sql'))

interface Left extends Record<'verified' | 'first' | 'second' | 'open' | 'publicly', MailedSession> {
  now: number
  key: string
  token: string
}

describe.each(versions)('a file of %s', (file) => {
  const left = JSON.parse(readFileSync(join(releases, file.replace('.sql', '.json')), 'utf8')) as Left
  const server = new TestServer({
    environment: { LIMIT_PER_RECIPIENT: '3/15m', LIMIT_PAGE_PER_ADDRESS: '30/10m' },
  })
  beforeAll(async () => {
    const connection = openConnection(server.databasePath)
    connection.exec(readFileSync(join(releases, file), 'utf8'))
    connection.close()
    server.now = left.now
    await server.start()
  })
  afterAll(() => server.stop())

  it('keeps its keys, its history and its open sessions', async () => {
    const api = server.client(left.key)
    const { data } = await api.GET('/api/v1/backend-otp/verifications')
    expect(data?.data.verifications.map(({ id, email }) => ({ id, email }))).toEqual([
      { id: left.verified.sessionId, email: left.verified.email },
    ])
    const { code, ...publicly } = left.publicly
    const verify = (typed: string) =>
      server.client(left.token).POST('/api/v1/instant-otp/verify', { body: { ...publicly, code: typed } })
    expect((await verify(wrongCode(code))).response.status).toBe(400)
    expect((await verify(code)).response.status).toBe(200)
  })

  it('keeps its counts: sends, attempts and wrong codes', async () => {
    const api = server.client(left.key)
    const { response, error } = await backend.send(api, { email: 'limited@example.com' })
    expect(response.status).toBe(429)
    expect(error?.error.retryAfterSeconds).toBe(15 * 60 + 1)
    const { sessionId, code } = left.open
    const page = await askPage(server, `/verify-email?sessionId=${sessionId}`)
    expect(page.status).toBe(200)
    for (let n = 1; n < 5; n++) await submitForm(server, { sessionId, code: wrongCode(code) })
    expect((await submitForm(server, { sessionId, code })).status).toBe(429)
  })

  it('keeps the link between a session and its resend', async () => {
    const api = server.client(left.key)
    const { status } = (await backend.verify(api, { ...left.second, code: left.first.code })).response
    expect(status).toBe(200)
    expect((await backend.verify(api, left.first)).error?.error.code).toBe('SESSION_NOT_FOUND')
  })
})

describe('the migrations', () => {
  const folder = temporaryFolder()

  it('run only once', async () => {
    const engine = openSqlite(join(folder, 'once.db'))
    const pending = await engine.pendingMigrations()
    expect(pending.length).toBeGreaterThan(0)
    expect(await engine.migrate()).toEqual(pending)
    expect(await engine.pendingMigrations()).toEqual([])
    expect(await engine.migrate()).toEqual([])
    await engine.close()
  })

  it('run in only one of several processes that open a new file at the same time', async () => {
    const engines = Array.from({ length: 6 }, () => openSqlite(join(folder, 'shared.db')))
    const migrated = await Promise.all(engines.map((engine) => engine.migrate()))
    expect(migrated.filter(({ length }) => length > 0)).toHaveLength(1)
    for (const engine of engines) await engine.close()
  })

  it('remove from the file every byte of the rows that an older version deleted', async () => {
    const path = join(folder, 'rewritten.db')
    const other = openConnection(path)
    other.exec(readFileSync(join(releases, versions[0] as string), 'utf8'))
    other.exec(`insert into tries with recursive numbers(n) as (select 1 union all select n + 1 from numbers
      where n < 500) select 'guess', 'gone' || n || '@example.com', 0, 0 from numbers`)
    other.exec("delete from tries where subject like 'gone%'")
    other.close()
    const copies = () =>
      ['', '-wal']
        .map((end) => path + end)
        .filter(existsSync)
        .map((file) => readFileSync(file, 'latin1').match(/gone\d+@/g)?.length ?? 0)
        .reduce((sum, count) => sum + count, 0)
    expect(copies()).toBeGreaterThan(100)
    const engine = openSqlite(path)
    await engine.migrate()
    expect(copies()).toBe(0)
    await engine.close()
  })

  it('change nothing if one of them fails', async () => {
    const path = join(folder, 'broken.db')
    const other = openConnection(path)
    other.exec('create table idempotency_keys (x)') // a later migration wants to create this table
    const engine = openSqlite(path)
    await expect(engine.migrate()).rejects.toThrow()
    await engine.close()
    expect(other.prepare("select name from sqlite_master where type = 'table'").all()).toEqual([
      { name: 'idempotency_keys' },
    ])
    other.close()
  })

  it('refuse a file that a newer version wrote', async () => {
    const path = join(folder, 'newer.db')
    const engine = openSqlite(path)
    await engine.migrate()
    const other = openConnection(path)
    other.exec("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')")
    other.close()
    const refusal = /written by a newer version of risumail-otp \(it has the migration 9999-from-the-future\)/
    await expect(engine.migrate()).rejects.toThrow(refusal)
    await expect(engine.pendingMigrations()).rejects.toThrow(refusal)
    await engine.close()
  })
})
