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
  statSync,
} from 'node:fs'
import { StoreError } from '../engine.ts'
import { type Connection, openConnection } from './connection.ts'
import { makeEmpty, removeWithLogs, syncFile, syncFolder } from './files.ts'
import { pendingMigrations } from './migrate.ts'
import { isBusy } from './trouble.ts'

/** The progress of a backup, in pages. */
export interface BackupProgress {
  done: number
  of: number
}

// The server has priority on the disk. So each step is short, and a pause follows it. Frequent syncs keep the unsynced
// data small, so that no commit of the server has to wait for it.
const pagesAtOnce = 256
const pauseMs = 10
const stepsBetweenSyncs = 8
// SQLite reserves a number in the header of a file for the application (`user_version`). This value marks a backup. A
// log beside such a file does not belong to it. The server removes the mark when it opens the file.
const backupMark = 0x0b4c_0109
const markOffset = 60

/**
 * Copies the store of a running server as it is at this moment. It reads one snapshot, so later writes do not get into
 * the copy. They do not restart the copy either, as they would with SQLite's own command.
 * @throws {StoreError} if the target file already exists
 */
export async function backUp(
  path: string,
  target: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  if (existsSync(target)) throw new StoreError(`${target} already exists`)
  const partial = `${target}.partial`
  makeEmpty(partial)
  const source = openConnection(path, { fileMustExist: true })
  const copy = openSync(partial, 'r+')
  let steps = 0
  try {
    source.exec('begin')
    source.prepare('select count(*) from kysely_migration').get() // this read fixes the snapshot
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
    linkSync(partial, target) // unlike a rename, a link replaces no file
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'EEXIST' ? new StoreError(`${target} already exists`) : error
  } finally {
    closeSync(copy)
    source.close()
    removeWithLogs(partial)
  }
  syncFolder(target)
}

/** Blocks the process. Only a command makes backups, and it has nothing else to do. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
}

/** Turns a copy into a single file that needs no log. */
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
  /** When the store was last used before the backup, in milliseconds since the epoch. */
  seenAt: number
  /** The new path of the previous store. Undefined if there was none. */
  kept: string | undefined
  /** How many keys and tokens were revoked. */
  revoked: number
}

/**
 * Replaces a store with a backup. The previous store stays beside it, under another name.
 * @throws {StoreError} if the backup is damaged, is not a store or comes from a newer version
 * @throws {StoreError} if a server uses the store
 */
export async function restore(
  backup: string,
  path: string,
  { revokesKeys, now }: { revokesKeys: boolean; now: number },
): Promise<Restored> {
  if (!existsSync(backup)) throw new StoreError(`${backup} does not exist`)
  if (existsSync(path) && statSync(backup).ino === statSync(path).ino)
    throw new StoreError(`${backup} is the store itself`)
  const log = `${backup}-wal`
  if (existsSync(log) && statSync(log).size > 0)
    throw new StoreError(`${backup} is a store that is or was in use: part of its data is in ${log}`)
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
    if (tables.length === 0) throw new StoreError(`${backup} is not a store of this server`)
    await pendingMigrations(copy) // throws if the backup comes from a newer version
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
    throw new StoreError(isOther ? `${backup} is not an SQLite file` : `${backup} is damaged (${code})`)
  }
}

/** Moves a store aside, as a single file. @throws {StoreError} if another process has it open */
function setAside(path: string, now: number): string {
  const old = openConnection(path)
  try {
    // SQLite leaves WAL mode only if no other process has the file open. It also merges the log into the file.
    const [mode] = old.prepare('pragma journal_mode = delete').all() as { journal_mode: string }[]
    if (mode?.journal_mode !== 'delete') throw new StoreError(`a server is using ${path}: stop it first`)
  } catch (error) {
    if (isBusy(error)) throw new StoreError(`a server is using ${path}: stop it first`)
    if (error instanceof StoreError) throw error
    // The store may be damaged. The backup replaces it anyway.
  } finally {
    old.close()
  }
  const kept = `${path}.before-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
  // The log belongs to the old file. If it stayed beside the new file, SQLite would mix the two.
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix)
  return kept
}

/**
 * Checks that the log beside a store belongs to it. Call it before opening the store: SQLite would mix a leftover log
 * with any file put in that place, and serve the result.
 * @throws {StoreError} if the log does not belong to the store
 */
export function checkLeftovers(path: string): void {
  const log = `${path}-wal`
  if (!existsSync(path) || !existsSync(log) || statSync(log).size === 0) return
  if (isBackup(path)) {
    throw new StoreError(
      `it was replaced with a backup, but ${log} belongs to the previous store: use risumail-otp restore to restore the backup`,
    )
  }
  // The log is usually newer than the file. It is older only between a checkpoint and the next write to the log.
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

/** Removes the backup mark from a file. From now on, it is a store. */
export function makeStoreOf(connection: Connection): void {
  const { user_version } = connection.prepare('pragma user_version').get() as { user_version: number }
  if (user_version === backupMark) connection.exec('pragma user_version = 0')
}

// Never closed: when a process closes a file, it loses all locks that SQLite holds on this file (POSIX, fcntl).
const leftOpen: number[] = []

function isBackup(path: string): boolean {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  leftOpen.push(file)
  readSync(file, header, 0, header.length, 0)
  return header.readUInt32BE(markOffset) === backupMark
}
