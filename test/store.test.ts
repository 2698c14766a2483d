import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openConnection } from '../server/store/connection.ts'
import { openDatabase, type Tables } from '../server/store/database.ts'
import { migrations } from '../server/store/migrations.ts'
import { outlivedRows } from '../server/store/purge.ts'
import { nextOrdinal, sessionBefore } from '../server/store/resend.ts'
import { countedSends } from '../server/store/send-limits.ts'
import { createSessionStore, verifiedSessions } from '../server/store/sessions.ts'
import { countedTries } from '../server/store/tries.ts'
import { newSession as session } from './support/new-session.ts'

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-store-'))
const path = join(folder, 'nested', 'store.db')
const database = openDatabase(path)
const store = createSessionStore(database)
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const issued = { outcome: 'issued', quota: undefined }
const limited = (retryAfterMs: number) => ({ outcome: 'limited', retryAfterMs, quota: undefined })

describe('the store', () => {
  it('makes its file and folder, migrates once, and then has nothing to do', async () => {
    expect(await database.migrate()).toEqual([
      '0001-sessions-and-credentials',
      '0002-hosted-page',
      '0003-page-tries',
      '0004-counted-recipient',
      '0005-tries-resends-and-idempotency',
    ])
    expect(await database.migrate()).toEqual([])
  })

  it('still counts, after an update, what was sent before the mailbox was counted', async () => {
    const old = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openConnection(':memory:') }) })
    const run = (name: string) => migrations[name]?.up(old)
    await run('0001-sessions-and-credentials')
    await run('0002-hosted-page')
    await sql`insert into sessions (id, flow, project_id, credential_id, email, canonical_recipient, code_hash,
      max_attempts, issued_at, expires_at, counted_at) values ('x', '', '', '', '', 'a+b@gmail.com', '', 5, 1, 2, 1)`.execute(
      old,
    )
    await run('0004-counted-recipient')
    const row = await old.selectFrom('sessions').select('counted_recipient').executeTakeFirst()
    expect(row).toEqual({ counted_recipient: 'a+b@gmail.com' })
    await old.destroy()
  })

  it('keeps what it has committed: WAL, and a sync at every commit, at every open', async () => {
    const again = openDatabase(path)
    for (const { query } of [database, again]) {
      expect((await sql`pragma journal_mode`.execute(query)).rows).toEqual([{ journal_mode: 'wal' }])
      expect((await sql`pragma synchronous`.execute(query)).rows).toEqual([{ synchronous: 2 }])
    }
    await again.close()
  })

  const planOf = async (query: { compile(): { sql: string; parameters: readonly unknown[] } }) => {
    const { sql: text, parameters } = query.compile()
    const connection = openConnection(path, { readonly: true })
    const rows = connection.prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[]
    connection.close()
    return rows.map(({ detail }) => detail).join('\n')
  }

  it.each([
    ['the first page', undefined],
    ['a later page', { verifiedAt: 1_500_000, id: 'x' }],
  ])('reads %s of the history from its index, without sorting', async (_case, position) => {
    const plan = await planOf(verifiedSessions(database.query, 'default', 'backend', 51, position))
    expect(plan).toMatch(/^SEARCH sessions USING INDEX sessions_verified \(project_id=\? AND flow=\?/)
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it.each([
    ['recipient', 'counted_recipient'],
    ['credential', 'credential_id'],
    ['address', 'client_address'],
  ] as const)('counts sends by %s from an index, without sorting', async (subject, column) => {
    const limit = { subject, max: 5, windowMs: 60_000 }
    const plan = await planOf(countedSends(database.query, session('x', { clientAddress: '::1' }), limit))
    expect(plan).toBe(
      `SEARCH sessions USING COVERING INDEX sessions_counted_by_${column} (${column}=? AND counted_at>?)`,
    )
  })

  it('counts tries from an index, without sorting', async () => {
    const limit = { kind: 'page', subject: '::1', max: 30, windowMs: 60_000 } as const
    expect(await planOf(countedTries(database.query, limit, 1))).toBe(
      'SEARCH tries USING COVERING INDEX tries_counted (kind=? AND subject=? AND tried_at>?)',
    )
  })

  it('numbers the sends to a recipient from the index of the recipient', async () => {
    expect(await planOf(nextOrdinal(database.query, session('x')))).toBe(
      'SEARCH sessions USING INDEX sessions_of_recipient (project_id=? AND flow=? AND canonical_recipient=?)',
    )
  })

  it('finds the session before a resend from the index of the recipient, without sorting', async () => {
    expect(await planOf(sessionBefore(database.query, session('x')))).toBe(
      'SEARCH sessions USING INDEX sessions_of_recipient (project_id=? AND flow=? AND canonical_recipient=?)',
    )
  })

  it.each([
    ['sessions', 'verified_at', {}, 'sessions_outlived'],
    ['sessions', 'expires_at', { isUnverified: true }, 'sessions_expired'],
    ['tries', 'expires_at', {}, 'tries_expired'],
    ['idempotency_keys', 'expires_at', {}, 'idempotency_keys_expired'],
  ] as const)(
    'deletes outlived %s by %s from an index, without sorting',
    async (rows, time, which, index) => {
      const statement = outlivedRows({ rows, time, ...which, before: 1 })
      const plan = await planOf({ compile: () => statement.compile(database.query) })
      expect(plan).toMatch(new RegExp(`^SEARCH ${rows} USING (?:COVERING )?INDEX ${index}`))
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
    },
  )

  it('does not store a send that is over a limit', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    expect(await store.issue(session('first'), limits)).toEqual(issued)
    expect(await store.issue(session('second'), limits)).toEqual(limited(60_001))
    const rows = await database.query.selectFrom('sessions').select('id').execute()
    expect(rows).toEqual([{ id: 'first' }])
  })

  it('finds a session by its id only for its own flow', async () => {
    expect(await store.find('first', 'backend')).toMatchObject({ email: 'user@example.com', attemptsLeft: 5 })
    expect(await store.find('first', 'email_verification')).toBeUndefined()
  })

  it('counts a send at the latest moment possible while it is under way, so that Retry-After is never too short', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    const slow = { countedRecipient: 'under-way@example.com', countedAt: 1_008_000 }
    expect(await store.issue(session('under-way', slow), limits)).toEqual(issued)
    expect(await store.issue(session('early', slow), limits)).toEqual(limited(68_001))
  })

  it('does not take a send for one from the future whose process asked the clock later and had the lock earlier', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    const at = (issuedAt: number) => ({
      countedRecipient: 'race@example.com',
      issuedAt,
      countedAt: issuedAt + 8_000,
    })
    expect(await store.issue(session('quick', at(1_000_050)), limits)).toEqual(issued)
    expect(await store.issue(session('waited', at(1_000_000)), limits)).toEqual(limited(68_001))
    expect(await store.issue(session('next', at(1_060_100)), limits)).toEqual(limited(7_951))
  })

  it('counts a send from when its mail was accepted, so that no window at the recipient holds more', async () => {
    const limits = [{ subject: 'recipient', max: 1, windowMs: 60_000 } as const]
    const slow = { countedRecipient: 'slow@example.com' }
    expect(await store.issue(session('slow', slow), limits)).toEqual(issued)
    await store.markSent('slow', 1_005_000)
    const next = (issuedAt: number) => session('next', { ...slow, issuedAt, countedAt: issuedAt })
    expect(await store.issue(next(1_065_000), limits)).toEqual(limited(1))
    expect(await store.issue(next(1_065_001), limits)).toEqual(issued)
  })

  it('verifies a code that was mailed even if nobody lived to record the delivery, and then knows when it was sent', async () => {
    const codeHash = Buffer.alloc(32, 1)
    await store.issue(session('orphan', { codeHash, projectId: 'orphans' }), [])
    const attempt = {
      sessionId: 'orphan',
      flow: 'backend',
      projectId: 'orphans',
      hashesFor: () => [codeHash],
      guesses: undefined,
      at: 1_200_000,
    } as const
    expect(await store.attempt({ ...attempt })).toEqual({ outcome: 'verified' })
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
      hashesFor: () => [codeHash],
      guesses: undefined,
      at: 1_200_000,
    } as const
    expect(await store.attempt({ ...attempt })).toEqual({ outcome: 'missing' })
  })

  it('is an SQLite file', () => {
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3')
  })
})

describe('several processes on one store', () => {
  it('may start on a new file at the same moment', async () => {
    const shared = join(folder, 'shared.db')
    const databases = Array.from({ length: 6 }, () => openDatabase(shared))
    const migrated = await Promise.all(databases.map((each) => each.migrate()))
    expect(migrated.flat().length).toBeGreaterThan(0)
    for (const each of databases) {
      expect(await each.migrate()).toEqual([])
      await each.close()
    }
  })

  it('wait for one another without blocking their own', async () => {
    const other = openConnection(path)
    other.exec('begin immediate')
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 10)
    const waiting = store.issue(session('waiting', { countedRecipient: 'waiting@example.com' }), [])
    await expect.poll(() => ticks).toBeGreaterThan(5)
    other.exec('commit')
    expect(await waiting).toEqual(issued)
    clearInterval(ticking)
    other.close()
  })
})
