import type { Error as ContractError, ErrorCode, ErrorDetail } from './generated/contract.ts'

/** The service answered with an error of the contract. `switch (error.code)` can be exhaustive. */
export class RisumailOtpError extends Error {
  override readonly name = 'RisumailOtpError'
  /** The HTTP status. */
  readonly status: number
  /** What happened, stable and made for programs. */
  readonly code: ErrorCode
  /** Leads to the request's line in the log of the server. */
  readonly requestId: string
  /** Comes with `VALIDATION_FAILED`, one entry for each place. */
  readonly details: ErrorDetail[] | undefined
  /** Seconds to wait; undefined when waiting does not help. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, error: ContractError) {
    super(error.message)
    this.status = status
    this.code = error.code
    this.requestId = error.requestId
    this.details = error.details
    this.retryAfterSeconds = error.retryAfterSeconds
  }
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
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined)
    this.kind = kind
    this.status = facts.status
    this.requestId = facts.requestId
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}
