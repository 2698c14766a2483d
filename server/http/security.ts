import type { BlockList } from 'node:net'
import type { Context } from 'openapi-backend'
import { type Authenticated, authenticate } from '../credentials/authenticate.ts'
import type { CredentialStore } from '../credentials/ports.ts'
import { OtpError } from '../errors.ts'
import type { ErrorCode } from '../generated/contract.ts'
import { clientAddress, countedAddress, includesAddress } from './client-address.ts'
import type { Caller, HttpContext } from './types.ts'

export interface SecurityDependencies {
  credentials: CredentialStore
  now: () => number
  trustedProxies: BlockList
  /** Reads an allowlist as it is stored with a credential. */
  parseNetworks: (blocks: string) => BlockList
}

/** One handler for each security scheme of the contract, called by openapi-backend before anything else. */
export function createSecurity({ credentials, now, trustedProxies, parseNetworks }: SecurityDependencies) {
  // An operation may accept two schemes; the store is asked once for both.
  const asked = new WeakMap<HttpContext, Promise<Authenticated | undefined>>()
  const bearer = async (http: HttpContext): Promise<Authenticated> => {
    // A header that is given twice could be read otherwise by whoever stands in front of this server.
    const [authorization = '', ...others] = http.req.headersDistinct['authorization'] ?? []
    const [, secret = ''] = (others.length === 0 && /^Bearer +([\w-]+)$/i.exec(authorization)) || []
    const answer = asked.get(http) ?? authenticate(credentials, secret, now())
    asked.set(http, answer)
    const found = await answer
    if (found === undefined) throw new OtpError('UNAUTHORIZED')
    return found
  }

  return {
    async serverKey(context: Context, http: HttpContext): Promise<Caller> {
      const { kind, credential } = await bearer(http)
      const scopes = (context.operation.security ?? []).flatMap(
        (requirement) => requirement['serverKey'] ?? [],
      )
      if (
        kind !== 'server_key' ||
        !scopes.every((scope) => credential.scopes.some((held) => held === scope))
      ) {
        throw new OtpError('SCOPE_REQUIRED')
      }
      return { credential, countedAddress: undefined }
    },

    async publicToken(_context: Context, http: HttpContext): Promise<Caller> {
      const { kind, credential } = await bearer(http)
      if (kind !== 'public_token') throw new OtpError('UNAUTHORIZED')

      const { allowedAddresses, allowedOrigins } = credential
      // Browsers always send it with a POST and across origins; back ends never do.
      const origin = http.get('origin')
      if (origin !== '' && allowedOrigins.length > 0 && !allowedOrigins.includes(origin)) {
        throw new OtpError('ORIGIN_NOT_ALLOWED')
      }
      const address = clientAddress(http.req, trustedProxies)
      if (allowedAddresses.length > 0) {
        const allowlist = parseNetworks(allowedAddresses.join(','))
        if (address === undefined || !includesAddress(allowlist, address)) {
          throw new OtpError('OTP_PUBLIC_IP_NOT_ALLOWED')
        }
      }
      return { credential, countedAddress: countedAddress(address) }
    },

    async analyticsSecret(_context: Context, http: HttpContext): Promise<true> {
      const { kind, isPairedWith } = await bearer(http)
      if (kind !== 'public_token' || !isPairedWith(http.get('x-otp-secret')))
        throw new OtpError('UNAUTHORIZED')
      return true
    },
  }
}

// Where several schemes refuse, the caller hears the refusal that came furthest.
const furthestLast: ErrorCode[] = [
  'UNAUTHORIZED',
  'SCOPE_REQUIRED',
  'OTP_PUBLIC_IP_NOT_ALLOWED',
  'ORIGIN_NOT_ALLOWED',
]

/** The error for a request that no requirement let in. An outage of the store is not a wrong credential. */
export function refusalOf(results: Record<string, unknown>): unknown {
  const errors = Object.values(results).flatMap((result) =>
    typeof result === 'object' && result !== null && 'error' in result ? [result.error] : [],
  )
  const rank = (error: unknown) => (error instanceof OtpError ? furthestLast.indexOf(error.code) : -1)
  const outage = errors.find((error) => rank(error) < 0)
  return outage ?? errors.sort((a, b) => rank(b) - rank(a))[0] ?? new OtpError('UNAUTHORIZED')
}

/** The caller that a satisfied requirement found. */
export function callerOf(results: Record<string, unknown>): Caller {
  const isCaller = (result: unknown): result is Caller =>
    typeof result === 'object' && result !== null && 'credential' in result
  const caller = Object.values(results).find(isCaller)
  if (caller === undefined) throw new Error('an authorised request has no caller')
  return caller
}
