import { createApi, type PlainClient } from './api.ts'
import { createCall, type RequestHook, type ResponseHook, requireNumbers } from './call.ts'
import { type Environment, systemEnvironment } from './environment.ts'
import { createOperations, pathsWithSecret, type RisumailOtpClient } from './generated/operations.ts'
import { redactor } from './redact.ts'

export interface PlainClientOptions {
  /** The URL of the service, such as `https://otp.acme.example`. A trailing slash makes no difference. */
  baseUrl: string
  /** A server key (`risu_key_…`), or a public token (`risu_otp_…`) for the instant operations except cancel. */
  token: string
  /** The analytics secret of the public token. The client sends it only to the operations that require it. */
  otpSecret?: string | undefined
  /** Replaces the global `fetch`. Without this option, the client looks up the global `fetch` on every call. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
}

export interface ClientOptions extends PlainClientOptions {
  /** Time limit for one attempt, in milliseconds, from the request to the last byte of the response. Default 30 000. */
  timeoutMs?: number | undefined
  /** How many times the client may retry a call. It retries only if that is safe. Default 2; 0 turns retries off. */
  maxRetries?: number | undefined
  /** Called before each request goes out, retries included. It may change the request's headers. */
  onRequest?: RequestHook | undefined
  /** Called for each response before the client reads it. To read the body, `clone()` the response. */
  onResponse?: ResponseHook | undefined
}

const secretHeader = 'X-Otp-Secret'

/**
 * Creates a client with one method for each operation. A method resolves with the `data` of the response. It rejects
 * with a `RisumailOtpError` if the service refused, with a `RisumailOtpTransportError` if no valid response arrived,
 * or with the `reason` of your signal if you aborted the call.
 * @throws {TypeError} if an option is not valid
 */
export function createClient(options: ClientOptions): RisumailOtpClient {
  return createClientIn(systemEnvironment, options)
}

/** `createClient` with replaceable timers, clock and random numbers. */
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
 * Creates the openapi-fetch client with the contract's types and your credentials. Its methods resolve with
 * `{ data, error, response }`. They have no timeouts and no retries.
 * @throws {TypeError} if an option is not valid
 */
export function createPlainClient(options: PlainClientOptions): PlainClient {
  const { baseUrl, token, otpSecret } = options
  requireHeaderValue('token', token)
  if (otpSecret !== undefined) requireHeaderValue('otpSecret', otpSecret)
  const api = createApi({
    baseUrl: usableUrl(baseUrl),
    // The API never redirects, and a redirect must not carry the credentials to another place.
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

// Looked up on every call, so that a later replacement of the global `fetch` works: a mock, or a tracer's hook.
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

// A pattern, because the `URL` of React Native cannot return its parts.
const plainUrl = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/i

function usableUrl(baseUrl: unknown): string {
  const text = String(baseUrl)
  if (!plainUrl.test(text) || !isUrl(text)) {
    throw new TypeError('baseUrl must be an http or https URL without credentials, query or fragment')
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
