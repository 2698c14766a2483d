import { OtpError } from '../../errors.ts'

// SQLSTATE classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const lostConnection = /^(?:08...|57P0[1235])$/
const lostSocket =
  /^(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
// The driver says these in words only.
const lostInWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end|The server does not support SSL)/
// Full, too many connections, no lock or no answer in time, read-only, a failing disk, a login or a database that went away.
const troubled = /^(?:53...|55000|55P03|57014|25006|58...|28...|3D000|XX00[012])$/
const readOnly = '25006'
const mustRepeat = /^40(?:001|P01)$/

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code)
const messageOf = (error: unknown) => String((error as { message?: unknown } | null)?.message)

/** True if the connection is gone, so that the outcome of a commit under way is not known. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error)
  return lostConnection.test(code) || lostSocket.test(code) || lostInWords.test(messageOf(error))
}

/** True if the connection must not be used again: it is gone, or leads to a server that only reads. */
export function isUselessAfter(error: unknown): boolean {
  return isLostConnection(error) || codeOf(error) === readOnly
}

/** True if the server took everything back because steps met, and asks for the whole step once more. */
export function isConflict(error: unknown): boolean {
  return mustRepeat.test(codeOf(error))
}

/** SERVICE_UNAVAILABLE for an error that speaks of the store; any other error stays what it is. */
export function asTrouble(error: unknown): unknown {
  const isTrouble = isLostConnection(error) || isConflict(error) || troubled.test(codeOf(error))
  return isTrouble ? new OtpError('SERVICE_UNAVAILABLE', { cause: error }) : error
}
