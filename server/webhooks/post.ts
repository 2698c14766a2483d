import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import type { Reach } from './networks.ts'

/** What a receiver answered, or why there is no answer. */
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
  /** How long a receiver may take until its status is here. */
  timeoutMs?: number
  /** Stands in for the system's resolver. */
  lookup?: LookupFunction | undefined
}

// More of an answer is of use to nobody, and a receiver must not fill the memory.
const mostOfAnswer = 1024
const longestRestMs = 1_000
const userAgent = 'risumail-otp'

/** The address is not one that webhooks may reach. */
class AddressNotAllowed extends Error {
  readonly code = 'address-not-allowed'
}

/**
 * Posts to receivers that may be anybody's. Every address is checked as it is connected to, so that a name that resolves
 * to another address a moment later leads nowhere else. No redirect is followed.
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
      // The resolver is not asked about an address.
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

/** The status is the answer; of the rest only the beginning is read, and not for long. */
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
    // It broke off, and the status stands.
  } finally {
    clearTimeout(timer)
    body.destroy()
  }
  return Buffer.concat(chunks).subarray(0, mostOfAnswer).toString('utf8')
}

/** Either form of the header (RFC 9110, section 10.2.3). */
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
