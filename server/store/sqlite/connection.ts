import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SQLite from 'better-sqlite3'
import { StoreError } from '../engine.ts'
import { isBusy } from './trouble.ts'

export type Connection = Pick<SQLite.Database, 'prepare' | 'exec' | 'close' | 'inTransaction' | 'backup'>

// Since Node.js 24.19, collecting a native object while no JavaScript runs ends the process: the cleanup hook of
// node::ObjectWrap finds no environment. better-sqlite3 12 has such objects. So we keep them all from being collected.
// Every statement is prepared once and stays, which also saves preparing it again.
// Version 13 no longer has the fault. It needs Node.js 22.
const kept: unknown[] = []

/**
 * Opens an SQLite connection. It prepares each statement text once and keeps it forever. Paths are made absolute, because
 * better-sqlite3 takes the spaces away from the start of a path, and takes `:memory:` for no file.
 */
export function openConnection(path: string, options: SQLite.Options = {}): Connection {
  const database = new SQLite(resolve(path), options)
  const statements = new Map<string, SQLite.Statement>()
  kept.push(database, statements)
  const prepare = (text: string) => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    prepare: prepare as Connection['prepare'],
    exec: (text) => database.exec(text),
    close: () => database.close(),
    backup: (target, options) =>
      SQLite.prototype.backup.call(keepingBackups(database), resolve(target), options),
    get inTransaction() {
      return database.inTransaction
    },
  }
}

/** Keeps the native object of each backup, which better-sqlite3 has under a private symbol and gives to nobody. */
function keepingBackups(database: SQLite.Database): SQLite.Database {
  const [key] = Object.getOwnPropertySymbols(database)
  if (key === undefined) throw new Error('this version of better-sqlite3 is not known')
  const native = Reflect.get(database, key)
  const backup = (...details: unknown[]) => {
    const made = native.backup(...details)
    kept.push(made)
    return made
  }
  return Object.create(database, { [key]: { value: { backup } } })
}

const longestLog = 16 * 1024 * 1024

// SQLite blocks the whole process while it waits for a lock, so it may wait only for a moment.
const blockingWaitMs = 5

/**
 * Opens the file of a store. If the file or its folder is missing, creates it for this user only.
 * @throws {StoreError} if the file could lose committed data
 */
export function openStoreFile(path: string): Connection {
  makePrivately(path)
  const connection = openConnection(path, { timeout: blockingWaitMs })
  if (statSync(path).size === 0) prepareNew(connection)
  // The file stores only WAL mode, so all settings are set at every open. Some are read back to check them.
  // The size limit makes the log shrink again after a long read, such as a backup.
  connection.exec(`pragma journal_mode = wal; pragma synchronous = full;
    pragma secure_delete = on; pragma journal_size_limit = ${longestLog}`)
  const { journal_mode } = connection.prepare('pragma journal_mode').get() as { journal_mode: string }
  const { synchronous } = connection.prepare('pragma synchronous').get() as { synchronous: number }
  if (journal_mode !== 'wal' || synchronous !== 2) {
    connection.close()
    throw new StoreError(
      `it could lose committed data: SQLite reports journal_mode=${journal_mode}, synchronous=${synchronous}`,
    )
  }
  return connection
}

/** Allows free pages to be returned to the disk in small steps. This can be set only while the file is empty. */
function prepareNew(connection: Connection): void {
  try {
    connection.exec('pragma auto_vacuum = incremental')
  } catch (error) {
    if (!isBusy(error)) throw error // another process is doing the same
  }
}

/** True if users of this machine other than the owner may read or write the file. */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

// The file holds email addresses. SQLite gives the files beside it the same mode.
function makePrivately(path: string): void {
  const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (made !== undefined) chmodSync(dirname(path), 0o700) // mkdir applies the umask, chmod does not
  closeSync(openSync(path, 'a', 0o600))
}
