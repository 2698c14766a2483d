import { BlockList, isIP } from 'node:net'
import ms from 'ms'
import { type LogLevel, logLevels } from '../log.ts'
import type { Limit } from '../settings.ts'

// NIST SP 800-107, section 5.3.2 requires 112 bits or more in an HMAC key. 32 hex characters have 128.
const minSecretLength = 32

export function parseSwitch(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error('must be true or false')
  return text === 'true'
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error('must be a port from 0 to 65535')
  return port
}

/** Returns a duration such as `8s`, `15m` or `90d` in milliseconds. @throws if not valid, or longer than `longest` */
export function parseDuration(text: string, longest: ms.StringValue = '3650d'): number {
  const duration = /^[1-9]\d{0,8}(?:ms|s|m|h|d)$/.test(text) ? ms(text as ms.StringValue) : 0
  if (duration === 0 || duration > ms(longest)) {
    throw new Error(`must be a duration such as 8s, 15m, 24h or 90d, at most ${longest}`)
  }
  return duration
}

export function parseHost(text: string): string {
  if (isIP(text) === 0 && !/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(text))
    throw new Error('must be an address or a host name')
  return text
}

export function parseLimit(text: string): Limit | undefined {
  if (text === 'off') return undefined
  const [, max, duration] = /^([1-9]\d{0,6})\/(\w+)$/.exec(text) ?? []
  if (max === undefined || duration === undefined) throw new Error('must be N/duration such as 5/15m, or off')
  return { max: Number(max), windowMs: parseDuration(duration, '30d') }
}

/** Parses a URL, or returns undefined. Refuses white space and control characters, which the standard would drop. */
export function wholeUrl(text: string): URL | undefined {
  return /[\0- \x7f]/.test(text) || !URL.canParse(text) ? undefined : new URL(text)
}

export function parsePublicUrl(text: string): string {
  const url = wholeUrl(text)
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new Error('must be an http or https URL without white space, query or fragment')
  }
  if (url.username !== '' || url.password !== '') throw new Error('must not contain a user name or password')
  return url.href.replace(/\/+$/, '')
}

export function parseSecrets(text: string): [string, ...string[]] {
  const [first, ...others] = text.split(',').map((secret) => secret.trim())
  if (first === undefined || [first, ...others].some((secret) => secret.length < minSecretLength)) {
    throw new Error(
      `must contain only secrets of ${minSecretLength} characters or more; to make one, run: openssl rand -hex 32`,
    )
  }
  return [first, ...others]
}

/** Parses addresses and CIDR blocks, separated by commas, into a list that can be searched. */
export function parseNetworks(text: string): BlockList {
  const list = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const [address = '', prefix, ...rest] = entry.split('/')
    const family = isIP(address)
    const bits = family === 4 ? 32 : 128
    const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (family === 0 || rest.length > 0 || !(length <= bits)) {
      throw new Error(
        `must be addresses or CIDR blocks, separated by commas; ${JSON.stringify(entry)} is neither`,
      )
    }
    list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

export function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text)
  if (level === undefined) throw new Error(`must be one of ${logLevels.join(', ')}`)
  return level
}
