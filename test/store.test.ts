import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { NewSession } from '../server/otp/ports.ts'
import { openDatabase, sql } from '../server/store/database.ts'
import { createSessionStore, verifiedSessions } from '../server/store/sessions.ts'

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-store-'))
const path = join(folder, 'nested', 'store.db')
const database = openDatabase(path)
const store = createSessionStore(database)
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const session = (id: string, overrides: Partial<NewSession> = {}): NewSession => ({
  id,
  flow: 'backend',
  projectId: 'default',
  credentialId: 'key',
  email: 'user@example.com',
  canonicalRecipient: 'user@example.com',
  clientAddress: undefined,
  codeHash: Buffer.alloc(32),
  maxAttempts: 5,
  issuedAt: 1_000_000,
  expiresAt: 2_000_000,
  ...overrides,
})

describe('the store', () => {
  it('makes its file and folder, migrates once, and then has nothing to do', async () => {
    expect(await database.migrate()).toEqual(['0001-sessions-and-credentials'])
    expect(await database.migrate()).toEqual([])
  })

  it('keeps what it has committed: WAL, and a sync at every commit, at every open', async () => {
    const again = openDatabase(path)
    for (const { query } of [database, again]) {
      expect((await sql`pragma journal_mode`.execute(query)).rows).toEqual([{ journal_mode: 'wal' }])
      expect((await sql`pragma synchronous`.execute(query)).rows).toEqual([{ synchronous: 2 }])
    }
    await again.close()
  })

  it.each([
    ['the first page', undefined],
    ['a later page', { verifiedAt: 1_500_000, id: 'x' }],
  ])('reads %s of the history from its index, without sorting', async (_case, position) => {
    const { sql: text, parameters } = verifiedSessions(
      database.query,
      'default',
      'backend',
      51,
      position,
    ).compile()
    const plan = await database.query.executeQuery<{ detail: string }>({
      sql: `explain query plan ${text}`,
      parameters,
      query: { kind: 'RawNode' } as never,
      queryId: { queryId: 'plan' } as never,
    })
    const details = plan.rows.map(({ detail }) => detail).join('\n')
    expect(details).toMatch(/SEARCH sessions USING INDEX sessions_verified \(project_id=\? AND flow=\?/)
    expect(details).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it.each([
    ['canonical_recipient', 'sessions_counted_by_canonical_recipient'],
    ['credential_id', 'sessions_counted_by_credential_id'],
    ['client_address', 'sessions_counted_by_client_address'],
  ])('counts sends by %s from an index, without sorting', async (column, index) => {
    const plan = await sql<{ detail: string }>`explain query plan
      select counted_at from sessions where ${sql.ref(column)} = 'x' and failed_at is null and id <> 'y'
      order by counted_at desc limit 1 offset 4`.execute(database.query)
    expect(plan.rows.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(new RegExp(`^SEARCH sessions USING INDEX ${index} \\(${column}=\\?\\)$`)),
    ])
  })

  it('does not store a send that is over a limit', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    expect(await store.issue(session('first'), limits)).toBeUndefined()
    expect(await store.issue(session('second'), limits)).toEqual({ retryAfterMs: 60_001 })
    const rows = await database.query.selectFrom('sessions').select('id').execute()
    expect(rows).toEqual([{ id: 'first' }])
  })

  it('counts a send from when its mail was accepted, so that no window at the recipient holds more', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    const slow = { canonicalRecipient: 'slow@example.com' }
    expect(await store.issue(session('slow'), limits)).toBeDefined()
    expect(await store.issue(session('slow', slow), limits)).toBeUndefined()
    await store.markSent('slow', 1_005_000)
    expect(await store.issue(session('next', { ...slow, issuedAt: 1_065_000 }), limits)).toEqual({
      retryAfterMs: 1,
    })
    expect(await store.issue(session('next', { ...slow, issuedAt: 1_065_001 }), limits)).toBeUndefined()
  })

  it('verifies a code that was mailed even if nobody lived to record the delivery, and then knows when it was sent', async () => {
    const codeHash = Buffer.alloc(32, 1)
    await store.issue(session('orphan', { codeHash, projectId: 'orphans' }), [])
    const attempt = {
      sessionId: 'orphan',
      flow: 'backend',
      projectId: 'orphans',
      codeHashes: [codeHash],
      at: 1_200_000,
    } as const
    expect(await store.attempt({ ...attempt })).toBe('verified')
    expect(await store.listVerified('orphans', 'backend', 10, undefined)).toEqual([
      { id: 'orphan', email: 'user@example.com', sentAt: 1_000_000, verifiedAt: 1_200_000 },
    ])
  })

  it('does not verify a session whose delivery failed', async () => {
    const codeHash = Buffer.alloc(32, 2)
    await store.issue(session('failed', { codeHash }), [])
    await store.markFailed('failed', 1_100_000)
    const attempt = {
      sessionId: 'failed',
      flow: 'backend',
      projectId: 'default',
      codeHashes: [codeHash],
      at: 1_200_000,
    } as const
    expect(await store.attempt({ ...attempt })).toBe('missing')
  })

  it('is an SQLite file', () => {
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3')
  })
})
