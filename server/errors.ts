import type { ErrorCode, ErrorDetail, ErrorReason } from './generated/contract.ts'

/** What is left of a limit: `remaining` of `max` in a window of `windowMs`. One more becomes free in `resetMs`. */
export interface Quota {
  max: number
  windowMs: number
  remaining: number
  resetMs: number
}

interface ErrorKind {
  status: number
  /** The default sentence for the caller. Code that throws may replace it with a better one. */
  message: string
  /** Seconds until a retry makes sense, if that does not depend on the request. */
  retryAfterSeconds?: number
}

/** Every error code of the contract with its status and default sentence. If one is missing, this does not compile. */
const errorKinds: Record<ErrorCode, ErrorKind> = {
  VALIDATION_FAILED: { status: 400, message: 'The request is not valid. See details for each error.' },
  INVALID_CODE: { status: 400, message: 'The code or the email address does not match this session.' },
  UNAUTHORIZED: { status: 401, message: 'The credential is missing, unknown, expired or revoked.' },
  SCOPE_REQUIRED: { status: 403, message: 'This operation needs a server key with the scope server_otp.' },
  OTP_PUBLIC_IP_NOT_ALLOWED: {
    status: 403,
    message: 'Your network address is not on the allowlist of this public token.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    message: 'The origin of this page is not on the allowlist of this public token.',
  },
  FROM_NOT_ALLOWED: { status: 403, message: 'This credential may not send from that address.' },
  SESSION_NOT_FOUND: {
    status: 404,
    message: 'No open session has this id. It may have expired or been used. Send a new code.',
  },
  NOT_FOUND: { status: 404, message: 'Nothing is served at this path.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'This path does not support that method. See the Allow header.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    message: 'The first send with this Idempotency-Key is still in progress. Try again shortly.',
    retryAfterSeconds: 1,
  },
  SESSION_CLOSED: { status: 409, message: 'This session is verified, so it cannot be canceled.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request body is larger than 16 KiB.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Send the request body as JSON with Content-Type: application/json.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: 'This Idempotency-Key was used for another request. Use a new key for every new send.',
  },
  OTP_RATE_LIMITED: {
    status: 429,
    message: 'Too many codes were requested. Wait before you request another one.',
  },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many codes were requested. Wait before you request another one.',
  },
  INTERNAL_ERROR: { status: 500, message: 'Something failed on our side. Please report the request id.' },
  SMTP_DELIVERY_FAILED: {
    status: 502,
    message: 'The mail server did not accept the email. Check the address or try again later.',
  },
  SMTP_NOT_CONFIGURED: {
    status: 503,
    message: 'This server has no SMTP route, so it cannot send email. Its operator must set SMTP_URL.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: 'The service cannot reach its store right now. Try again shortly.',
    retryAfterSeconds: 5,
  },
}

interface OtpErrorOptions {
  message?: string
  details?: ErrorDetail[]
  retryAfterSeconds?: number
  /** The reason, if the code alone does not say it. */
  reason?: ErrorReason
  /** How many more codes can be tried in the session. */
  attemptsLeft?: number | undefined
  /** What is left of the credential's own limit, if it was checked. */
  quota?: Quota | undefined
  /** The limit that refused, under the name that the operator knows. Logged, never shown to the caller. */
  limit?: string | undefined
  /** The known facts about a failed delivery. Logged, never shown to the caller. */
  delivery?: object | undefined
  /** The session that the error is about. Logged. */
  sessionId?: string | undefined
  /** The refused credential and the reason. Logged, never shown to the caller. */
  refused?: { credentialId?: string | undefined; why: string } | undefined
  /** The underlying error. Logged, never shown to the caller. */
  cause?: unknown
}

/** The only error that the rules throw. `http/` turns it into the contract's error body. */
export class OtpError extends Error {
  override readonly name = 'OtpError'
  readonly code: ErrorCode
  readonly details: ErrorDetail[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly reason: ErrorReason | undefined
  readonly attemptsLeft: number | undefined
  readonly quota: Quota | undefined
  readonly limit: string | undefined
  readonly delivery: object | undefined
  readonly sessionId: string | undefined
  readonly refused: OtpErrorOptions['refused']

  constructor(code: ErrorCode, options: OtpErrorOptions = {}) {
    super(options.message ?? errorKinds[code].message, { cause: options.cause })
    this.code = code
    this.details = options.details
    this.reason = options.reason
    this.attemptsLeft = options.attemptsLeft
    this.quota = options.quota
    this.limit = options.limit
    this.delivery = options.delivery
    this.sessionId = options.sessionId
    this.refused = options.refused
    this.retryAfterSeconds = options.retryAfterSeconds ?? errorKinds[code].retryAfterSeconds
  }

  get status(): number {
    return errorKinds[this.code].status
  }
}

/** The error for a request that breaks the schema at one place. The path is a JSON Pointer (RFC 6901). */
export function invalidRequest(path: string, message: string): OtpError {
  return new OtpError('VALIDATION_FAILED', { details: [{ path, message }] })
}
