import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, SqliteDialect } from 'kysely'
import { migrateToLatest, pendingIn } from '../migrate.ts'
import type { Connection } from './connection.ts'
import { migrations } from './migrations.ts'
import { asTrouble, isBusy } from './trouble.ts'

const retryEveryMs = 20

/**
 * Brings the schema up to date, completely or not at all. If several processes try at once, all but one wait.
 * @param onWarning called if the file could not be rewritten
 */
export async function migrate(
  connection: Connection,
  timeoutMs: number,
  onWarning: (warning: string) => void = () => {},
): Promise<string[]> {
  await begin(connection, timeoutMs)
  try {
    const migrated = await migrateToLatest(queryOn(connection), migrations)
    connection.exec('commit')
    if (hasOldCopies(migrated)) rewrite(connection, onWarning)
    return migrated
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw asTrouble(error)
  }
}

// Before this migration, deleted data stayed in the file until something overwrote it.
const firstToOverwrite = '0008-outcomes'

function hasOldCopies(migrated: readonly string[]): boolean {
  return migrated.includes(firstToOverwrite) && migrated[0] !== Object.keys(migrations)[0]
}

/** Rewrites the file without the deleted data. While this runs, it needs as much disk space again. */
function rewrite(connection: Connection, onWarning: (warning: string) => void): void {
  try {
    connection.exec('pragma auto_vacuum = incremental; vacuum; pragma wal_checkpoint(truncate)')
  } catch (error) {
    onWarning(
      `the store file could not be rewritten, so it may still contain deleted data: run VACUUM (${(error as Error).message})`,
    )
  }
}

export function pendingMigrations(connection: Connection): Promise<string[]> {
  return pendingIn(queryOn(connection), migrations)
}

// Kysely leaves transactions around SQLite migrations to the caller. It must not close a connection of the caller.
function queryOn({ prepare }: Connection): Kysely<unknown> {
  return new Kysely({ dialect: new SqliteDialect({ database: { prepare, close: () => {} } }) })
}

async function begin(connection: Connection, timeoutMs: number): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    try {
      connection.exec('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw asTrouble(error)
      await sleep(retryEveryMs)
    }
  }
}
