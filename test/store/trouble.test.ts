import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDatabase } from '../../server/config.ts'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { Engine } from '../../server/store/engine.ts'
import { openEngine } from '../../server/store/open.ts'
import { checkWritable } from '../../server/store/readiness.ts'
import { createSessionStore } from '../../server/store/sessions.ts'
import { figure } from '../support/figures.ts'
import { guessLimit, newSession } from '../support/new-session.ts'
import { hasPostgres } from '../support/postgres.ts'
import { findPostgres, PostgresCluster } from '../support/postgres-cluster.ts'

// Faults of a PostgreSQL server. guarantees/store-trouble.test.ts covers the faults of a file.

const healthyWithinMs = 5_000
const rounds = figure({ quick: 2, long: 20 })
const away = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 }
const codeHash = Buffer.alloc(32, 1)

describe.runIf(hasPostgres)('PostgreSQL in trouble', () => {
  let cluster: PostgresCluster
  let engine: Engine
  const troubles: Error[] = []
  beforeAll(async () => {
    cluster = await new PostgresCluster(findPostgres() as string).create()
    const location = loadDatabase({ DATABASE_URL: cluster.url() })
    engine = await openEngine(location, { onTrouble: (error) => troubles.push(error) })
    await engine.migrate()
  })
  afterAll(async () => {
    await engine.close()
    await cluster.remove()
  })

  let names = 0
  const next = () => `trouble-${++names}`
  const sessions = () => createSessionStore(engine)
  const issue = (id: string) =>
    sessions().issue(
      newSession(id, { codeHash, canonicalRecipient: id, countedRecipient: id }),
      [],
      noGuessLimits,
    )
  const attempt = (sessionId: string) =>
    sessions().attempt({
      sessionId,
      flow: 'backend',
      projectId: 'default',
      typedDigits: 6,
      hashesFor: () => [codeHash],
      guesses: guessLimit({ max: 50, windowMs: 86_400_000 }),
      client: undefined,
    })
  const isHealthy = () =>
    checkWritable(engine).then(
      () => true,
      () => false,
    )
  const healthy = () => expect.poll(isHealthy, { timeout: healthyWithinMs, interval: 20 }).toBe(true)
  /** Runs a query without going through the server under test. */
  const administer = async (text: string) => {
    const { default: pg } = await import('pg')
    const client = new pg.Client(cluster.url())
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(text)).rows
    } finally {
      await client.end()
    }
  }

  it.each(['SIGQUIT', 'SIGINT'] as const)(
    'a server stopped by %s causes SERVICE_UNAVAILABLE, works within 5 s of its restart, and loses nothing',
    async (signal) => {
      for (let round = 0; round < rounds; round++) {
        const [before, verified] = [next(), next()]
        await issue(before)
        await issue(verified)
        expect(await attempt(verified)).toEqual({ outcome: 'verified' })
        await cluster.stop(signal)
        await expect(issue(next())).rejects.toMatchObject(away)
        await expect(attempt(before)).rejects.toMatchObject(away)
        await expect(sessions().find(before, 'backend')).rejects.toMatchObject(away)
        await cluster.start()
        await healthy()
        expect(await attempt(verified)).toEqual({ outcome: 'missing' })
        expect(await attempt(before)).toEqual({ outcome: 'verified' })
      }
    },
  )

  it('idle connections that are terminated make no request fail', async () => {
    await Promise.all(Array.from({ length: 8 }, () => issue(next())))
    await administer(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'risumail-otp'`,
    )
    const issued = await Promise.all(Array.from({ length: 8 }, () => issue(next())))
    expect(new Set(issued.map(({ outcome }) => outcome))).toEqual(new Set(['issued']))
  })

  it('connections that are terminated while in use verify no code twice and issue no session twice', async () => {
    const ids = Array.from({ length: 100 }, next)
    let isOver = false
    const ending = (async () => {
      while (!isOver) {
        await administer(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'risumail-otp'`,
        )
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    const outcomes = await Promise.all(
      ids.map(async (id) => {
        const issued = await issue(id).catch((error: { code?: string }) => ({ outcome: error.code }))
        const verified = []
        for (let n = 0; n < 4; n++) {
          verified.push(
            (await attempt(id).catch((error: { code?: string }) => ({ outcome: error.code }))).outcome,
          )
        }
        return { id, issued: issued.outcome, verified }
      }),
    )
    isOver = true
    await ending
    await healthy()
    for (const { id, issued, verified } of outcomes) {
      expect(['issued', 'SERVICE_UNAVAILABLE']).toContain(issued)
      expect(verified.filter((outcome) => outcome === 'verified').length, id).toBeLessThanOrEqual(1)
      // Everything that was acknowledged is there.
      const found = await sessions().find(id, 'backend')
      if (issued === 'issued') expect(found).toBeDefined()
      if (verified.includes('verified')) expect(found).toMatchObject({ isVerified: true })
    }
    const [row] = await administer(
      'select count(*)::integer as twice from sessions group by id having count(*) > 1',
    )
    expect(row).toBeUndefined()
    expect(outcomes.filter(({ issued }) => issued === 'issued').length).toBeGreaterThan(0)
  })

  it('a database that refuses connections causes SERVICE_UNAVAILABLE until it accepts them again', async () => {
    await administer('create database elsewhere')
    const location = loadDatabase({ DATABASE_URL: cluster.url('elsewhere') })
    const other = await openEngine(location, {})
    await other.migrate()
    await administer('alter database elsewhere allow_connections false')
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'elsewhere'`)
    await expect(checkWritable(other)).rejects.toMatchObject(away)
    await administer('alter database elsewhere allow_connections true')
    await expect
      .poll(
        () =>
          checkWritable(other).then(
            () => true,
            () => false,
          ),
        { timeout: healthyWithinMs },
      )
      .toBe(true)
    await other.close()
  })

  it('a read-only server causes SERVICE_UNAVAILABLE for writes until it accepts them again', async () => {
    const id = next()
    await issue(id)
    await administer('alter system set default_transaction_read_only = on')
    await administer('select pg_reload_conf()')
    await expect
      .poll(() =>
        issue(next()).then(
          () => 'issued',
          (error) => error.code,
        ),
      )
      .toBe('SERVICE_UNAVAILABLE')
    expect(await sessions().find(id, 'backend')).toMatchObject({ isVerified: false })
    const { default: pg } = await import('pg')
    const client = new pg.Client({
      connectionString: cluster.url(),
      options: '-c default_transaction_read_only=off',
    })
    await client.connect()
    await client.query('alter system reset default_transaction_read_only')
    await client.query('select pg_reload_conf()')
    await client.end()
    await healthy()
    expect(await attempt(id)).toEqual({ outcome: 'verified' })
  })

  it('a request waits only briefly for a lock that another client holds', async () => {
    const { default: pg } = await import('pg')
    const location = loadDatabase({ DATABASE_URL: cluster.url() })
    const impatient = await openEngine(location, { timeoutMs: 100 })
    const client = new pg.Client(cluster.url())
    await client.connect()
    await client.query('begin')
    await client.query('lock table readiness in exclusive mode')
    await expect(checkWritable(impatient)).rejects.toMatchObject(away)
    await client.query('rollback')
    await client.end()
    await checkWritable(impatient)
    await impatient.close()
  })

  it('is reported to the operator, without a password', () => {
    expect(troubles.length).toBeGreaterThan(0)
    expect(String(troubles)).not.toMatch(/password/i)
  })
})

describe.runIf(hasPostgres)('a DATABASE_URL without a usable PostgreSQL', () => {
  let cluster: PostgresCluster
  beforeAll(async () => {
    cluster = await new PostgresCluster(findPostgres() as string).create()
  })
  afterAll(() => cluster.remove())
  const open = (change: (url: URL) => void) => {
    const url = new URL(cluster.url())
    change(url)
    return openEngine(loadDatabase({ DATABASE_URL: url.href }), {})
  }

  it.each<[string, (url: URL) => void, RegExp]>([
    [
      'nothing listens on the port',
      (url) => (url.port = '1'),
      /PostgreSQL cannot be reached at that host and port \(ECONNREFUSED\)/,
    ],
    ['the host is unknown', (url) => (url.host = 'no-such-host.invalid'), /PostgreSQL cannot be reached/],
    ['the user is unknown', (url) => (url.username = 'nobody'), /rejected the user or password/],
    ['the database is missing', (url) => (url.pathname = 'missing'), /has no database with that name/],
    ['TLS is required but not offered', (url) => (url.search = '?sslmode=require'), /does not support SSL/],
  ])('is refused at startup with a reason and without the password: %s', async (_case, change, reason) => {
    const opened = open((url) => {
      url.password = 'hunter2'
      change(url)
    })
    await expect(opened).rejects.toThrow(reason)
    await expect(opened).rejects.not.toThrow(/hunter2/)
  })
})
