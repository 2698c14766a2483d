import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import type { DatabaseLocation } from '../../config/database.ts'

export type PostgresLocation = Extract<DatabaseLocation, { engine: 'postgres' }>

// Each is set on purpose. By default, the driver waits forever for a connection, and the server for a lock.
const connectMs = 5_000
const statementMs = 8_000
const idleInTransactionMs = 10_000
// The last resort, for a network that silently drops all packets.
const answerMs = 12_000

const bigint = 20

/** @param lockMs how long a statement waits for a lock */
export function createPool(
  location: PostgresLocation,
  lockMs: number,
  onTrouble: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({
    host: location.host,
    port: location.port,
    database: location.database,
    user: location.user,
    password: location.password,
    ssl: tlsOf(location),
    max: location.poolSize,
    application_name: 'risumail-otp',
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    // The driver sends every query of a trip before the first answer arrives.
    pipeline: true,
    // The driver returns bigint as text, but every count and time fits into a number.
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === bigint ? Number : pg.types.getTypeParser(oid, format as never),
    } as pg.CustomTypesConfig,
    // A pooler between us and the server does not keep settings of a connection. With one, each step sets them itself.
    ...(location.isPrepared && {
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
    }),
  })
  // Without these listeners, a connection that breaks, idle or in use, ends the process.
  pool.on('error', onTrouble)
  pool.on('connect', (client) => client.on('error', onTrouble))
  return pool
}

/** Sets the same timeouts for one transaction. */
export function localSettings(lockMs: number): { text: string; values: unknown[] } {
  return {
    text: `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
      set_config('idle_in_transaction_session_timeout', $3, true)`,
    values: [statementMs, lockMs, idleInTransactionMs].map(String),
  }
}

function tlsOf({ sslMode, sslRootCertificate }: PostgresLocation): ConnectionOptions | false {
  if (sslMode === 'disable') return false
  const authority = sslRootCertificate === undefined ? {} : { ca: readFileSync(sslRootCertificate, 'utf8') }
  return { rejectUnauthorized: sslMode === 'verify-full', ...authority }
}
