import { InvalidArgumentError } from 'commander'
import { parseAddress, unprintable } from '../address.ts'
import { parseLimit, parseNetworks } from '../config/parse.ts'
import { type Grants, longestOwnWindowMs, type Scope, scopes } from '../credentials/ports.ts'
import { parseRecipient, type Recipient } from '../otp/recipient.ts'

/** Wraps a parser that throws, so that Commander shows its message next to the option. */
export const checked =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message)
    }
  }

/** The same for an option that may be repeated. */
export const collect =
  <T>(parse: (text: string) => T) =>
  (text: string, earlier: T[]): T[] => [...earlier, checked(parse)(text)]

const name = new RegExp(`^[^${unprintable}]{1,100}$`, 'u')

export function toName(text: string): string {
  if (!name.test(text.trim())) throw new Error('must have 1 to 100 characters')
  return text.trim()
}

export function toProject(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) throw new Error('must be lowercase letters, digits and dashes')
  return text
}

export function toScope(text: string): Scope {
  const scope = scopes.find((known) => known === text)
  if (scope === undefined) throw new Error(`must be one of ${scopes.join(', ')}`)
  return scope
}

export function toNetwork(text: string): string {
  if (text === '' || text.includes(','))
    throw new Error('must be one address or CIDR block; repeat the option for more')
  parseNetworks(text)
  return text
}

export function toOrigin(text: string): string {
  if (!isOrigin(text)) {
    throw new Error(
      'must be one origin, without a path or wildcard, such as https://app.example or capacitor://localhost',
    )
  }
  return text
}

/** Parses an origin that a page can redirect to. An app's own scheme is not allowed. */
export function toWebOrigin(text: string): string {
  if (!/^https?:/.test(text)) throw new Error('must be one http or https origin, such as https://app.example')
  return toOrigin(text)
}

// Apps send origins with their own schemes. The URL standard gives these the origin `null`.
function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@*\s]+$/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  if (/^(?:https?|wss?|ftp):$/.test(url.protocol))
    return url.origin === text && /^https?:$/.test(url.protocol)
  return (
    !/^(?:file|javascript|data|blob|about):$/.test(url.protocol) &&
    url.href === text &&
    /^[\x21-\x7e]+$/.test(text)
  )
}

export function toAddress(text: string): string {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error('must be exactly one email address')
  return parsed.address
}

export function toRecipient(text: string): Recipient {
  const recipient = parseRecipient(text)
  if (recipient === undefined) throw new Error('must be exactly one email address')
  return recipient
}

/** Parses a limit for one credential. */
export function toOwnLimit(text: string): NonNullable<Grants['limit']> {
  const limit = parseLimit(text)
  if (limit === undefined) throw new Error('must be N/duration such as 100/1m')
  if (limit.windowMs > longestOwnWindowMs) throw new Error('must have a window of 1h or less')
  return limit
}

export function toCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('must be a whole number from 1 to 9999')
  return Number(text)
}
