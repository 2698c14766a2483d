import type { ApiError, ErrorCode, ErrorDetail, ErrorReason } from './generated/contract.ts'

/** A text that an editor completes to the known ones, and that may be one that a newer server adds. */
type OrNewer<Known extends string> = Known | (string & {})

/** An error as it arrives. A newer server may have codes and reasons that this version does not know. */
export interface ReceivedError extends Omit<ApiError, 'code' | 'reason'> {
  code: OrNewer<ErrorCode>
  reason?: OrNewer<ErrorReason>
}

/** The service answered with an error of the contract. Give `switch (error.code)` a `default`: a newer server may add codes. */
export class RisumailOtpError extends Error {
  override readonly name = 'RisumailOtpError'
  /** The HTTP status. */
  readonly status: number
  /** What happened, stable and made for programs. */
  readonly code: OrNewer<ErrorCode>
  /** Leads to the request's line in the log of the server. */
  readonly requestId: string
  /** Comes with `VALIDATION_FAILED`, one entry for each place. */
  readonly details: ErrorDetail[] | undefined
  /** Seconds to wait; undefined when waiting does not help. */
  readonly retryAfterSeconds: number | undefined
  /** Why, where one code has several causes. */
  readonly reason: OrNewer<ErrorReason> | undefined
  /** How many codes the session still compares. Comes with `INVALID_CODE`. */
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

/** True for a `RisumailOtpError`, also for one of another copy of this package, which `instanceof` does not know. */
export function isRisumailOtpError(error: unknown): error is RisumailOtpError {
  return error instanceof Error && error.name === 'RisumailOtpError' && 'requestId' in error
}

/**
 * - `network`: no answer, or only the beginning of one, arrived; `cause` is what `fetch` threw
 * - `timeout`: the answer did not arrive within `timeoutMs`
 * - `unexpected-answer`: what arrived is not what the contract says, such as a proxy's error page
 */
export type TransportFailure = 'network' | 'timeout' | 'unexpected-answer'

/** There is no answer of the service. The service may or may not have done what it was asked. */
export class RisumailOtpTransportError extends Error {
  override readonly name = 'RisumailOtpTransportError'
  readonly kind: TransportFailure
  /** The HTTP status of an unexpected answer. */
  readonly status: number | undefined
  /** From the headers of an unexpected answer, if they name one. */
  readonly requestId: string | undefined
  /** From the headers of an unexpected answer, if they name it. */
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
    // Not by the constructor, since older platforms would drop it. Like theirs, it does not show in a loop.
    if ('cause' in facts)
      Object.defineProperty(this, 'cause', { value: facts.cause, configurable: true, writable: true })
    this.kind = kind
    this.status = facts.status
    this.requestId = facts.requestId
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}
