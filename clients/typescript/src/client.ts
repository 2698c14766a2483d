import createOpenapiFetch, { type Client } from 'openapi-fetch'
import { createCall } from './call.ts'
import { type Environment, systemEnvironment } from './environment.ts'
import type { paths } from './generated/contract.ts'
import { createOperations, pathsWithSecret, type RisumailOtpClient } from './generated/operations.ts'

export interface PlainClientOptions {
  /** Where the service is, such as `https://otp.acme.example`; with or without a trailing slash. */
  baseUrl: string
  /** A server key (`risu_key_…`), or a public token (`risu_otp_…`) for the instant operations. */
  token: string
  /** The analytics secret of the public token; sent only to the operation that asks for it. */
  otpSecret?: string | undefined
  /** In place of the global `fetch`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
}

export interface ClientOptions extends PlainClientOptions {
  /** How long one try may take, from the request to the last byte of the answer. Default 30 000. */
  timeoutMs?: number | undefined
  /** How often a call is repeated by itself, where that does no harm. Default 2; 0 turns it off. */
  maxRetries?: number | undefined
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
  const { token, otpSecret, fetch = globalThis.fetch, timeoutMs = 30_000, maxRetries = 2 } = options
  if (!(timeoutMs > 0)) throw new TypeError('timeoutMs must be a number above 0')
  if (!(maxRetries >= 0)) throw new TypeError('maxRetries must be a number from 0')
  const redact = (text: string) =>
    [token, otpSecret ?? token].reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)
  return createOperations(
    createCall(createPlainClient(options), { fetch, timeoutMs, maxRetries, redact, environment }),
  )
}

/**
 * The client of openapi-fetch with the contract's types and these credentials: resolves with
 * `{ data, error, response }`, and has neither timeouts nor retries.
 * @throws {TypeError} if an option cannot be used
 */
export function createPlainClient({ baseUrl, token, otpSecret, fetch }: PlainClientOptions): Client<paths> {
  requireHeaderValue('token', token)
  if (otpSecret !== undefined) requireHeaderValue('otpSecret', otpSecret)
  const api = createOpenapiFetch<paths>({
    baseUrl: usableUrl(baseUrl),
    headers: { Authorization: `Bearer ${token}` },
    // The API never redirects, and a redirect must not carry the credentials somewhere else.
    redirect: 'manual',
    ...(fetch === undefined ? {} : { fetch }),
  })
  if (otpSecret !== undefined) {
    api.use({
      onRequest({ schemaPath, request }) {
        if (pathsWithSecret.includes(schemaPath)) request.headers.set(secretHeader, otpSecret)
      },
    })
  }
  return api
}

// Checked here, because the engine's own error would show the value.
function requireHeaderValue(name: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new TypeError(`${name} must be printable ASCII without spaces`)
  }
}

function usableUrl(baseUrl: unknown): string {
  const url = URL.canParse(String(baseUrl)) ? new URL(String(baseUrl)) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError('baseUrl must be an http or https URL without credentials, query and fragment')
  }
  return url.href.replace(/\/+$/, '')
}
