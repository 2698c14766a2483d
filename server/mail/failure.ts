import type { NodemailerError } from 'nodemailer'
import type { Delivery, DeliveryPhase, DeliveryProblem } from '../otp/delivery.ts'
import { deliveryProblems } from './problems.ts'

type Failure = NodemailerError & { syscall?: string | undefined }

/** How far a message got: whether its envelope was started, and whether its content was read. */
export interface Progress {
  isBegun: boolean
  isRead: boolean
  /** The times of both, from `performance.now()`. */
  begunAt?: number | undefined
  readAt?: number | undefined
}

/** Returns the facts about a failed delivery. @param hasLogin whether we log in */
export function failedDelivery(
  failure: Failure,
  progress: Progress,
  { route, tries, hasLogin }: Pick<Delivery, 'route' | 'tries'> & { hasLogin: boolean },
): Delivery {
  const { responseCode, response } = failure
  const enhancedCode = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? ''))?.[1]
  const errorCode = responseCode ? undefined : (certificateErrorOf(failure) ?? systemErrorOf(failure))
  const phase = phaseOf(failure, progress)
  const problem = problemOf(failure, phase, enhancedCode, hasLogin)
  return {
    route,
    phase,
    tries,
    ...withProblem(problem),
    ...(responseCode ? { smtpCode: responseCode } : {}),
    ...(enhancedCode ? { enhancedCode } : {}),
    ...(errorCode ? { errorCode } : {}),
  }
}

/** Returns a problem with the fields that follow from it. */
export function withProblem(problem: DeliveryProblem): Pick<Delivery, 'problem' | 'reason' | 'mayRetry'> {
  const { reason, mayRetry } = deliveryProblems[problem]
  return { problem, reason, mayRetry }
}

function problemOf(
  failure: Failure,
  phase: DeliveryPhase,
  enhancedCode: string | undefined,
  hasLogin: boolean,
): DeliveryProblem {
  const { responseCode = 0, originalCode } = failure
  if (certificateErrorOf(failure)) return 'certificate-untrusted'
  // RFC 4954, section 6: 530 asks for a login. Relays use 5.7.0 and 5.7.1 when they refuse to relay without a login.
  const wantsLogin = responseCode === 530 || (!hasLogin && /^5\.7\.[01]$/.test(enhancedCode ?? ''))
  if (wantsLogin && ['sender', 'recipient', 'data'].includes(phase)) return 'login-missing'
  if (responseCode >= 400 && responseCode < 500 && phase !== 'greeting') return 'refused-for-now'
  switch (phase) {
    case 'queue':
      return 'no-connection-free'
    case 'connect':
      return originalCode === 'ENOTFOUND' ? 'host-unknown' : 'unreachable'
    case 'greeting':
      return 'not-ready'
    case 'tls':
      return 'tls-failed'
    case 'auth':
      return 'login-refused'
    case 'sender':
      return 'sender-refused'
    case 'recipient':
      return 'recipient-refused'
    case 'data':
      return 'message-refused'
    case 'end':
      return isRefusal(failure) ? 'message-refused' : 'outcome-unknown'
    default:
      return 'hung-up'
  }
}

// RFC 5321, section 4.2.1: only 4yz and 5yz mean that the server takes no responsibility for the email.
export function isRefusal({ responseCode = 0 }: Pick<Failure, 'responseCode'>): boolean {
  return responseCode >= 400 && responseCode <= 599
}

/** Returns the system error, such as ECONNREFUSED. Nodemailer's own names say no more than the phase does. */
function systemErrorOf({ originalCode, syscall, code }: Failure): string | undefined {
  const found = originalCode ?? (syscall === undefined ? undefined : code)
  return /^E[A-Z_]{2,20}$/.test(String(found)) ? found : undefined
}

// OpenSSL's names for problems with a certificate chain, and Node.js's name for a host name that does not match.
const certificateErrors =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(?:CA|PURPOSE)|ERR_TLS_CERT|HOSTNAME_MISMATCH|PATH_LENGTH)/

function certificateErrorOf({ originalCode, code }: Failure): string | undefined {
  return [originalCode, code].find((name) => certificateErrors.test(String(name)))
}

function phaseOf(failure: Failure, { isBegun, isRead }: Progress): DeliveryPhase {
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
 * True if we may try the same email on another connection. This requires that none of its content was sent. Also, there
 * must have been no connection, or the mail server must have said "not now" before the email began: a 4yz to the
 * greeting, EHLO, STARTTLS or AUTH.
 */
export function mayTryAgain(failure: Failure, { isRead }: Progress): boolean {
  if (isRead) return false
  const { responseCode, command = '', code, originalCode } = failure
  if (command === 'HELO') return true // nodemailer does not report the earlier reply to EHLO
  if (responseCode) {
    return responseCode >= 400 && responseCode < 500 && !/^(?:MAIL|RCPT|DATA)/.test(command)
  }
  if (certificateErrorOf(failure) || originalCode === 'ENOTFOUND') return false
  return ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(
    String(code),
  )
}
