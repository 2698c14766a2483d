import { type BigIntStats, statSync } from 'node:fs'
import { OtpError } from '../../errors.ts'

/**
 * In WAL mode SQLite goes on writing to a file that was moved away, replaced or deleted, and what it would acknowledge
 * then is lost with the process.
 * @returns what throws SERVICE_UNAVAILABLE while the file is not the one at that path now, or cannot be looked at
 */
export function placeOf(path: string): () => void {
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
