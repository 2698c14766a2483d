import { type BigIntStats, statSync } from 'node:fs'
import { OtpError } from '../../errors.ts'

/**
 * In WAL mode, SQLite keeps writing to a file that was moved, replaced or deleted. The commits that it then
 * acknowledges are lost with the process.
 * @returns a function that throws SERVICE_UNAVAILABLE if the path has another file or none, or cannot be checked
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
