import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from '../engine.ts'
import { type Connection, openConnection } from './connection.ts'
import { pendingMigrations } from './migrate.ts'
import { isBusy } from './trouble.ts'

/** How far a backup has come, in pages. */
export interface BackupProgress {
  done: number
  of: number
}

// The disk is the server's before it is ours: a step is short, the next one waits for a while, and what was written is on
// the disk before it is so much that a commit of the server would have to wait for it.
const pagesAtOnce = 256
const pauseMs = 10
const stepsBetweenSyncs = 8
// SQLite keeps this number in the header of a file for its application. A file that has it is a backup, and no log of
// another file belongs to it. The server takes it away when it opens the file.
const backupMark = 0x0b4c_0109
const markOffset = 60

/**
 * Copies the store of a running server as it is at this moment. It reads one snapshot, so what is written meanwhile
 * neither gets in nor starts it anew, as it would with SQLite's own command.
 * @throws {StoreError} if there is a file at the target already
 */
export async function backUp(
  path: string,
  target: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  if (existsSync(target)) throw new StoreError(`there is a file ${target} already`)
  const partial = `${target}.partial`
  makeEmpty(partial)
  const source = openConnection(path, { fileMustExist: true })
  const copy = openSync(partial, 'r+')
  let steps = 0
  try {
    source.exec('begin')
    source.prepare('select count(*) from kysely_migration').get() // from here on the snapshot stays as it is
    await source.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress({ done: totalPages - remainingPages, of: totalPages })
        if (++steps % stepsBetweenSyncs === 0) fsyncSync(copy)
        pause()
        return pagesAtOnce
      },
    })
    source.exec('commit')
    finish(partial)
    linkSync(partial, target) // unlike a rename, it takes the place of nothing
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'EEXIST' ? new StoreError(`there is a file ${target} already`) : error
  } finally {
    closeSync(copy)
    source.close()
    removeWithLogs(partial)
  }
  syncFolder(target)
}

/** Stands still. Only a command makes backups, and it has nothing else to do. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
}

/** Makes one file of a copy that can stand for itself. */
function finish(partial: string): void {
  const copy = openConnection(partial)
  copy.exec(
    `pragma user_version = ${backupMark}; pragma wal_checkpoint(truncate); pragma journal_mode = delete`,
  )
  const [verdict] = copy.prepare('pragma quick_check(1)').all() as { quick_check: string }[]
  copy.close()
  if (verdict?.quick_check !== 'ok') throw new StoreError(`the copy is damaged: ${verdict?.quick_check}`)
  syncFile(partial)
}

export interface Restored {
  /** When the store was used last before it was backed up, in milliseconds since the epoch. */
  seenAt: number
  /** Where the store is now that was there before; undefined if there was none. */
  kept: string | undefined
  /** How many keys and tokens were revoked. */
  revoked: number
}

/**
 * Puts a backup in the place of a store. What was there is kept beside it, under another name.
 * @throws {StoreError} if the backup is damaged, is no store, or is of a newer version, or if a server uses the store
 */
export async function restore(
  backup: string,
  path: string,
  { revokesKeys, now }: { revokesKeys: boolean; now: number },
): Promise<Restored> {
  if (!existsSync(backup)) throw new StoreError(`there is no file ${backup}`)
  if (existsSync(path) && statSync(backup).ino === statSync(path).ino)
    throw new StoreError(`${backup} is the store itself`)
  const log = `${backup}-wal`
  if (existsSync(log) && statSync(log).size > 0)
    throw new StoreError(`${backup} is a store that is or was in use, and a part of it is in ${log}`)
  const coming = `${path}.restoring`
  makeEmpty(coming)
  try {
    copyFileSync(backup, coming)
    chmodSync(coming, 0o600)
    const { seenAt, revoked } = await prepare(coming, backup, { revokesKeys, now })
    const kept = existsSync(path) ? setAside(path, now) : undefined
    renameSync(coming, path)
    syncFolder(path)
    return { seenAt, kept, revoked }
  } finally {
    removeWithLogs(coming)
  }
}

async function prepare(
  coming: string,
  backup: string,
  { revokesKeys, now }: { revokesKeys: boolean; now: number },
) {
  const copy = openConnection(coming)
  try {
    const [verdict] = checked(copy, backup)
    if (verdict?.integrity_check !== 'ok')
      throw new StoreError(`${backup} is damaged: ${verdict?.integrity_check}`)
    const tables = copy.prepare("select 1 from sqlite_master where name = 'kysely_migration'").all()
    if (tables.length === 0) throw new StoreError(`${backup} is no store of this server`)
    await pendingMigrations(copy) // refuses one of a newer version
    const clock = copy.prepare('select seen_at from clock').get() as { seen_at: number } | undefined
    let revoked = 0
    if (revokesKeys) {
      const revoke = copy.prepare('update credentials set revoked_at = ? where revoked_at is null')
      revoked = Number(revoke.run(now).changes)
    }
    copy.exec('pragma wal_checkpoint(truncate); pragma journal_mode = delete')
    return { seenAt: clock?.seen_at ?? 0, revoked }
  } finally {
    copy.close()
    syncFile(coming)
  }
}

function checked(copy: Connection, backup: string): { integrity_check: string }[] {
  try {
    return copy.prepare('pragma integrity_check(1)').all() as { integrity_check: string }[]
  } catch (error) {
    const { code } = error as { code?: string }
    const isOther = code === 'SQLITE_NOTADB'
    throw new StoreError(isOther ? `${backup} is no SQLite file` : `${backup} is damaged (${code})`)
  }
}

/** Moves a store aside, all of it in one file. @throws {StoreError} if somebody has it open */
function setAside(path: string, now: number): string {
  const old = openConnection(path)
  try {
    // SQLite leaves this mode only if nobody else has the file open. It also takes the log into the file.
    const [mode] = old.prepare('pragma journal_mode = delete').all() as { journal_mode: string }[]
    if (mode?.journal_mode !== 'delete') throw new StoreError(`a server uses ${path}: stop it first`)
  } catch (error) {
    if (isBusy(error)) throw new StoreError(`a server uses ${path}: stop it first`)
    if (error instanceof StoreError) throw error
    // A store that is damaged is what backups are for.
  } finally {
    old.close()
  }
  const kept = `${path}.before-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
  // The log belongs to the old file. Beside the new one, SQLite would mix the two.
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix)
  return kept
}

/**
 * Looks, before a store is opened, whether the log beside it belongs to it. SQLite would mix a log that was left behind
 * with whatever file was put there, and serve the result.
 * @throws {StoreError} if it does not
 */
export function checkLeftovers(path: string): void {
  const log = `${path}-wal`
  if (!existsSync(path) || !existsSync(log) || statSync(log).size === 0) return
  if (isBackup(path)) {
    throw new StoreError(
      `a backup was put in its place, and ${log} belongs to the store that was there before: put the backup there with risumail-otp restore`,
    )
  }
  // The log is younger than the file, except in the moment between writing it into the file and going on with it.
  if (statSync(path).mtimeMs <= statSync(log).mtimeMs) return
  const connection = openConnection(path, { timeout: 1_000 })
  try {
    const [verdict] = checked(connection, path)
    if (verdict?.integrity_check !== 'ok')
      throw new StoreError(`it is damaged: ${verdict?.integrity_check}. Restore a backup`)
  } finally {
    connection.close()
  }
}

/** Takes the mark away that a file has as a backup: from now on it is a store. */
export function makeStoreOf(connection: Connection): void {
  const { user_version } = connection.prepare('pragma user_version').get() as { user_version: number }
  if (user_version === backupMark) connection.exec('pragma user_version = 0')
}

// Left open: when a process closes a file, it loses the locks that SQLite holds for it on the same file (POSIX, fcntl).
const leftOpen: number[] = []

function isBackup(path: string): boolean {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  leftOpen.push(file)
  readSync(file, header, 0, header.length, 0)
  return header.readUInt32BE(markOffset) === backupMark
}

/** Makes a file for this user only. It holds addresses. */
function makeEmpty(path: string): void {
  removeWithLogs(path)
  closeSync(openSync(path, 'wx', 0o600))
}

function removeWithLogs(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
