import type { NodemailerError } from 'nodemailer'

/**
 * Where a conversation with a mail server stood (RFC 5321, section 3); `queue` is before it. Where it fell silent or hung up, nodemailer tells
 * less: `session` is anywhere between the connection and the mail, `envelope` between MAIL and the answer to RCPT.
 */
type Phase =
  | 'queue'
  | 'connect'
  | 'greeting'
  | 'tls'
  | 'auth'
  | 'session'
  | 'sender'
  | 'recipient'
  | 'envelope'
  | 'data'
  | 'end'

/** What the log says of a failed delivery; nothing of it is an address or the mail server's own words. */
export interface DeliveryFacts {
  /** host:port */
  route: string
  phase: Phase
  tries: number
  smtpCode?: number
  /** RFC 3463 */
  enhancedCode?: string
  /** Why the certificate was not trusted, such as CERT_HAS_EXPIRED. */
  certificateError?: string
}

type Failure = NodemailerError & { syscall?: string | undefined }

/** How far a message had got: its envelope was begun, its content was read. */
export interface Progress {
  isBegun: boolean
  isRead: boolean
}

export function factsOf(failure: Failure, progress: Progress, route: string, tries: number): DeliveryFacts {
  const { responseCode, response } = failure
  const enhancedCode = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? ''))?.[1]
  const certificateError = certificateErrorOf(failure)
  return {
    route,
    phase: phaseOf(failure, progress),
    tries,
    ...(responseCode ? { smtpCode: responseCode } : {}),
    ...(enhancedCode ? { enhancedCode } : {}),
    ...(certificateError ? { certificateError } : {}),
  }
}

// The names that OpenSSL gives to what it finds wrong with a chain, and that of Node.js for a name that does not match.
const certificateErrors =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(?:CA|PURPOSE)|ERR_TLS_CERT|HOSTNAME_MISMATCH|PATH_LENGTH)/

function certificateErrorOf({ originalCode, code }: Failure): string | undefined {
  return [originalCode, code].find((name) => certificateErrors.test(String(name)))
}

function phaseOf(failure: Failure, { isBegun, isRead }: Progress): Phase {
  if (isRead) return 'end'
  const { command = '', code, message, syscall, originalCode } = failure
  const [verb] = command.split(' ')
  switch (verb) {
    case 'MAIL':
      return 'sender'
    case 'RCPT':
      return 'recipient'
    case 'DATA':
      return 'data'
    case 'AUTH':
      return 'auth'
    case 'STARTTLS':
      return 'tls'
  }
  if (code === 'EAUTH') return 'auth'
  if (code === 'ETLS' || /TLS|SSL|certificate/i.test(message) || certificateErrorOf(failure)) return 'tls'
  const isUnconnected = syscall === 'connect' || syscall === 'getaddrinfo' || code === 'EDNS'
  if (isUnconnected || /^Connection timeout/.test(message) || originalCode === 'ECONNREFUSED')
    return 'connect'
  if (isBegun) return 'envelope'
  return failure.responseCode || /^Greeting never received/.test(message) ? 'greeting' : 'session'
}

/**
 * True if the same mail may go over another connection: nothing of it was handed over, and the mail server said no more
 * than "not now" before the mail had begun (a 4yz to the greeting, EHLO, STARTTLS or AUTH), or there was no connection.
 */
export function mayTryAgain(failure: Failure, { isRead }: Progress): boolean {
  if (isRead) return false
  const { responseCode, command = '', code, originalCode } = failure
  if (command === 'HELO') return true // the reply to EHLO, which came before, is not told
  if (responseCode) {
    return responseCode >= 400 && responseCode < 500 && !/^(?:MAIL|RCPT|DATA)/.test(command)
  }
  if (certificateErrorOf(failure) || originalCode === 'ENOTFOUND') return false
  return ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(
    String(code),
  )
}
