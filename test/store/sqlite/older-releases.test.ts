import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConnection } from '../../../server/store/sqlite/connection.ts'
import type { MailedSession } from '../../support/fleet.ts'
import { backendWithHistory as backend, wrongCode } from '../../support/flows.ts'
import { askPage } from '../../support/page.ts'
import { TestServer } from '../../support/server.ts'

// Files that the first released versions made, and what the recipients of their sessions know.
const folder = join(import.meta.dirname, 'older-releases')
const versions = readdirSync(folder).filter((name) => name.endsWith('.sql'))

interface Left extends Record<'verified' | 'open' | 'page' | 'publicly', MailedSession> {
  now: number
  key: string
  token: string
}

describe.each(versions)('a file of %s', (file) => {
  const left = JSON.parse(readFileSync(join(folder, file.replace('.sql', '.json')), 'utf8')) as Left
  const server = new TestServer()
  beforeAll(async () => {
    const connection = openConnection(server.databasePath)
    connection.exec(readFileSync(join(folder, file), 'utf8'))
    connection.close()
    server.now = left.now
    await server.start()
  })
  afterAll(() => server.stop())

  it('keeps its keys, its history and its open sessions, over the API and on the page', async () => {
    const api = server.client(left.key)
    const { data } = await backend.list(api)
    expect(data?.data.verifications.map(({ id, email }) => ({ id, email }))).toEqual([
      { id: left.verified.sessionId, email: left.verified.email },
    ])
    const wrong = { ...left.open, code: wrongCode(left.open.code) }
    expect((await backend.verify(api, wrong)).response.status).toBe(400)
    expect((await backend.verify(api, left.open)).response.status).toBe(200)
    const page = await askPage(server, `/verify-email?sessionId=${left.page.sessionId}`)
    expect(page.status).toBe(200)
    const { response } = await server
      .client(left.token)
      .POST('/api/v1/instant-otp/verify', { body: left.publicly })
    expect(response.status).toBe(200)
  })

  it('sends emails, and has the default project', async () => {
    expect((await backend.send(server.client(left.key), { email: 'new@example.com' })).response.status).toBe(
      200,
    )
    const rows = await server.store.rows('select id from projects where id <> $1', '')
    expect(rows).toEqual([{ id: 'default' }])
  })
})
