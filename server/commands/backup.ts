import { constants, setPriority } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { DatabaseLocation } from '../config/database.ts'
import type { Environment } from '../config/variables.ts'
import { loadDatabase } from '../config.ts'
import { StoreError } from '../store/engine.ts'
import type { BackupProgress } from '../store/sqlite/backup.ts'
import { isoTime, type Output, print } from './output.ts'
import { UsageError } from './usage-error.ts'

/** Adds `backup` and `restore`, for SQLite. */
export function addBackupCommands(program: Command, environment: Environment): void {
  program
    .command('backup')
    .description(
      'copy the SQLite store to a new file while the server runs; only this user can read the file',
    )
    .argument('<file>')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { json }: Output) => {
      const { path } = sqliteOf(loadDatabase(environment), 'backup')
      setPriority(constants.priority.PRIORITY_LOW) // the server takes precedence on the CPU
      const { backUp } = await import('../store/sqlite/backup.ts')
      let pages = 0
      const show = showProgress()
      await backUp(path, file, (progress) => {
        pages = progress.of
        show(progress)
      }).catch(refuse)
      print(json, { file: resolve(file), pages }, () => `Backed up to ${file}.`)
    })

  program
    .command('restore')
    .description('replace the SQLite store with a backup; stop the servers first')
    .argument('<file>')
    .option(
      '--revoke-keys',
      'revoke every key and token in the backup, including those that were revoked after it was made',
    )
    .option('--json', 'print one JSON object')
    .action(async (file: string, { revokeKeys, json }: Output & { revokeKeys?: true }) => {
      const { path } = sqliteOf(loadDatabase(environment), 'restore')
      const { restore } = await import('../store/sqlite/backup.ts')
      const options = { revokesKeys: revokeKeys ?? false, now: Date.now() }
      const { seenAt, kept, revoked } = await restore(file, path, options).catch(refuse)
      const asOf = isoTime(seenAt)
      const shown = { file: resolve(file), store: path, asOf, kept: kept ?? null, revoked }
      print(json, shown, () => inWords(file, asOf ?? '', kept, revokeKeys ? revoked : undefined))
    })
}

function inWords(file: string, asOf: string, kept: string | undefined, revoked: number | undefined): string {
  const keys =
    revoked === undefined
      ? 'Keys and tokens that were revoked since then work again. Revoke them again, or restore with --revoke-keys.'
      : `${revoked} keys and tokens were revoked. Issue new ones.`
  return [
    `Restored ${file}. The store is as it was at ${asOf}.`,
    ...(kept === undefined ? [] : [`The previous store was kept as ${kept}.`]),
    keys,
    'Codes that were used since then can be used again until they expire. People who were erased since then are back. Erase them again.',
  ].join('\n')
}

function sqliteOf(location: DatabaseLocation, command: 'backup' | 'restore'): { path: string } {
  if (location.engine === 'sqlite') return location
  const line =
    command === 'backup'
      ? 'pg_dump --format=custom --file=otp.dump "$DATABASE_URL"'
      : 'pg_restore --clean --if-exists --dbname="$DATABASE_URL" otp.dump'
  throw new UsageError(
    `DATABASE_URL points to PostgreSQL, which has its own tools. Run this, with a URL without our options: ${line}`,
  )
}

function refuse(error: unknown): never {
  if (error instanceof StoreError) throw new UsageError(error.message)
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== undefined) throw new UsageError(`could not make the copy: ${message}`)
  throw error
}

const everyMs = 1_000

/** Prints the progress to standard error once a second. */
function showProgress(): (progress: BackupProgress) => void {
  let saidAt = performance.now()
  return ({ done, of }) => {
    if (performance.now() - saidAt < everyMs) return
    saidAt = performance.now()
    process.stderr.write(`${Math.floor((done / of) * 100)} %\n`)
  }
}
