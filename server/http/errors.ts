import type { ErrorObject } from 'ajv'
import { usualSpelling } from '../address.ts'
import { OtpError } from '../errors.ts'
import type { Error as ContractError, ErrorDetail } from '../generated/contract.ts'
import { pointer } from './input.ts'
import { quotaHeaders } from './quota.ts'
import type { HttpContext } from './types.ts'

/** The contract's error body. */
interface ErrorBody {
  success: false
  error: ContractError
}

/** Turns whatever was thrown into the contract's status, headers and body; nothing unknown shows through. */
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

/** What the caller of a failed request reads. */
export function errorBody(
  { code, message, details, retryAfterSeconds }: OtpError,
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
    },
  }
}

// More than a person reads at once; a request may hold thousands of places.
const mostDetails = 20

/** What the schema found wrong, one entry for each place, in words for people; of many places the first. */
export function validationFailed(errors: readonly ErrorObject[]): OtpError {
  const details = new Map<string, ErrorDetail>()
  for (const error of errors) {
    const path = placeOf(error)
    if (details.size === mostDetails && !details.has(path)) continue
    // A format says more about the same text than the pattern that comes with it for simpler tools.
    if (!details.has(path) || error.keyword === 'format') details.set(path, { path, message: inWords(error) })
  }
  return new OtpError('VALIDATION_FAILED', { details: [...details.values()] })
}

function notAnAddress(data: unknown): string {
  const usual = usualSpelling(String(data))
  return usual === undefined
    ? 'must be exactly one email address'
    : `must have its domain in the usual spelling, ${usual}`
}

function placeOf({ instancePath, params }: ErrorObject): string {
  const place = instancePath.replace(/^\/(?:requestBody|query|header)(?=\/|$)/, '')
  const name: unknown = params['missingProperty'] ?? params['additionalProperty']
  return typeof name === 'string' && name !== 'requestBody' ? place + pointer([name]) : place
}

function inWords({ keyword, params, message, data }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is required'
    case 'additionalProperties':
      return 'is not a field of this request'
    case 'format':
      return params['format'] === 'idn-email' ? notAnAddress(data) : `must be a ${params['format']}`
    case 'pattern':
      return 'holds something that is not allowed here'
    default:
      return message ?? 'is not valid'
  }
}
