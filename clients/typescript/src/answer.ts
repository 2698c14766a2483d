import { type ReceivedError, RisumailOtpError, RisumailOtpTransportError } from './errors.ts'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/**
 * Returns the `data` of a response.
 * @param redact removes the credentials from a text that the server sent
 * @throws {RisumailOtpError} if the response is an error that the contract defines
 * @throws {RisumailOtpTransportError} `unexpected-answer` if the response does not match the contract
 */
export function dataOf(
  response: Response,
  body: unknown,
  now: number,
  redact: (text: string) => string,
): unknown {
  if (response.ok && isFields(body) && body['success'] === true && isFields(body['data'])) return body['data']
  const error = isFields(body) && body['success'] === false ? body['error'] : undefined
  if (!response.ok && isReceivedError(error)) {
    throw new RisumailOtpError(response.status, {
      ...error,
      message: redact(error.message),
      ...(Array.isArray(error.details)
        ? {
            details: error.details.map(({ path, message }) => ({
              path: redact(path),
              message: redact(message),
            })),
          }
        : {}),
    })
  }
  throw new RisumailOtpTransportError(
    'unexpected-answer',
    `The response (status ${response.status}) does not come from the RisuMail OTP API. Check baseUrl, and check for a proxy in between.`,
    {
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
      retryAfterSeconds: secondsOf(response.headers.get('retry-after'), now),
    },
  )
}

// Also accepts a code that this version does not know: a newer server may add some.
function isReceivedError(error: unknown): error is ReceivedError {
  return (
    isFields(error) &&
    typeof error['code'] === 'string' &&
    typeof error['message'] === 'string' &&
    typeof error['requestId'] === 'string'
  )
}

/** Returns the seconds from either form of `Retry-After` (RFC 9110, section 10.2.3), or undefined if it has neither. */
function secondsOf(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined
}
