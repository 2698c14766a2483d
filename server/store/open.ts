import type { DatabaseLocation } from '../config/database.ts'
import type { Engine, StoreOptions } from './engine.ts'
import { isOpenToOthers } from './sqlite/connection.ts'
import { openSqlite } from './sqlite/engine.ts'

/** Opens the store. @throws the error that prevents this */
export async function openEngine(location: DatabaseLocation, options: StoreOptions): Promise<Engine> {
  if (location.engine === 'sqlite') {
    const { timeoutMs: busyTimeoutMs, now, onWarning, observer } = options
    const engine = openSqlite(location.path, { busyTimeoutMs, now, onWarning, observer })
    if (isOpenToOthers(location.path)) {
      onWarning?.(`${location.path} can be read by other users of this machine: run chmod 600 on it`)
    }
    return engine
  }
  // Imported only here, so that SQLite users do not wait for an unused driver.
  const { openPostgres } = await import('./postgres/engine.ts')
  return openPostgres(location, options)
}
