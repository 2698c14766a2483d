import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { StoreError } from '../engine.ts'
import { isBusy } from './trouble.ts'

export type Connection = Pick<SQLite.Database, 'prepare' | 'exec' | 'close' | 'inTransaction' | 'backup'>

// Since Node.js 24.19 a native object that is collected while no JavaScript runs ends the process (the cleanup hook
// of node::ObjectWrap finds no environment), and better-sqlite3 12 has such objects. So none of them is ever
// collected: every statement is prepared once, which also saves preparing it again, and stays.
const kept: unknown[] = []

/** An SQLite connection whose statements are prepared once for each text and kept for good. */
export function openConnection(path: string, options: SQLite.Options = {}): Connection {
  const database = new SQLite(path, options)
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
    backup: (target, options) => database.backup(target, options),
    get inTransaction() {
      return database.inTransaction
    },
  }
}

const longestLog = 16 * 1024 * 1024

// SQLite waits for a lock by blocking the whole process, so it may do so only for a moment.
const blockingWaitMs = 5

/**
 * Opens the file of a store; it and its folder are made if they are missing, for this user only.
 * @throws {StoreError} if it could not keep what it commits
 */
export function openStoreFile(path: string): Connection {
  makePrivately(path)
  const connection = openConnection(path, { timeout: blockingWaitMs })
  if (statSync(path).size === 0) prepareNew(connection)
  // These do not persist in the file (WAL does), so they are set at every open, and some are read back.
  // After somebody has read for long, such as for a backup, the log does not keep its largest size.
  connection.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
    pragma secure_delete = on; pragma journal_size_limit = ${longestLog}`)
  const { journal_mode } = connection.prepare('pragma journal_mode').get() as { journal_mode: string }
  const { synchronous } = connection.prepare('pragma synchronous').get() as { synchronous: number }
  if (journal_mode !== 'wal' || synchronous !== 2) {
    connection.close()
    throw new StoreError(
      `it would lose what it commits: SQLite says journal_mode=${journal_mode}, synchronous=${synchronous}`,
    )
  }
  return connection
}

/** Lets free pages be given back in small steps, which only a file that is still empty can be made for. */
function prepareNew(connection: Connection): void {
  try {
    connection.exec('pragma auto_vacuum = incremental')
  } catch (error) {
    if (!isBusy(error)) throw error // another process is doing the same
  }
}

/** True if users of this machine beside its owner may read or write the file. */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

// It holds addresses. SQLite gives the files beside it the same mode.
function makePrivately(path: string): void {
  const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (made !== undefined) chmodSync(dirname(path), 0o700) // whatever the umask
  closeSync(openSync(path, 'a', 0o600))
}
