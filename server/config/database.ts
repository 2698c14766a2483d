import { wholeUrl } from './parse.ts'

/** Where the store is, and how to connect to it. */
export type DatabaseLocation =
  | { engine: 'sqlite'; path: string }
  | {
      engine: 'postgres'
      host: string
      port: number
      database: string
      user: string
      password: string | undefined
      /** `verify-full` checks the certificate and its name. `require` encrypts but checks nothing. */
      sslMode: SslMode
      /** File with the authority that signed the server's certificate. Undefined uses the system's authorities. */
      sslRootCertificate: string | undefined
      /** False keeps no prepared statements on the server, for poolers that change the connection each time. */
      isPrepared: boolean
      /** Maximum number of connections at once. */
      poolSize: number
    }

const sslModes = ['disable', 'require', 'verify-full'] as const
type SslMode = (typeof sslModes)[number]

const options = ['sslmode', 'sslrootcert', 'prepare', 'pool']
const defaultPoolSize = 16

/**
 * Parses `sqlite:PATH` or `postgres://user:password@host:port/database?option=…`.
 * @throws if the text is neither. The value may contain a password, so no message repeats it.
 */
export function parseDatabaseUrl(text: string): DatabaseLocation {
  if (/^postgres(?:ql)?:/.test(text)) return parsePostgresUrl(text)
  const path = /^sqlite:(?!\/\/)\s*(\S.*?)\s*$/.exec(text)?.[1]
  if (path === undefined) {
    throw new Error('must be sqlite:PATH or postgres://user:password@host/database')
  }
  if (/^(?::|file:)/.test(path)) {
    throw new Error('must name a file: a store in memory loses every key and session when the process ends')
  }
  return { engine: 'sqlite', path }
}

function parsePostgresUrl(text: string): DatabaseLocation {
  const url = wholeUrl(text)
  if (url === undefined) {
    // The driver would only ever use the first of several hosts.
    const isList = /@[^/?]*,/.test(text)
    throw new Error(
      isList
        ? 'must name one host; for several hosts, use a proxy such as HAProxy'
        : 'is not a URL; percent-encode white space and special characters in the password, such as %2F for /',
    )
  }
  if (url.hostname.includes(',')) {
    throw new Error('must name one host; for several hosts, use a proxy such as HAProxy')
  }
  if (url.hostname === '' || url.username === '') throw new Error('must contain a user and a host')
  if (url.hash !== '') throw new Error('has a fragment; write # in a password as %23')
  const database = decode(url.pathname.slice(1))
  if (database === '' || database.includes('/')) throw new Error('must name one database: …@host/database')

  const given = url.searchParams
  const unknown = [...given.keys()].filter((name) => !options.includes(name))
  if (unknown.length > 0) {
    throw new Error(
      `has the unknown option ${unknown.join(', ')}; the known options are ${options.join(', ')}`,
    )
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    engine: 'postgres',
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user: decode(url.username),
    password: url.password === '' ? undefined : decode(url.password),
    sslMode: oneOf(
      'sslmode',
      sslModes,
      given.get('sslmode') ?? (isLoopback(host) ? 'disable' : 'verify-full'),
    ),
    sslRootCertificate: given.get('sslrootcert') ?? undefined,
    isPrepared: oneOf('prepare', ['true', 'false'], given.get('prepare') ?? 'true') === 'true',
    poolSize: parsePoolSize(given.get('pool') ?? String(defaultPoolSize)),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Error('contains a % that is not part of a percent-encoding; write % as %25')
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function oneOf<Value extends string>(name: string, values: readonly Value[], text: string): Value {
  const value = values.find((known) => known === text)
  if (value === undefined)
    throw new Error(`has a value of ${name} that is not valid; it must be one of ${values.join(', ')}`)
  return value
}

function parsePoolSize(text: string): number {
  const size = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (size < 1 || size > 200)
    throw new Error('has a value of pool that is not valid; it must be 1 to 200 connections')
  return size
}
