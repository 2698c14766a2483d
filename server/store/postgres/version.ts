import type pg from 'pg'
import { StoreError } from '../engine.ts'

const oldestVersion = 130_000

/** Closes the pool and throws if the database cannot be used. @throws {StoreError} */
export async function checkVersion(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query("select current_setting('server_version_num')::integer as version")
    const { version } = rows[0] as { version: number }
    if (version >= oldestVersion) return
    throw new StoreError(
      `PostgreSQL ${Math.floor(version / 10_000)} is too old: version 13 or later is required`,
    )
  } catch (cause) {
    await pool.end()
    if (cause instanceof StoreError) throw cause
    throw new StoreError(inWords(cause as Error & { code?: string }), { cause })
  }
}

/** Explains why the database cannot be used. The driver's own messages contain no password. */
function inWords({ code, message }: Error & { code?: string }): string {
  switch (code) {
    case '28P01':
    case '28000':
      return 'PostgreSQL rejected the user or password'
    case '3D000':
      return 'PostgreSQL has no database with that name'
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `PostgreSQL cannot be reached at that host and port (${code})`
    default:
      return message
  }
}
