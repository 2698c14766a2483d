import type { DatabaseLocation } from './config/database.ts'
import { ConfigError } from './config.ts'
import type { Logger } from './log.ts'
import type { Clock } from './otp/ports.ts'
import { createCredentialStore } from './store/credentials.ts'
import { type Engine, StoreError, type StoreObserver } from './store/engine.ts'
import { openEngine } from './store/open.ts'
import { createSessionStore } from './store/sessions.ts'

// Separate from app.ts, so that a command that needs only the store does not load the whole server.

export interface StoreAccess {
  log: Logger
  /** The setting that contains the location, for messages. */
  named?: string | undefined
  storeTimeoutMs?: number | undefined
  now?: Clock | undefined
  observer?: StoreObserver | undefined
}

/** Opens the store and brings its schema up to date. @throws {ConfigError} if it cannot be used */
export async function openStore(location: DatabaseLocation, options: StoreAccess) {
  const engine = await openWith(location, options)
  const { log, named } = options
  const migrated = await usable(engine, () => engine.migrate(), named)
  if (migrated.length > 0) log.info({ migrated }, 'store migrated')
  return { migrated, ...onEngine(engine) }
}

const onEngine = (engine: Engine) => ({
  engine,
  sessions: createSessionStore(engine),
  credentials: createCredentialStore(engine),
})

/** Returns the same store on another engine, such as one that records traces. */
export function withEngine(store: Awaited<ReturnType<typeof openStore>>, engine: Engine) {
  return { ...store, ...onEngine(engine) }
}

/** Opens the store without migrating it. @throws {ConfigError} if it is not of this version */
export async function openStoreAsItIs(location: DatabaseLocation, options: StoreAccess) {
  const engine = await openWith(location, options)
  const pending = await usable(engine, () => engine.pendingMigrations())
  if (pending.length > 0) {
    await engine.close()
    throw new ConfigError(
      'DATABASE_URL points to a store that is new or from an older version: run risumail-otp migrate first',
    )
  }
  return { engine, credentials: createCredentialStore(engine) }
}

/** Opens a store of any version. @returns the store, or a sentence that says why it cannot be used */
export async function openForDoctor(location: DatabaseLocation, log: Logger) {
  try {
    const engine = await openWith(location, { log })
    return { engine, credentials: createCredentialStore(engine) }
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

async function openWith(
  location: DatabaseLocation,
  { log, storeTimeoutMs, now, named, observer }: StoreAccess,
): Promise<Engine> {
  const onTrouble = (error: Error) => log.warn({ err: error }, 'lost a connection to the store')
  try {
    const onWarning = (warning: string) => log.warn(warning)
    return await openEngine(location, { timeoutMs: storeTimeoutMs, now, onTrouble, onWarning, observer })
  } catch (cause) {
    throw unusable(cause, named)
  }
}

/** Calls `ask`, and closes the store if that fails. */
async function usable<T>(engine: Engine, ask: () => Promise<T>, named?: string): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    await engine.close()
    throw cause instanceof StoreError ? unusable(cause, named) : cause
  }
}

function unusable(cause: unknown, named = 'DATABASE_URL'): ConfigError {
  return new ConfigError(`${named} points to a store that cannot be used: ${(cause as Error).message}`, {
    cause,
  })
}
