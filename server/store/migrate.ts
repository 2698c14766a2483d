import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { StoreError } from './engine.ts'

export type Migrations = Record<string, Migration>

/** Runs the migrations that have not yet run on this store. @returns their names */
export async function migrateToLatest(db: Kysely<unknown>, migrations: Migrations): Promise<string[]> {
  await pendingIn(db, migrations)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

/**
 * Returns the names of the migrations that have not yet run on this store.
 * @throws {StoreError} if the store has an unknown migration, which only a newer version of this program can have run
 */
export async function pendingIn(db: Kysely<unknown>, migrations: Migrations): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const isNew = !tables.some(({ name }) => name === 'kysely_migration')
  const { rows } = isNew
    ? { rows: [] }
    : await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    throw new StoreError(
      `it was written by a newer version of risumail-otp (it has the migration ${unknown.join(', ')}); run that version`,
    )
  }
  return Object.keys(migrations).filter((name) => !rows.some((row) => row.name === name))
}
