import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backUp } from '../../server/store/sqlite/backup.ts'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { newFolder, run } from '../support/commands.ts'
import { figure } from '../support/figures.ts'
import { type FleetServer, useFleet } from '../support/fleet.ts'

const tables = [
  'sessions',
  'credentials',
  'tries',
  'tallies',
  'idempotency_keys',
  'projects',
  'audit',
  'clock',
]

/** Returns everything that a store holds. */
function contentsOf(path: string): Record<string, unknown[]> {
  const connection = openConnection(path, { readonly: true })
  const contents = tables.map((name) => [
    name,
    connection.prepare(`select * from ${name} order by 1, 2`).all(),
  ])
  expect(connection.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  connection.close()
  return Object.fromEntries(contents)
}

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('a backup', () => {
  const fleet = useFleet(0)
  const command = (...args: string[]) =>
    run(fleet.folder, args, { DATABASE_URL: `sqlite:${fleet.databasePath}` })
  const restored = (file: string, ...options: string[]) => command('restore', file, ...options)

  /** Sends and verifies while `act` runs. @returns the result of `act`, and the number of sends */
  async function underLoad<T>(
    server: FleetServer,
    act: () => Promise<T>,
  ): Promise<{ result: T; sends: number }> {
    let isOver = false
    let sends = 0
    const caller = async () => {
      while (!isOver) {
        const session = await server.sendAndRead({ email: fleet.newAddress() })
        sends++
        expect((await server.verify(session)).status).toBe(200)
      }
    }
    const callers = Array.from({ length: 4 }, caller)
    const result = await act()
    isOver = true
    await Promise.all(callers)
    return { result, sends }
  }

  it('made while the server sends is complete, readable only by its user, and restorable after a SIGKILL', async () => {
    const server = await fleet.add()
    const before = await server.sendAndRead({ email: 'before@example.com' })
    const file = join(fleet.folder, 'backup.db')
    const { result, sends } = await underLoad(server, async () => {
      for (let n = 0; n < figure({ quick: 3, long: 50 }); n++)
        expect((await command('backup', join(fleet.folder, `more-${n}.db`))).code).toBe(0)
      return command('backup', file, '--json')
    })
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(sends).toBeGreaterThan(20)
    expect(mode(file)).toBe('600')
    expect(readdirSync(fleet.folder).filter((name) => /backup\.db.|partial/.test(name))).toEqual([])
    const backedUp = contentsOf(file)

    // This code is still open in the backup, so it must work again after the restore.
    expect((await server.verify(before)).status).toBe(200)
    await fleet.end(server, 'SIGKILL')
    const { code, stdout } = await restored(file)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Restored .*\nThe previous store was kept as .*before-\d{8}T\d{6}Z\.\nKeys and tokens that were revoked since then work again/,
    )
    expect(contentsOf(fleet.databasePath)).toEqual(backedUp)
    expect(mode(fleet.databasePath)).toBe('600')
    expect(existsSync(`${fleet.databasePath}-wal`)).toBe(false)

    const again = await fleet.add()
    expect((await again.verify(before)).status).toBe(200)
    await fleet.end(again, 'SIGTERM')
  })

  it('replaces no existing file, and cannot replace a store that a server is using', async () => {
    const server = await fleet.add()
    const file = join(fleet.folder, 'taken.db')
    writeFileSync(file, 'precious')
    expect(await command('backup', file)).toMatchObject({
      code: 1,
      stderr: `error: ${file} already exists\n`,
    })
    const good = join(fleet.folder, 'good.db')
    await command('backup', good)
    const contents = contentsOf(good)
    expect(await restored(good)).toMatchObject({
      code: 1,
      stderr: `error: a server is using ${fleet.databasePath}: stop it first\n`,
    })
    expect((await server.call('/readyz')).status).toBe(200)
    expect(contentsOf(good)).toEqual(contents)
    await fleet.end(server, 'SIGTERM')
  })

  it.each([' lead.db', '\tlead.db', 'trail.db ', ':memory:', 'file:x.db'])(
    'is a complete copy that only its owner can read, and no other file, if its name is %j',
    async (name) => {
      const before = readdirSync(fleet.folder)
      expect(await command('backup', name)).toMatchObject({ code: 0 })
      const added = readdirSync(fleet.folder).filter((each) => !before.includes(each))
      expect(added).toEqual([name])
      const file = join(fleet.folder, name)
      expect(mode(file)).toBe('600')
      copyFileSync(file, `${file}.copy`)
      expect(contentsOf(`${file}.copy`)).toEqual(contentsOf(fleet.databasePath))
    },
  )

  it('replaces no file that appears while the backup is made', async () => {
    const file = join(fleet.folder, 'appeared.db')
    const made = backUp(fleet.databasePath, file, () => writeFileSync(file, 'precious'))
    await expect(made).rejects.toThrow(`${file} already exists`)
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })

  it('is refused, and the store stays unchanged, if it is damaged, not a store, or from a newer version', async () => {
    const good = join(fleet.folder, 'whole.db')
    await command('backup', good)
    const contents = contentsOf(fleet.databasePath)
    const cut = join(fleet.folder, 'cut.db')
    copyFileSync(good, cut)
    const bytes = Buffer.alloc(8192, 0xff)
    const { size } = statSync(cut)
    const damaged = openDamaged(cut, bytes, Math.floor(size / 4096 / 2) * 4096)
    const inconsistent = join(fleet.folder, 'inconsistent.db')
    writeFileSync(inconsistent, withOneWrongHash(good))
    const text = join(fleet.folder, 'text.db')
    writeFileSync(text, 'no database at all'.repeat(500))
    const other = join(fleet.folder, 'other.db')
    const connection = openConnection(other)
    connection.exec('create table notes (text)')
    connection.close()
    const newer = join(fleet.folder, 'newer.db')
    copyFileSync(good, newer)
    const future = openConnection(newer)
    future.exec("insert into kysely_migration values ('9999-future', '2030')")
    future.close()
    const inUse = join(fleet.folder, 'in-use.db')
    copyFileSync(good, inUse)
    writeFileSync(`${inUse}-wal`, 'a part of it')
    for (const [file, why] of [
      [damaged, 'damaged'],
      [inconsistent, 'damaged'],
      [text, 'is not an SQLite file'],
      [other, 'is not a store of this server'],
      [newer, 'newer version of risumail-otp'],
      [join(fleet.folder, 'nothing.db'), 'does not exist'],
      [fleet.databasePath, 'is the store itself'],
      [inUse, 'is or was in use'],
    ] as const) {
      const { code, stderr } = await restored(file)
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(why) })
    }
    expect(contentsOf(fleet.databasePath)).toEqual(contents)
    expect(readdirSync(fleet.folder).filter((name) => name.includes('restoring'))).toEqual([])
  })

  it('can be restored with every key revoked', async () => {
    const file = join(fleet.folder, 'keys.db')
    await command('backup', file)
    const { stdout } = await restored(file, '--revoke-keys', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      revoked: expect.any(Number),
      kept: expect.stringContaining('before-'),
    })
    const server = await fleet.add()
    expect((await server.call('/api/v1/backend-otp/verifications')).status).toBe(401)
    await fleet.end(server, 'SIGTERM')
  })
})

function openDamaged(path: string, bytes: Buffer, at: number): string {
  const connection = openConnection(path)
  connection.exec('pragma journal_mode = delete')
  connection.close()
  const whole = readFileSync(path)
  bytes.copy(whole, at)
  writeFileSync(path, whole)
  return path
}

/** Changes a hash in the table or in its index, but not in both. SQLite opens such a file, and reads it without an error. */
function withOneWrongHash(path: string): Buffer {
  const connection = openConnection(path, { readonly: true })
  const { hash } = connection.prepare('select secret_hash as hash from credentials').get() as { hash: string }
  connection.close()
  const bytes = readFileSync(path)
  const last = bytes.lastIndexOf(hash) + hash.length - 1
  bytes[last] = bytes.readUInt8(last) ^ 1
  return bytes
}

describe('a leftover SQLite log', () => {
  const environment = { OTP_SECRET: 's'.repeat(32), PORT: '0' }
  const killed = useFleet(0)

  /** Leaves a store with its log, as a killed server does, and an earlier backup. */
  async function afterCrash() {
    const folder = newFolder()
    const server = await killed.add()
    await server.sendAndRead({ email: killed.newAddress() })
    const backup = join(folder, 'backup.db')
    expect(
      (await run(folder, ['backup', backup], { DATABASE_URL: `sqlite:${killed.databasePath}` })).code,
    ).toBe(0)
    for (let n = 0; n < 50; n++) await server.sendAndRead({ email: killed.newAddress() })
    await killed.end(server, 'SIGKILL')
    const store = join(folder, 'store.db')
    for (const suffix of ['', '-wal']) copyFileSync(killed.databasePath + suffix, store + suffix)
    expect(statSync(`${store}-wal`).size).toBeGreaterThan(0)
    const serve = () => run(folder, ['serve'], { ...environment, DATABASE_URL: `sqlite:${store}` })
    return { folder, store, backup, serve }
  }

  it('stops the server from starting if a backup was copied over its store, and the error says what to do', async () => {
    const { store, backup, serve, folder } = await afterCrash()
    copyFileSync(backup, store)
    const { code, stderr } = await serve()
    expect(code).toBe(1)
    expect(stderr).toContain('it was replaced with a backup')
    expect(stderr).toContain('risumail-otp restore')
    const { code: restoredCode } = await run(folder, ['restore', backup], { DATABASE_URL: `sqlite:${store}` })
    expect(restoredCode).toBe(0)
    expect(contentsOf(store)).toEqual(contentsOf(backup))
  })
})
