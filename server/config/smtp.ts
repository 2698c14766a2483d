import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { domainToASCII } from 'node:url'
import { closest } from 'fastest-levenshtein'
import { wholeUrl } from './parse.ts'

/** One mail server, and how to connect to it. */
export interface SmtpRoute {
  host: string
  port: number
  /** True for TLS from the first byte (smtps). Otherwise TLS begins with STARTTLS. */
  isImplicitTls: boolean
  /** If true, nothing is sent without TLS. */
  requiresTls: boolean
  login: { user: string; password: string } | undefined
}

const parameters = ['requireTLS']
// The URL standard allows more characters for an unknown scheme, and the conversion to ASCII drops line ends.
const nameText = /^[\p{L}\p{M}\p{N}._-]+$/u
const hostName = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_.])?$/i

const encodingHint =
  'percent-encode special characters in the user and the password, such as %2F for /, %23 for #, %3F for ? and %25 for %'

/** Parses the URLs in SMTP_URL, in order, separated by commas or white space. @throws like `parseSmtpUrl` */
export function parseSmtpUrls(text: string): SmtpRoute[] {
  const urls = text.split(/\s*,\s*(?=smtps?:\/\/)|\s+(?=smtps?:\/\/)/i)
  const routes = urls.map(parseSmtpUrl)
  const names = routes.map(({ host, port }) => `${host.toLowerCase()}:${port}`)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new Error(`lists ${twice} twice`)
  return routes
}

/**
 * Parses `smtp://[user:password@]host[:port][?requireTLS=true|false]` or `smtps://…`.
 * @throws with a sentence for the user. The value may contain a password, so no message repeats it.
 */
export function parseSmtpUrl(text: string): SmtpRoute {
  const url = /^smtps?:\/\//i.test(text) ? wholeUrl(text) : undefined
  if (url === undefined)
    throw new Error(
      `must be smtp://[user:password@]host[:port] or smtps://…, without white space; ${encodingHint}`,
    )
  const hasRest = !/^\/?$/.test(url.pathname) || url.hash !== '' || /[@:]/.test(url.search)
  if (hasRest) throw new Error(`has text after the host; ${encodingHint}`)

  const isImplicitTls = url.protocol.toLowerCase() === 'smtps:'
  const host = hostOf(url)
  const login = loginOf(url)
  const wanted = parametersOf(url)
  const isHere = isLoopback(host)
  if (isImplicitTls && wanted === false) throw new Error('uses smtps, which contradicts requireTLS=false')
  const requiresTls = wanted ?? (isImplicitTls || !isHere)
  if (login && !requiresTls && !isHere) {
    throw new Error('has a login and requireTLS=false, but a password is never sent without TLS')
  }
  return { host, port: portOf(url, isImplicitTls), isImplicitTls, requiresTls, login }
}

function hostOf({ hostname }: URL): string {
  const name = decode(hostname)
  const host = name.startsWith('[') ? name.slice(1, -1) : domainToASCII(name)
  if (isIP(host) === 0 && !(nameText.test(name) && hostName.test(host))) throw new Error('must name a host')
  return host
}

function portOf({ port }: URL, isImplicitTls: boolean): number {
  if (port === '') return isImplicitTls ? 465 : 587
  if (Number(port) === 0) throw new Error('must not use port 0')
  return Number(port)
}

function loginOf({ username, password }: URL): SmtpRoute['login'] {
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') throw new Error('must have both a user and a password, or neither')
  return { user: decode(username), password: decode(password) }
}

/** Returns the value of requireTLS, or undefined if it is not given. */
function parametersOf({ searchParams }: URL): boolean | undefined {
  for (const name of searchParams.keys()) {
    if (parameters.includes(name)) continue
    // A name that is not a plain word may be part of a password.
    const said = /^[a-z.]{1,30}$/i.test(name) ? ` ${name}` : ''
    throw new Error(`has an unknown parameter${said}; did you mean ${closest(name, parameters)}?`)
  }
  const values = searchParams.getAll('requireTLS')
  if (values.length === 0) return undefined
  const [value] = values
  if (values.length > 1 || (value !== 'true' && value !== 'false')) {
    throw new Error('must set requireTLS to true or false, and only once')
  }
  return value === 'true'
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Error(`has a % that is not part of a percent-encoding; ${encodingHint}`)
  }
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Reads the certificates, as PEM, of authorities that are trusted in addition to the usual ones. */
export function parseCaFile(path: string): string {
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    createSecureContext({ ca: pem })
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  } catch {
    // reported below
  }
  throw new Error('must name a file with PEM certificates')
}

const domain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i

/** Parses the name that we send with EHLO (RFC 5321, section 4.1.1.1). */
export function parseEhloName(text: string): string {
  if (!domain.test(text)) throw new Error('must be a domain name such as otp.acme.example')
  return text.toLowerCase()
}

/** Returns the host of our own URL if it is a name that others can look up, otherwise the sender's domain. */
export function usualEhloName(publicUrl: string, senderAddress: string): string {
  const { hostname } = new URL(publicUrl)
  return domain.test(hostname) ? hostname : senderAddress.slice(senderAddress.lastIndexOf('@') + 1)
}

export function parseConnectionCount(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > 100) throw new Error('must be a number from 1 to 100')
  return count
}
