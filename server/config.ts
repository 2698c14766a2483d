import { readFileSync } from 'node:fs'
import { type BlockList, isIP } from 'node:net'
import { closest } from 'fastest-levenshtein'
import { type DatabaseLocation, parseDatabaseUrl } from './config/database.ts'
import {
  type DkimKey,
  dkimKeyOf,
  type PublicTokenTexts,
  parseBrandName,
  parseColor,
  parseDkimDomain,
  parseDkimPrivateKey,
  parseDkimSelector,
  parsePublicTokenTexts,
  parseSender,
  parseSupportAddress,
} from './config/mail.ts'
import {
  type Limit,
  parseDuration,
  parseHost,
  parseLimit,
  parseLogLevel,
  parseNetworks,
  parsePort,
  parsePublicUrl,
  parseSecrets,
} from './config/parse.ts'
import {
  parseCaFile,
  parseConnectionCount,
  parseEhloName,
  parseSmtpUrl,
  type SmtpRoute,
  usualEhloName,
} from './config/smtp.ts'
import { type LogLevel, logLevels } from './log.ts'

export { parseDuration, parseNetworks }

export interface Config {
  port: number
  host: string
  database: DatabaseLocation
  smtp: {
    route: SmtpRoute | undefined
    authorities: string | undefined
    ehloName: string
    maxConnections: number
  }
  smtpTimeoutMs: number
  mailFrom: { name: string; address: string }
  brand: { name: string; accentColor: string; supportAddress: string | undefined }
  dkim: DkimKey | undefined
  publicUrl: string
  /** The domain that the codes belong to, for autofill: that of PUBLIC_URL, if it is set. */
  autofillHost: string | undefined
  publicTokenTexts: PublicTokenTexts
  otpSecrets: [string, ...string[]]
  trustedProxies: BlockList
  limits: {
    perRecipient: Limit | undefined
    perCredential: Limit | undefined
    perAddress: Limit | undefined
    pagePerAddress: Limit | undefined
    guessesPerRecipient: Limit | undefined
  }
  retentionMs: number
  logLevel: LogLevel
}

/** Thrown when the environment is wrong; the message has one line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

interface Variable<T> {
  parse: (text: string) => T
  /** A secret may also stand in the file that NAME_FILE names. */
  isSecret: boolean
  /** What applies when the variable is unset or empty; undefined where it has no default. */
  fallback: string | undefined
  description: string
}

function variable<T>(
  parse: (text: string) => T,
  fallback: string | undefined,
  description: string,
): Variable<T> {
  return { parse, fallback, description, isSecret: false }
}

function secret<T>(
  parse: (text: string) => T,
  fallback: string | undefined,
  description: string,
): Variable<T> {
  return { parse, fallback, description, isSecret: true }
}

/** Every environment variable: how it is read, its default, and one sentence about it. */
export const variables = {
  PORT: variable(parsePort, '3000', 'TCP port of the HTTP server.'),
  HOST: variable(
    parseHost,
    '127.0.0.1',
    'Address that the HTTP server binds to; 0.0.0.0 for every interface.',
  ),
  DATABASE_URL: secret(
    parseDatabaseUrl,
    'sqlite:./data/risumail-otp.db',
    'Where sessions and credentials are stored: sqlite:PATH, a file that is made when it is missing, or postgres://user:password@host/database.',
  ),
  SMTP_URL: secret(
    parseSmtpUrl,
    undefined,
    'The SMTP route, smtp://user:password@host:587 (with STARTTLS) or smtps://…; unset, sends answer 503. TLS is required unless the host is this machine or ?requireTLS=false is set, and a password is never sent to another machine without it.',
  ),
  SMTP_CA_FILE: variable(
    parseCaFile,
    undefined,
    'File with the certificate of a private authority that signed that of the mail server, as PEM.',
  ),
  SMTP_EHLO_NAME: variable(
    parseEhloName,
    undefined,
    'Name by which this server introduces itself to the mail server; unset, the host of PUBLIC_URL or else the domain of MAIL_FROM.',
  ),
  SMTP_MAX_CONNECTIONS: variable(
    parseConnectionCount,
    '16',
    'Most connections to the mail server at once; a send waits for one, within SMTP_TIMEOUT.',
  ),
  SMTP_TIMEOUT: variable(
    (text) => parseDuration(text, '5m'),
    '8s',
    'Longest time that one whole delivery may take; with more than 8s, SIGTERM may cut one.',
  ),
  MAIL_FROM: variable(
    parseSender,
    undefined,
    'Sender of the mails, address or Name <address>; unset, no-reply@ and the host of PUBLIC_URL, if that is no IP address.',
  ),
  MAIL_BRAND_NAME: variable(
    parseBrandName,
    undefined,
    'Your name in the mails: in their subject and heading, and as the display name of a MAIL_FROM without one.',
  ),
  MAIL_ACCENT_COLOR: variable(
    parseColor,
    '1d4ed8',
    'Colour of the heading and the button in the mails, rrggbb; write #rrggbb only in quotes, for # begins a comment here.',
  ),
  MAIL_SUPPORT_ADDRESS: variable(
    parseSupportAddress,
    undefined,
    'Address that the mails name for questions; unset, they name none.',
  ),
  DKIM_DOMAIN: variable(
    parseDkimDomain,
    undefined,
    'Domain that signs the mails (DKIM), that of MAIL_FROM; unset, mails are not signed here.',
  ),
  DKIM_SELECTOR: variable(
    parseDkimSelector,
    undefined,
    'Selector of the DKIM key: its public half stands in the DNS at SELECTOR._domainkey.DOMAIN.',
  ),
  DKIM_PRIVATE_KEY: secret(
    parseDkimPrivateKey,
    undefined,
    'RSA key that signs the mails (DKIM): PEM, \\n for its line ends allowed, or the path of its file.',
  ),
  PUBLIC_URL: variable(
    parsePublicUrl,
    undefined,
    'Base of the links to this server, as the recipient reaches it; unset, http://localhost and the port.',
  ),
  OTP_SECRET: secret(
    parseSecrets,
    undefined,
    'Keys the hashes of the codes, 32 characters or more (openssl rand -hex 32); several, separated by commas: the first signs, all verify. Required, except by npm run dev.',
  ),
  PUBLIC_TOKEN_TEXTS: variable(
    parsePublicTokenTexts,
    'plain',
    'What a public token may put into a mail: plain, words without links, addresses and telephone numbers; locked, no subject, verificationLine or from at all.',
  ),
  TRUSTED_PROXIES: variable(
    parseNetworks,
    '',
    'Addresses and CIDR blocks of the reverse proxies whose X-Forwarded-For is believed, separated by commas.',
  ),
  LIMIT_PER_RECIPIENT: variable(
    parseLimit,
    '5/15m',
    'Most sends to one recipient in any such window, or off.',
  ),
  LIMIT_PER_CREDENTIAL: variable(
    parseLimit,
    '600/1m',
    'Most sends by one key or token in any such window, or off.',
  ),
  LIMIT_PER_ADDRESS: variable(
    parseLimit,
    '30/10m',
    'Most sends from one client address with a public token in any such window, or off; an IPv6 /64 is one address.',
  ),
  LIMIT_PAGE_PER_ADDRESS: variable(
    parseLimit,
    '30/10m',
    'Most codes typed into the hosted page from one client address in any such window, or off; an IPv6 /64 is one address.',
  ),
  LIMIT_GUESSES_PER_RECIPIENT: variable(
    parseLimit,
    '50/1d',
    'Most wrong codes for one recipient, over all sessions, in any such window, or off.',
  ),
  RETENTION: variable(
    parseDuration,
    '90d',
    'How long completed verifications are kept; other sessions, counted tries and idempotency keys go an hour after they have expired.',
  ),
  LOG_LEVEL: variable(parseLogLevel, 'info', `How much is logged: ${logLevels.join(', ')}.`),
} as const

type VariableName = keyof typeof variables

export type Environment = Record<string, string | undefined>

/**
 * Reads and checks the environment; an empty variable counts as unset.
 * @throws {ConfigError} naming every variable that is wrong
 */
export function loadConfig(environment: Environment): Config {
  const problems: string[] = []
  const read = <T>(name: VariableName, spec: Variable<T>): T | undefined => {
    try {
      return readVariable(environment, name, spec)
    } catch (error) {
      problems.push((error as Error).message)
      return undefined
    }
  }
  const readRequired = <T>(name: VariableName, spec: Variable<T>): T => {
    const value = read(name, spec)
    const isSet = environment[name] || environment[`${name}_FILE`]
    if (value === undefined && !isSet) problems.push(`${name} is required. ${spec.description}`)
    return value as T // a missing value is a problem, and problems throw before anyone reads it
  }

  const given = {
    port: readRequired('PORT', variables.PORT),
    host: readRequired('HOST', variables.HOST),
    database: readRequired('DATABASE_URL', variables.DATABASE_URL),
    smtpRoute: read('SMTP_URL', variables.SMTP_URL),
    smtpAuthorities: read('SMTP_CA_FILE', variables.SMTP_CA_FILE),
    smtpEhloName: read('SMTP_EHLO_NAME', variables.SMTP_EHLO_NAME),
    smtpMaxConnections: readRequired('SMTP_MAX_CONNECTIONS', variables.SMTP_MAX_CONNECTIONS),
    smtpTimeoutMs: readRequired('SMTP_TIMEOUT', variables.SMTP_TIMEOUT),
    mailFrom: read('MAIL_FROM', variables.MAIL_FROM),
    brandName: read('MAIL_BRAND_NAME', variables.MAIL_BRAND_NAME) ?? '',
    accentColor: readRequired('MAIL_ACCENT_COLOR', variables.MAIL_ACCENT_COLOR),
    supportAddress: read('MAIL_SUPPORT_ADDRESS', variables.MAIL_SUPPORT_ADDRESS),
    dkimParts: {
      domain: read('DKIM_DOMAIN', variables.DKIM_DOMAIN),
      selector: read('DKIM_SELECTOR', variables.DKIM_SELECTOR),
      privateKey: read('DKIM_PRIVATE_KEY', variables.DKIM_PRIVATE_KEY),
    },
    publicUrl: read('PUBLIC_URL', variables.PUBLIC_URL),
    publicTokenTexts: readRequired('PUBLIC_TOKEN_TEXTS', variables.PUBLIC_TOKEN_TEXTS),
    otpSecrets: readRequired('OTP_SECRET', variables.OTP_SECRET),
    trustedProxies: readRequired('TRUSTED_PROXIES', variables.TRUSTED_PROXIES),
    limits: {
      perRecipient: read('LIMIT_PER_RECIPIENT', variables.LIMIT_PER_RECIPIENT),
      perCredential: read('LIMIT_PER_CREDENTIAL', variables.LIMIT_PER_CREDENTIAL),
      perAddress: read('LIMIT_PER_ADDRESS', variables.LIMIT_PER_ADDRESS),
      pagePerAddress: read('LIMIT_PAGE_PER_ADDRESS', variables.LIMIT_PAGE_PER_ADDRESS),
      guessesPerRecipient: read('LIMIT_GUESSES_PER_RECIPIENT', variables.LIMIT_GUESSES_PER_RECIPIENT),
    },
    retentionMs: readRequired('RETENTION', variables.RETENTION),
    logLevel: readRequired('LOG_LEVEL', variables.LOG_LEVEL),
  }
  const dkimNames = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY']
  const missing = dkimNames.filter((name) => !environment[name] && !environment[`${name}_FILE`])
  if (missing.length === 1 || missing.length === 2) {
    problems.push(
      `${missing.join(' and ')} must be set too: mails are signed with all of ${dkimNames.join(', ')}`,
    )
  }
  const senderHost = new URL(given.publicUrl ?? 'http://localhost').hostname
  if (given.mailFrom === undefined && isIP(senderHost.replace(/^\[|\]$/g, '')) !== 0) {
    problems.push('MAIL_FROM is required when the host of PUBLIC_URL is an IP address')
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))

  const { brandName, accentColor, supportAddress, dkimParts, ...rest } = given
  const { smtpRoute, smtpAuthorities, smtpEhloName, smtpMaxConnections, ...settings } = rest
  const publicUrl = settings.publicUrl ?? `http://localhost:${settings.port}`
  const mailFrom = settings.mailFrom ?? { name: '', address: `no-reply@${new URL(publicUrl).hostname}` }
  return {
    ...settings,
    publicUrl,
    autofillHost: settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl).hostname,
    smtp: {
      route: smtpRoute,
      authorities: smtpAuthorities,
      ehloName: smtpEhloName ?? usualEhloName(publicUrl, mailFrom.address),
      maxConnections: smtpMaxConnections,
    },
    mailFrom: { ...mailFrom, name: mailFrom.name || brandName },
    brand: { name: brandName, accentColor, supportAddress },
    dkim: dkimKeyOf(dkimParts),
  }
}

/** Where the store is, for commands that need nothing else. @throws {ConfigError} */
export function loadDatabase(environment: Environment): DatabaseLocation {
  try {
    return readVariable(environment, 'DATABASE_URL', variables.DATABASE_URL) as DatabaseLocation
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}

/** @throws {Error} that names the variable and never holds its value, if it is a secret */
function readVariable<T>(
  environment: Environment,
  name: VariableName,
  { parse, fallback, isSecret }: Variable<T>,
): T | undefined {
  const fileName = `${name}_FILE`
  const file = isSecret ? environment[fileName] : undefined
  if (file && environment[name]) throw new Error(`${name} and ${fileName} are both set; set one of them`)
  const text = (file ? readSecretFile(fileName, file) : environment[name]) || fallback
  if (text === undefined) return undefined
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`${file ? fileName : name} ${(error as Error).message}`)
  }
}

/** The secret in a file, without the line end that editors put behind it. */
function readSecretFile(name: string, path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new Error(`${name} names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  if (text === '') throw new Error(`${name} names a file that is empty`)
  return text
}

/** A variable that looks like one of ours and is none, and the one that was perhaps meant. */
export interface UnknownVariable {
  name: string
  nearest: string
}

/** Finds misspelt names: those that begin as ours do, and that nothing reads. */
export function unknownVariables(environment: Environment): UnknownVariable[] {
  const names = Object.keys(variables) as VariableName[]
  const known = names.flatMap((name) => (variables[name].isSecret ? [name, `${name}_FILE`] : [name]))
  const prefixes = new Set(
    names.filter((name) => name.includes('_')).map((name) => name.slice(0, name.indexOf('_') + 1)),
  )
  return Object.keys(environment)
    .filter((name) => !known.includes(name) && [...prefixes].some((prefix) => name.startsWith(prefix)))
    .map((name) => ({ name, nearest: closest(name, known) }))
}
