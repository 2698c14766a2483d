import type { BlockList } from 'node:net'
import {
  type Authenticated,
  authenticate,
  isAuthenticated,
  type NotAuthenticated,
} from '../credentials/authenticate.ts'
import type { Credential, CredentialStore } from '../credentials/ports.ts'
import { OtpError } from '../errors.ts'
import type { ErrorCode } from '../generated/contract.ts'
import { clientAddress, countedPlace, includesAddress } from './client-address.ts'
import type { Caller, HttpContext } from './types.ts'

export interface SecurityDependencies {
  credentials: CredentialStore
  now: () => number
  trustedProxies: BlockList
  /** Parses an allowlist as a credential stores it. */
  parseNetworks: (blocks: string) => BlockList
}

/** One check for each security scheme of the contract. @throws {OtpError} with the reason if it refuses the caller */
export function createSecurity({ credentials, now, trustedProxies, parseNetworks }: SecurityDependencies) {
  // An operation may accept two schemes. One query to the store serves both.
  const asked = new WeakMap<HttpContext, Promise<Authenticated | NotAuthenticated>>()
  const bearer = async (http: HttpContext): Promise<Authenticated> => {
    // Refuse a repeated header: a proxy in front of this server could read it differently.
    const [authorization = '', ...others] = http.req.headersDistinct['authorization'] ?? []
    const [, secret = ''] = (others.length === 0 && /^Bearer +([\w-]+)$/i.exec(authorization)) || []
    const answer = asked.get(http) ?? authenticate(credentials, secret, now())
    asked.set(http, answer)
    const found = await answer
    if (!isAuthenticated(found)) throw new OtpError('UNAUTHORIZED', { refused: found })
    return found
  }

  const isAmong = (address: string | undefined, blocks: string[]) =>
    address !== undefined && includesAddress(parseNetworks(blocks.join(',')), address)
  const used = createUses(credentials, now)

  return {
    async serverKey(http: HttpContext, scopes: readonly string[]): Promise<Caller> {
      const { kind, credential } = await bearer(http)
      const refuse = (why: string) => new OtpError('SCOPE_REQUIRED', { refused: refusal(credential, why) })
      if (kind !== 'server_key') throw refuse('wrong-kind')
      if (!scopes.every((scope) => credential.scopes.some((held) => held === scope)))
        throw refuse('scope-missing')
      const { allowedAddresses } = credential
      // Someone who found a key must not learn that it works from other addresses.
      if (allowedAddresses.length > 0 && !isAmong(clientAddress(http.req, trustedProxies), allowedAddresses))
        throw new OtpError('UNAUTHORIZED', { refused: refusal(credential, 'address') })
      used(credential.id)
      return { credential, client: undefined }
    },

    async publicToken(http: HttpContext): Promise<Caller> {
      const { kind, credential } = await bearer(http)
      const refused = (why: string) => ({ refused: refusal(credential, why) })
      if (kind !== 'public_token') throw new OtpError('UNAUTHORIZED', refused('wrong-kind'))

      const { allowedAddresses, deniedAddresses, allowedOrigins } = credential
      // Browsers always send Origin with a POST and across origins. Back ends never send it.
      const origin = http.get('origin')
      if (origin !== '' && allowedOrigins.length > 0 && !allowedOrigins.includes(origin)) {
        throw new OtpError('ORIGIN_NOT_ALLOWED', refused('origin'))
      }
      const address = clientAddress(http.req, trustedProxies)
      const place = countedPlace(address)
      // Set before the checks, so that the log shows where a refused request came from.
      http.state.network = place.network
      // A client with an unknown address passes neither list.
      const isDenied =
        deniedAddresses.length > 0 && (address === undefined || isAmong(address, deniedAddresses))
      if (isDenied || (allowedAddresses.length > 0 && !isAmong(address, allowedAddresses))) {
        throw new OtpError('OTP_PUBLIC_IP_NOT_ALLOWED', refused('address'))
      }
      used(credential.id)
      return { credential, client: { credentialId: credential.id, ...place } }
    },

    async analyticsSecret(http: HttpContext): Promise<true> {
      const { kind, credential, isPairedWith } = await bearer(http)
      const refuse = (why: string) => new OtpError('UNAUTHORIZED', { refused: refusal(credential, why) })
      if (kind !== 'public_token') throw refuse('wrong-kind')
      if (!isPairedWith(http.get('x-otp-secret'))) throw refuse('secret-wrong')
      return true
    },
  }
}

const writtenEveryMs = 60_000

/** Records when credentials are used, each at most once a minute. Requests do not wait for it. */
function createUses({ touch }: CredentialStore, now: () => number): (id: string) => void {
  const writtenAt = new Map<string, number>()
  return (id) => {
    const at = now()
    if (Math.abs(at - (writtenAt.get(id) ?? Number.NEGATIVE_INFINITY)) < writtenEveryMs) return
    writtenAt.set(id, at)
    // If the store is unavailable, the request itself reports that. The next use tries again.
    touch(id).catch(() => writtenAt.delete(id))
  }
}

/** The refused credential and the reason, for the log. */
const refusal = ({ id }: Credential, why: string) => ({ credentialId: id, why })

/** The contract's security schemes by name. */
export type SecuritySchemes = ReturnType<typeof createSecurity>

/** Schemes that must all be satisfied. */
export type Requirement = { scheme: string; isSatisfied(http: HttpContext): Promise<Caller | true> }[]

/** Returns an operation's requirements; one must be met. @throws if it could be called without a credential */
export function requirementsOf(
  id: string,
  security: readonly Record<string, string[]>[] = [],
  schemes: SecuritySchemes,
): Requirement[] {
  const isGuarded = (requirement: object) =>
    Object.keys(requirement).length > 0 &&
    Object.keys(requirement).every((scheme) => Object.hasOwn(schemes, scheme))
  if (security.length === 0 || !security.every(isGuarded)) {
    throw new Error(`the operation ${id} could be called without a credential that this server checks`)
  }
  return security.map((requirement) =>
    Object.entries(requirement).map(([scheme, scopes]) => {
      const check = schemes[scheme as keyof SecuritySchemes]
      return { scheme, isSatisfied: (http: HttpContext) => check(http, scopes) }
    }),
  )
}

/** Returns the caller if it meets one of the requirements. @throws the refusal that got furthest */
export async function authorize(requirements: readonly Requirement[], http: HttpContext): Promise<Caller> {
  const refusals: Refusal[] = []
  for (const requirement of requirements) {
    let satisfied = 0
    try {
      let caller: Caller | undefined
      for (const { isSatisfied } of requirement) {
        const found = await isSatisfied(http)
        if (found !== true) caller = found
        satisfied++
      }
      if (caller) return caller
    } catch (error) {
      refusals.push({ error, satisfied })
    }
  }
  throw furthestOf(refusals)
}

interface Refusal {
  error: unknown
  /** How many schemes of the same requirement had already accepted the caller. */
  satisfied: number
}

// If several schemes refuse, the caller gets the refusal that got furthest. For a token without its secret, the refusal
// is about the secret, not about the token not being a key.
const furthestLast: ErrorCode[] = [
  'UNAUTHORIZED',
  'SCOPE_REQUIRED',
  'OTP_PUBLIC_IP_NOT_ALLOWED',
  'ORIGIN_NOT_ALLOWED',
]

/** Returns the error for a caller that meets no requirement. A store outage comes first. */
function furthestOf(refusals: Refusal[]): unknown {
  const rank = ({ error }: Refusal) => (error instanceof OtpError ? furthestLast.indexOf(error.code) : -1)
  const outage = refusals.find((refusal) => rank(refusal) < 0)
  const [furthest] = refusals.sort((a, b) => b.satisfied - a.satisfied || rank(b) - rank(a))
  return (outage ?? furthest)?.error ?? new OtpError('UNAUTHORIZED')
}
