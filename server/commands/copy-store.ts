import type { Command } from 'commander'
import { type DatabaseLocation, parseDatabaseUrl } from '../config/database.ts'
import type { Environment } from '../config/variables.ts'
import { ConfigError, loadDatabase } from '../config.ts'
import { createLogger } from '../log.ts'
import { openStore, openStoreAsItIs } from '../open-store.ts'
import { type CopyProgress, copyStore } from '../store/copy.ts'
import { StoreError } from '../store/engine.ts'
import { print } from './output.ts'

interface CopyOptions {
  to: string
  json?: true
}

/** Adds `copy-store`, for moving from one database to another. */
export function addCopyCommand(program: Command, environment: Environment): void {
  program
    .command('copy-store')
    .description('copy everything from DATABASE_URL into an empty store; stop the servers first')
    .requiredOption('--to <url>', 'target store: postgres://… or sqlite:PATH')
    .option('--json', 'print one JSON object')
    .action(async ({ to, json }: CopyOptions) => {
      const location = locationOf(to)
      const log = createLogger('warn')
      const source = await openStoreAsItIs(loadDatabase(environment), { log })
      try {
        const target = await openStore(location, { log, named: '--to' })
        try {
          const copied = await copyStore(source.engine, target.engine, showProgress()).catch(refuse)
          print(json, { copied }, () => `Copied: ${inWords(copied)}. Set DATABASE_URL to the copy.`)
        } finally {
          await target.engine.close()
        }
      } finally {
        await source.engine.close()
      }
    })
}

/** This is not the option's parser, because Commander would print the value, which may contain a password. */
function locationOf(to: string): DatabaseLocation {
  try {
    return parseDatabaseUrl(to)
  } catch (error) {
    throw new ConfigError(`--to ${(error as Error).message}`)
  }
}

function refuse(error: unknown): never {
  if (error instanceof StoreError)
    throw new ConfigError(`--to points to a store that cannot be used: ${error.message}`)
  throw error
}

function inWords(copied: Record<string, number>): string {
  return Object.entries(copied)
    .map(([table, rows]) => `${rows} ${table.replaceAll('_', ' ')}`)
    .join(', ')
}

const everyMs = 1_000

/** Prints the progress to standard error once a second. */
function showProgress(): (progress: CopyProgress) => void {
  let saidAt = performance.now()
  return ({ table, copied, of }) => {
    if (performance.now() - saidAt < everyMs) return
    saidAt = performance.now()
    process.stderr.write(`${table}: ${copied} of ${of}\n`)
  }
}
