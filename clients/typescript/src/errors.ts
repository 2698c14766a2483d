import type { ApiError, ErrorCode, ErrorDetail, ErrorReason } from './generated/contract.ts'

/** Any text. Editors suggest the known values. A newer server may add others. */
type OrNewer<Known extends string> = Known | (string & {})

/** An error as the server sent it. A newer server may use codes and reasons that this version does not know. */
export interface ReceivedError extends Omit<ApiError, 'code' | 'reason'> {
  code: OrNewer<ErrorCode>
  reason?: OrNewer<ErrorReason>
}

/**
 * The service answered with an error that the contract defines. Add a `default` to `switch (error.code)`: a newer
 * server may add codes.
 */
export class RisumailOtpError extends Error {
  override readonly name = 'RisumailOtpError'
  /** The HTTP status. */
  readonly status: number
  /** The kind of error. Codes are stable, so your program can rely on them. */
  readonly code: OrNewer<ErrorCode>
  /** The ID of the request. Use it to find the request in the server's log. */
  readonly requestId: string
  /** Set with `VALIDATION_FAILED`: one entry for each field that is not valid. */
  readonly details: ErrorDetail[] | undefined
  /** How many seconds to wait before you try again. Undefined if waiting does not help. */
  readonly retryAfterSeconds: number | undefined
  /** The cause of the error, if its code has several possible causes. */
  readonly reason: OrNewer<ErrorReason> | undefined
  /** How many more attempts the session allows. Set with `INVALID_CODE`. */
  readonly attemptsLeft: number | undefined

  constructor(status: number, error: ReceivedError) {
    super(error.message)
    this.status = status
    this.code = error.code
    this.requestId = error.requestId
    this.details = error.details
    this.retryAfterSeconds = error.retryAfterSeconds
    this.reason = error.reason
    this.attemptsLeft = error.attemptsLeft
  }
}

/** True for any `RisumailOtpError`, even one from another copy of this package, which `instanceof` would miss. */
export function isRisumailOtpError(error: unknown): error is RisumailOtpError {
  return error instanceof Error && error.name === 'RisumailOtpError' && 'requestId' in error
}

/**
 * - `network`: no response arrived, or only part of one; `cause` is the error that `fetch` threw
 * - `timeout`: the response did not arrive within `timeoutMs`
 * - `unexpected-answer`: the response does not match the contract; it may be a proxy's error page, for example
 */
export type TransportFailure = 'network' | 'timeout' | 'unexpected-answer'

/** No valid response arrived. The service may or may not have carried out the request. */
export class RisumailOtpTransportError extends Error {
  override readonly name = 'RisumailOtpTransportError'
  readonly kind: TransportFailure
  /** The HTTP status of the unexpected response. */
  readonly status: number | undefined
  /** The request ID from the headers of the unexpected response, if there is one. */
  readonly requestId: string | undefined
  /** The seconds from the `Retry-After` header of the unexpected response, if there is one. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: TransportFailure,
    message: string,
    facts: {
      cause?: unknown
      status?: number
      requestId?: string | undefined
      retryAfterSeconds?: number | undefined
    } = {},
  ) {
    super(message)
    // Not passed to the constructor: older platforms drop it there. Like the built-in one, it is not enumerable.
    if ('cause' in facts)
      Object.defineProperty(this, 'cause', { value: facts.cause, configurable: true, writable: true })
    this.kind = kind
    this.status = facts.status
    this.requestId = facts.requestId
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}
