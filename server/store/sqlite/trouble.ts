import { OtpError } from '../../errors.ts'

// SQLite result codes (https://www.sqlite.org/rescode.html) for problems with the store, not with the statement.
const busy = /^SQLITE_(?:BUSY|LOCKED)/
const troubled =
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM|CORRUPT|NOTADB|PERM|AUTH|INTERRUPT)/
const closed = /connection is not open$/

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code)

/** True if another process holds the lock. The same call may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  return busy.test(codeOf(error))
}

/** Returns SERVICE_UNAVAILABLE for an error of the store itself. Returns any other error unchanged. */
export function asTrouble(error: unknown): unknown {
  const isTrouble = troubled.test(codeOf(error)) || closed.test(String((error as Error | null)?.message))
  return isTrouble ? new OtpError('SERVICE_UNAVAILABLE', { cause: error }) : error
}
