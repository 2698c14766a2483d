import { OtpError } from '../errors.ts'
import type { ApiError } from '../generated/contract.ts'
import { quotaHeaders } from './quota.ts'
import type { HttpContext } from './types.ts'

/** The contract's error body. */
interface ErrorBody {
  success: false
  error: ApiError
}

/** Turns any thrown value into the contract's status, headers and body. Hides the details of unknown errors. */
export function answerError(context: HttpContext, thrown: unknown): void {
  const error = thrown instanceof OtpError ? thrown : new OtpError('INTERNAL_ERROR')
  const { code, retryAfterSeconds } = error
  context.state.errorCode = code
  context.state.limit = error.limit
  context.status = error.status
  if (error.status === 401) context.set('WWW-Authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) context.set('Retry-After', String(retryAfterSeconds))
  context.set(quotaHeaders(error.quota))
  context.body = errorBody(error, context.state.requestId)
}

/** Returns the body that the caller of a failed request gets. */
export function errorBody(
  { code, message, details, retryAfterSeconds, reason, attemptsLeft }: OtpError,
  requestId: string,
): ErrorBody {
  return {
    success: false,
    error: {
      code,
      message,
      requestId,
      ...(details === undefined ? {} : { details }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(reason === undefined ? {} : { reason }),
      ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
    },
  }
}
