import { OtpError } from '../../errors.ts'

// SQLSTATE classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const lostConnection = /^(?:08...|57P0[1235])$/
const lostSocket =
  /^(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
// The driver reports these only as text, without a code.
const lostInWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end|The server does not support SSL)/
// Full disk, too many connections, lock or statement timeout, read-only, disk failure, refused login, missing database.
const troubled = /^(?:53...|55000|55P03|57014|25006|58...|28...|3D000|XX00[012])$/
const readOnly = '25006'
const mustRepeat = /^40(?:001|P01)$/

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code)
const messageOf = (error: unknown) => String((error as { message?: unknown } | null)?.message)

/** True if the connection is gone. The outcome of a running commit is then unknown. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error)
  return lostConnection.test(code) || lostSocket.test(code) || lostInWords.test(messageOf(error))
}

/** True if the connection must not be used again: it is gone, or its server is read-only. */
export function isUselessAfter(error: unknown): boolean {
  return isLostConnection(error) || codeOf(error) === readOnly
}

/** True if the server rolled back because steps conflicted. The whole step must run again. */
export function isConflict(error: unknown): boolean {
  return mustRepeat.test(codeOf(error))
}

/** Returns SERVICE_UNAVAILABLE for an error of the store itself. Returns any other error unchanged. */
export function asTrouble(error: unknown): unknown {
  const isTrouble = isLostConnection(error) || isConflict(error) || troubled.test(codeOf(error))
  return isTrouble ? new OtpError('SERVICE_UNAVAILABLE', { cause: error }) : error
}
