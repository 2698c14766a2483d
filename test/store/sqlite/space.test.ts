import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../server/log.ts'
import { noGuessLimits } from '../../../server/otp/guesses.ts'
import { createPurge } from '../../../server/store/purge.ts'
import { createSessionStore } from '../../../server/store/sessions.ts'
import { openConnection } from '../../../server/store/sqlite/connection.ts'
import { openSqlite } from '../../../server/store/sqlite/engine.ts'
import { newSession } from '../../support/new-session.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder()
const hourMs = 3_600_000

describe('the file of a store', () => {
  it('shrinks in steps after a large purge, and its log does not keep its largest size', async () => {
    const path = join(folder, 'store.db')
    let now = Date.parse('2026-04-19T11:45:00.000Z')
    const engine = openSqlite(path, { now: () => now })
    await engine.migrate()
    const sessions = createSessionStore(engine)
    // Like a backup, a reader with an open transaction keeps the log from starting over.
    const reader = openConnection(path)
    reader.exec('begin')
    reader.prepare('select count(*) from sessions').get()
    const count = 12_000
    for (let n = 0; n < count; n += 60)
      await Promise.all(
        Array.from({ length: 60 }, (_, k) => {
          const email = `user-${n + k}-${'x'.repeat(40)}@example.com`
          return sessions.issue(
            newSession(`s${n + k}`, { email, canonicalRecipient: email }),
            [],
            noGuessLimits,
          )
        }),
      )
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(17 * 1024 * 1024)
    reader.exec('commit')
    reader.close()
    await engine.scrub()
    const full = statSync(path).size

    now += 48 * hourMs
    const purge = createPurge(engine, {
      retentionMs: hourMs,
      retentionUnverifiedMs: hourMs,
      countedMs: hourMs,
      clientCountedMs: hourMs,
      now: () => now,
      log: createLogger('silent'),
    })
    expect(await purge.run()).toBeGreaterThanOrEqual(count)
    await engine.scrub()
    // The file keeps some room, because it is soon used again.
    const mostKept = 1_100 * 4096
    expect(full).toBeGreaterThan(mostKept)
    expect(statSync(path).size).toBeLessThan(mostKept)
    expect(statSync(`${path}-wal`).size).toBeLessThanOrEqual(16 * 1024 * 1024)
    const check = openConnection(path, { readonly: true })
    expect(check.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    check.close()
    await engine.close()
  })
})
