import type { DatabaseLocation } from '../config/database.ts'
import type { Engine } from './engine.ts'
import { openSqlite } from './sqlite/engine.ts'

export interface StoreOptions {
  /** How long a step waits for others, in milliseconds. */
  timeoutMs?: number | undefined
  /** Stands in for the store's own clock. */
  now?: (() => number) | undefined
  /** Hears of connections that broke while nobody used them. */
  onTrouble?: ((error: Error) => void) | undefined
}

/** Opens the store. @throws whatever keeps it from being opened */
export async function openEngine(location: DatabaseLocation, options: StoreOptions): Promise<Engine> {
  if (location.engine === 'sqlite') {
    return openSqlite(location.path, { busyTimeoutMs: options.timeoutMs, now: options.now })
  }
  // Only here, so that nobody waits for a driver that is not used.
  const { openPostgres } = await import('./postgres/engine.ts')
  return openPostgres(location, options)
}
