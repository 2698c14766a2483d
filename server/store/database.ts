import { timingSafeEqual } from 'node:crypto'
import { type BigIntStats, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Driver, Kysely, Migrator, SqliteDialect } from 'kysely'
import { OtpError } from '../errors.ts'
import { openConnection } from './connection.ts'
import { migrations } from './migrations.ts'

export interface CredentialTable {
  id: string
  kind: 'server_key' | 'public_token'
  project_id: string
  name: string
  secret_hash: string
  analytics_secret_hash: string | null
  /** JSON: scopes and allowlists. */
  grants: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
}

interface SessionTable {
  id: string
  flow: string
  project_id: string
  credential_id: string
  email: string
  canonical_recipient: string
  counted_recipient: string
  client_address: string | null
  code_hash: Buffer
  attempts: number
  max_attempts: number
  issued_at: number
  expires_at: number
  /** When the send counts as made: when its mail was accepted or, until that is known, could be at the latest. */
  counted_at: number
  sent_at: number | null
  failed_at: number | null
  verified_at: number | null
  /** The language that the send asked for, as a BCP 47 tag. */
  locale: string | null
  redirect_url: string | null
  otp_digits: number
  /** Which send it is of this project and flow to this recipient: their order, whatever the clocks say. */
  ordinal: number
  /** The session before this one of the same project, flow and recipient, if it was open then. */
  resend_of: string | null
}

/** One row for each try that counts against a limit and is no send. */
interface TryTable {
  kind: TryKind
  /** Who is counted: a client address on the page, a recipient for a wrong code. */
  subject: string
  tried_at: number
  expires_at: number
}

export type TryKind = 'page' | 'guess'

/** One row for each send that came with an Idempotency-Key and has not surely failed. */
interface IdempotencyKeyTable {
  credential_id: string
  key_hash: Buffer
  request_hash: Buffer
  session_id: string
  session_expires_at: number
  /** Until then the send may still be under way. */
  in_flight_until: number
  sent_at: number | null
  expires_at: number
}

export interface Tables {
  credentials: CredentialTable
  sessions: SessionTable
  tries: TryTable
  idempotency_keys: IdempotencyKeyTable
  readiness: { id: number; checked_at: number }
}

export interface Database {
  query: Kysely<Tables>
  /** How long a step waits for another process that is writing, in milliseconds, before it gives up. */
  busyTimeoutMs: number
  /** Runs queries; a store that cannot serve now becomes SERVICE_UNAVAILABLE, a wrong statement stays what it is. */
  guarded<T>(run: () => Promise<T>): Promise<T>
  /** Brings the schema up to date. @returns the names of the migrations that ran */
  migrate(): Promise<string[]>
  /** Commits one write, so that a full, locked or read-only store is noticed. */
  checkWritable(at: number): Promise<void>
  close(): Promise<void>
}

// SQLite waits for a lock by blocking the whole process, so it may do so only for a moment; the rest of the wait
// is between tries, while other requests go on.
const blockingWaitMs = 5
const retryEveryMs = 20

interface DatabaseOptions {
  /** How long a write waits for another process that is writing, in milliseconds. */
  busyTimeoutMs?: number
}

/**
 * Opens the SQLite file, making it and its folder if they are missing.
 * @throws if the file cannot be opened or cannot keep what it has committed
 */
export function openDatabase(path: string, { busyTimeoutMs = 2000 }: DatabaseOptions = {}): Database {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a', 0o600)) // it holds addresses; SQLite gives the files beside it the same mode
  const connection = openConnection(path, { timeout: blockingWaitMs })
  // These do not persist in the file (WAL does), so they are set at every open, and read back.
  connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  const { synchronous } = connection.prepare('pragma synchronous').get() as { synchronous: number }
  if (synchronous !== 2) throw new Error(`SQLite does not keep commits on disk: synchronous=${synchronous}`)
  // SQL has no comparison whose time is independent of its operands.
  connection.function('timing_safe_equal', { deterministic: true }, (a, b) =>
    Buffer.isBuffer(a) && Buffer.isBuffer(b) && a.length === b.length && timingSafeEqual(a, b) ? 1 : 0,
  )

  const query = new Kysely<Tables>({ dialect: new StoreDialect({ database: connection }) })
  const checkInPlace = placeOf(path)
  const guarded = <T>(run: () => Promise<T>) =>
    withinBusyTimeout(async () => {
      checkInPlace()
      const result = await run()
      checkInPlace()
      return result
    }, busyTimeoutMs)
  return {
    query,
    busyTimeoutMs,
    guarded,
    migrate: () => guarded(() => migrate(query)),
    checkWritable: async (at) => {
      await guarded(() =>
        query
          .insertInto('readiness')
          .values({ id: 1, checked_at: at })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ checked_at: at }))
          .execute(),
      )
    },
    close: async () => {
      await query.destroy()
      connection.close() // Kysely opens nothing, and so closes nothing, before the first query.
    },
  }
}

// A full disk makes SQLite roll back by itself, and the failure of Kysely's own rollback would then hide the reason.
class StoreDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver()
    const rollback = driver.rollbackTransaction.bind(driver)
    driver.rollbackTransaction = async (connection) => {
      try {
        await rollback(connection)
      } catch (error) {
        if (!/no transaction is active$/.test((error as Error).message)) throw error
      }
    }
    return driver
  }
}

// In WAL mode SQLite goes on writing to a file that was moved away, replaced or deleted, and what it would
// acknowledge then is lost with the process. The same goes for a file that can no longer be looked at.
function placeOf(path: string): () => void {
  const opened = statSync(path, { bigint: true })
  return () => {
    let found: BigIntStats
    try {
      found = statSync(path, { bigint: true })
    } catch (cause) {
      throw new OtpError('SERVICE_UNAVAILABLE', { cause })
    }
    if (found.ino !== opened.ino || found.dev !== opened.dev) {
      throw new OtpError('SERVICE_UNAVAILABLE', {
        cause: new Error('the file of the store was replaced: put it back, or restart the server'),
      })
    }
  }
}

// Of several processes that start on a new file at once, one makes the tables and the others fail to; they find
// everything done at their next try.
async function migrate(query: Kysely<Tables>): Promise<string[]> {
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => migrations } })
  for (let triesLeft = 5; ; triesLeft--) {
    const { error, results = [] } = await migrator.migrateToLatest()
    if (!error)
      return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
    if (triesLeft === 0) throw error
    await sleep(retryEveryMs)
  }
}

// SQLite result codes (https://www.sqlite.org/rescode.html) that speak of the store and not of the statement.
const isBusy = /^SQLITE_(?:BUSY|LOCKED)/
const isTroubled =
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM|CORRUPT|NOTADB|PERM|AUTH|INTERRUPT)/
const isGone = /(?:connection is not open|driver has already been destroyed)$/

async function withinBusyTimeout<T>(run: () => Promise<T>, busyTimeoutMs: number): Promise<T> {
  const giveUpAt = performance.now() + busyTimeoutMs
  for (;;) {
    try {
      return await run()
    } catch (cause) {
      const { code, message } = cause as { code?: unknown; message?: unknown }
      if (isBusy.test(String(code)) && performance.now() < giveUpAt) {
        await sleep(retryEveryMs)
      } else if (isTroubled.test(String(code)) || isGone.test(String(message))) {
        throw new OtpError('SERVICE_UNAVAILABLE', { cause })
      } else {
        throw cause
      }
    }
  }
}
