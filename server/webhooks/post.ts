import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import type { Reach } from './networks.ts'

/** The answer of a receiver, or the reason why there is none. */
export type Answer =
  | { status: number; retryAfterMs: number | undefined; text: string }
  /** One word, such as `timeout`, `ECONNREFUSED` or `address-not-allowed`. */
  | { failure: string }

export interface Poster {
  post(url: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

export interface PosterOptions {
  reach: Reach
  /** The longest time to wait for the status from a receiver. */
  timeoutMs?: number
  /** Replaces the system's resolver. */
  lookup?: LookupFunction | undefined
}

// Nobody needs more of an answer, and a receiver must not fill our memory.
const mostOfAnswer = 1024
const longestRestMs = 1_000
const userAgent = 'risumail-otp'

/** Webhooks may not reach this address. */
class AddressNotAllowed extends Error {
  readonly code = 'address-not-allowed'
}

/**
 * Posts to receivers that anyone may run. Every address is checked at the moment of connecting. So a name that resolves
 * to another address a moment later cannot get past the check. Redirects are not followed.
 */
export function createPoster({
  reach,
  timeoutMs = 15_000,
  lookup = systemLookup as LookupFunction,
}: PosterOptions): Poster {
  const connectors = new Map(
    [true, false].map((isEncrypted) => [
      isEncrypted,
      buildConnector({
        timeout: timeoutMs,
        lookup: checkedLookup(lookup, (address) => reach.allows(address, isEncrypted)),
      }),
    ]),
  )
  const agent = new Agent({
    connect(options, callback) {
      const isEncrypted = options.protocol === 'https:'
      const host = options.hostname.replace(/^\[|\]$/g, '')
      // If the host is an IP address, the resolver is not called, so check here.
      if (isIP(host) !== 0 && !reach.allows(host, isEncrypted)) return callback(new AddressNotAllowed(), null)
      connectors.get(isEncrypted)?.(options, (...[error, socket]) => {
        if (error) return callback(error, null)
        if (reach.allows(socket.remoteAddress ?? '', isEncrypted)) return callback(null, socket)
        socket.destroy()
        callback(new AddressNotAllowed(), null)
      })
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 10_000,
  })

  return {
    async post(url, headers, body, signal) {
      const timeout = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await request(url, {
          dispatcher: agent,
          method: 'POST',
          headers: { ...headers, 'user-agent': userAgent },
          body,
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        })
        const { statusCode: status, headers: answered } = answer
        const text = await beginningOf(answer.body)
        return { status, retryAfterMs: retryAfterMsOf(answered['retry-after']), text }
      } catch (error) {
        return { failure: timeout.aborted ? 'timeout' : failureOf(error) }
      }
    },
    close: () => agent.destroy(),
  }
}

function checkedLookup(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const allowed = (Array.isArray(found) ? found : []).filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return callback(new AddressNotAllowed(), [])
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Reads only the beginning of the body, for a short time. The status alone is the answer. */
async function beginningOf(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const timer = setTimeout(() => body.destroy(), longestRestMs)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= mostOfAnswer) break
    }
  } catch {
    // The body broke off. The status is still valid.
  } finally {
    clearTimeout(timer)
    body.destroy()
  }
  return Buffer.concat(chunks).subarray(0, mostOfAnswer).toString('utf8')
}

/** Parses either form of the Retry-After header (RFC 9110, section 10.2.3). */
function retryAfterMsOf(header: string | string[] | undefined): number | undefined {
  const text = String(header ?? '')
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

function failureOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: string }
  const found = code ?? cause?.code ?? name
  return typeof found === 'string' ? found : 'failed'
}
