import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../../server/otp/guesses.ts'
import { allStatements, type Step, statement } from '../../../server/store/engine.ts'
import '../../../server/store/audit.ts'
import '../../../server/store/credentials.ts'
import '../../../server/store/operator-sessions.ts'
import '../../../server/store/projects.ts'
import '../../../server/store/purge.ts'
import '../../../server/store/webhooks.ts'
import { createSessionStore } from '../../../server/store/sessions.ts'
import { openConnection } from '../../../server/store/sqlite/connection.ts'
import { openSqlite } from '../../../server/store/sqlite/engine.ts'
import { newSession } from '../../support/new-session.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder()
const open = async (name: string, options = {}) => {
  const path = join(folder, name, 'store.db')
  const engine = openSqlite(path, options)
  await engine.migrate()
  return { path, engine, sessions: createSessionStore(engine) }
}

const note = statement<[text: string]>('test_note', 'insert into notes (text) values ($1)')
const notes = statement<[], { text: string }>('test_notes', 'select text from notes order by text')
const writing = (text: string, fault?: Error): Step<string> => ({
  locks: [],
  // biome-ignore lint/correctness/useYield: there is nothing to read
  *run() {
    if (fault) throw fault
    return { outcome: text, writes: [note(text)] }
  },
})

describe('the SQLite file', () => {
  it('is accessible only to its owner, and so is the folder that was created for it', async () => {
    const { path, engine } = await open('private')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'private')).mode & 0o777).toBe(0o700)
    await engine.close()
  })

  it('does not change the mode of an existing folder', async () => {
    mkdirSync(join(folder, 'there'), { mode: 0o755 })
    chmodSync(join(folder, 'there'), 0o755)
    const { engine } = await open('there')
    expect(statSync(join(folder, 'there')).mode & 0o777).toBe(0o755)
    await engine.close()
  })

  it('is in WAL mode and synced at every commit, each time it is opened', async () => {
    const { path, engine } = await open('durable')
    const asked = (name: string) => statement<[], object>(`test_${name}`, `pragma ${name}`)()
    for (const each of [engine, openSqlite(path)]) {
      expect(await each.read(asked('journal_mode'))).toEqual([{ journal_mode: 'wal' }])
      expect(await each.read(asked('synchronous'))).toEqual([{ synchronous: 2 }])
      await each.close()
    }
  })

  it('causes SERVICE_UNAVAILABLE, not an internal error, while it cannot be accessed', async () => {
    const { engine, sessions } = await open('looked-at')
    const aside = join(folder, 'aside')
    renameSync(join(folder, 'looked-at'), aside)
    writeFileSync(join(folder, 'looked-at'), '')
    await expect(sessions.issue(newSession('x'), [], noGuessLimits)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    })
    await expect(sessions.find('x', 'backend')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    rmSync(join(folder, 'looked-at'))
    renameSync(aside, join(folder, 'looked-at'))
    expect(await sessions.issue(newSession('x'), [], noGuessLimits)).toMatchObject({ outcome: 'issued' })
    await engine.close()
  })
})

describe('steps that wait together', () => {
  const withNotes = async (name: string) => {
    const opened = await open(name)
    const other = openConnection(opened.path)
    other.exec('create table notes (text text not null)')
    return { ...opened, other }
  }

  it('share one commit, and return after it', async () => {
    const { engine, other } = await withNotes('together')
    const version = () => other.prepare('pragma data_version').get()
    const before = version()
    const seen: unknown[] = []
    const steps = Array.from({ length: 20 }, (_, n) =>
      engine
        .run(writing(String(n)))
        .then(() => seen.push(other.prepare('select count(*) as n from notes').get())),
    )
    await Promise.all(steps)
    // Each answered step sees everything that was committed with it.
    expect(seen).toEqual(Array(20).fill({ n: 20 }))
    expect(version()).not.toEqual(before)
    other.close()
    await engine.close()
  })

  it('are rolled back one by one: a fault in one does not affect the others', async () => {
    const { engine, other } = await withNotes('fault')
    const wrong: Step<string> = {
      locks: [],
      // biome-ignore lint/correctness/useYield: there is nothing to read
      *run() {
        return {
          outcome: '',
          writes: [note('half'), statement('test_wrong', 'insert into nowhere values (1)')()],
        }
      },
    }
    const outcomes = await Promise.allSettled([
      engine.run(writing('a')),
      engine.run(writing('b', new Error('thrown by a rule'))),
      engine.run(wrong),
      engine.run(writing('c')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await engine.read(notes())).toEqual([{ text: 'a' }, { text: 'c' }])
    other.close()
    await engine.close()
  })

  it('all fail with SERVICE_UNAVAILABLE and write nothing if another process holds the lock for too long', async () => {
    const { engine, other, path } = await withNotes('held')
    await engine.close()
    const impatient = openSqlite(path, { busyTimeoutMs: 60 })
    other.exec('begin immediate')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => impatient.run(writing(String(n)))),
    )
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'SERVICE_UNAVAILABLE' } })
    }
    other.exec('rollback')
    expect(await impatient.run(writing('after'))).toBe('after')
    expect(await impatient.read(notes())).toEqual([{ text: 'after' }])
    other.close()
    await impatient.close()
  })

  it('wait for another process without blocking their own process', async () => {
    const { engine, other } = await withNotes('waiting')
    other.exec('begin immediate')
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 5)
    const waiting = engine.run(writing('waited'))
    await expect.poll(() => ticks).toBeGreaterThan(5)
    other.exec('commit')
    expect(await waiting).toBe('waited')
    clearInterval(ticking)
    other.close()
    await engine.close()
  })

  it('are written before the store closes', async () => {
    const { engine, other } = await withNotes('closing')
    const steps = Array.from({ length: 100 }, (_, n) => engine.run(writing(String(n))))
    await engine.close()
    await Promise.all(steps)
    expect(other.prepare('select count(*) as n from notes').get()).toEqual({ n: 100 })
    other.close()
  })
})

describe('every statement', () => {
  it('finds its rows through an index without sorting, and every index is used by a statement', async () => {
    const { path, engine } = await open('plans')
    await engine.close()
    const connection = openConnection(path)
    const used = new Set<string>()
    // These statements read all rows, but there are few: credentials of one kind, projects, webhook endpoints, test
    // recipients. Operators read deliveries, newest first.
    const whole = new Set([
      ...['credentials_of_kind', 'all_projects', 'all_endpoints', 'endpoints_at_work'],
      ...['all_test_recipients', 'every_project', 'newest_audit'],
      ...['newest_deliveries', 'newest_undelivered'],
      'delivery_backlog', // uses an index of waiting events, and reads only its start
    ])
    for (const { name, text } of allStatements()) {
      if (name.startsWith('test_') || /^insert/.test(text)) continue
      const positional = text.replace(/\$\d+|:(?:steady_)?at\b/g, '1')
      const rows = connection.prepare(`explain query plan ${positional}`).all() as { detail: string }[]
      const plan = rows.map(({ detail }) => detail).join('\n')
      for (const [, index = ''] of plan.matchAll(/INDEX (\w+)/g)) used.add(index)
      if (!whole.has(name))
        expect(plan, name).not.toMatch(/^SCAN (?!CONSTANT|newest|\(subquery)|TEMP B-TREE/m)
    }
    const indexes = connection.prepare("select name from sqlite_master where type = 'index'").all() as {
      name: string
    }[]
    const ours = indexes.map(({ name }) => name).filter((name) => !name.includes('kysely'))
    expect(ours.filter((name) => !used.has(name))).toEqual([])
    connection.close()
  })

  it('has a unique name', () => {
    const names = allStatements()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('test_'))
    expect(names).toEqual([...new Set(names)])
  })
})
