import { createApi, type PlainClient } from './api.ts'
import { createCall, type RequestHook, type ResponseHook, requireNumbers } from './call.ts'
import { type Environment, systemEnvironment } from './environment.ts'
import { createOperations, pathsWithSecret, type RisumailOtpClient } from './generated/operations.ts'
import { redactor } from './redact.ts'

export interface PlainClientOptions {
  /** Where the service is, such as `https://otp.acme.example`; with or without a trailing slash. */
  baseUrl: string
  /** A server key (`risu_key_…`), or a public token (`risu_otp_…`) for the instant operations. */
  token: string
  /** The analytics secret of the public token; sent only to the operations that ask for it. */
  otpSecret?: string | undefined
  /** In place of the global `fetch`, which is looked up at every call. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
}

export interface ClientOptions extends PlainClientOptions {
  /** How long one try may take, from the request to the last byte of the answer, in milliseconds. Default 30 000. */
  timeoutMs?: number | undefined
  /** How often a call is repeated by itself, where that does no harm. Default 2; 0 turns it off. */
  maxRetries?: number | undefined
  /** Sees every request before it goes out, the repeated ones too, and may change its headers. */
  onRequest?: RequestHook | undefined
  /** Sees every answer before it is read. To read the body, `clone()` it. */
  onResponse?: ResponseHook | undefined
}

const secretHeader = 'X-Otp-Secret'

/**
 * One method for each operation. A method resolves with the `data` of the answer; it rejects with a
 * `RisumailOtpError` (the service said no), a `RisumailOtpTransportError` (there is no answer of the service), or
 * the `reason` of the signal that it was given.
 * @throws {TypeError} if an option cannot be used
 */
export function createClient(options: ClientOptions): RisumailOtpClient {
  return createClientIn(systemEnvironment, options)
}

/** `createClient` with other timers, clock and dice. */
export function createClientIn(environment: Environment, options: ClientOptions): RisumailOtpClient {
  const { token, otpSecret, timeoutMs = 30_000, maxRetries = 2, onRequest, onResponse } = options
  requireNumbers({ timeoutMs, maxRetries })
  const api = createPlainClient(options)
  const redact = redactor(otpSecret === undefined ? [token] : [token, otpSecret])
  const [fetch, baseUrl] = [fetchOf(options), usableUrl(options.baseUrl)]
  const settings = { fetch, baseUrl, timeoutMs, maxRetries, onRequest, onResponse, redact, environment }
  return createOperations(createCall(api, settings))
}

/**
 * The client of openapi-fetch with the contract's types and these credentials: resolves with
 * `{ data, error, response }`, and has neither timeouts nor retries.
 * @throws {TypeError} if an option cannot be used
 */
export function createPlainClient(options: PlainClientOptions): PlainClient {
  const { baseUrl, token, otpSecret } = options
  requireHeaderValue('token', token)
  if (otpSecret !== undefined) requireHeaderValue('otpSecret', otpSecret)
  const api = createApi({
    baseUrl: usableUrl(baseUrl),
    // The API never redirects, and a redirect must not carry the credentials somewhere else.
    redirect: 'manual',
    fetch: fetchOf(options),
  })
  api.use({
    onRequest({ schemaPath, request }) {
      request.headers.set('Authorization', `Bearer ${token}`)
      if (otpSecret !== undefined && pathsWithSecret.includes(schemaPath))
        request.headers.set(secretHeader, otpSecret)
    },
  })
  return api
}

// At every call, so that what replaces the global one later is used: a mock, or the instrumentation of a tracer.
const fetchOf =
  ({ fetch }: PlainClientOptions) =>
  (request: Request) =>
    (fetch ?? globalThis.fetch)(request)

// Checked here, because the engine's own error would show the value.
function requireHeaderValue(name: string, value: unknown): void {
  if (value === undefined || value === null || value === '') throw new TypeError(`${name} is missing`)
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new TypeError(`${name} must be printable ASCII without spaces`)
  }
}

// By a pattern, because the `URL` of React Native cannot be asked for its parts.
const plainUrl = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/i

function usableUrl(baseUrl: unknown): string {
  const text = String(baseUrl)
  if (!plainUrl.test(text) || !isUrl(text)) {
    throw new TypeError('baseUrl must be an http or https URL without credentials, query and fragment')
  }
  return text.replace(/\/+$/, '')
}

function isUrl(text: string): boolean {
  try {
    return new URL(text) !== undefined
  } catch {
    return false
  }
}
