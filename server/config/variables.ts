import { readFileSync } from 'node:fs'
import { closest } from 'fastest-levenshtein'
import { logLevels } from '../log.ts'
import { parseDatabaseUrl } from './database.ts'
import { limitVariables } from './limits.ts'
import {
  parseBrandName,
  parseColor,
  parseDkimDomain,
  parseDkimPrivateKey,
  parseDkimSelector,
  parseLogoFile,
  parsePublicTokenTexts,
  parseSender,
  parseSupportAddress,
} from './mail.ts'
import {
  parseDuration,
  parseHost,
  parseLogLevel,
  parseNetworks,
  parsePort,
  parsePublicUrl,
  parseSecrets,
  parseSwitch,
} from './parse.ts'
import { parseCaFile, parseConnectionCount, parseEhloName, parseSmtpUrls } from './smtp.ts'
import { parseHeaders, parseRatio, parseServiceName } from './tracing.ts'
import { secret, type Variable, variable } from './variable.ts'

/** Every environment variable: its parser, its default, and its description. */
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
    parseSmtpUrls,
    undefined,
    'The mail server, smtp://user:password@host:587 (with STARTTLS) or smtps://…; several, separated by commas, are tried in order. Unset, sends answer 503. TLS is required unless the host is this machine or ?requireTLS=false is set, and a password is never sent to another machine without it.',
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
  MAIL_LOGO: variable(
    parseLogoFile,
    undefined,
    'Path of your logo, a PNG or JPEG of at most 64 KiB; the hosted page shows it. Unset, the page shows MAIL_BRAND_NAME.',
  ),
  MAIL_LOGO_ATTACHED: variable(
    parseSwitch,
    'false',
    'true also sends the logo with each email; false leaves it out, because many clients show it as an attachment.',
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
  ...limitVariables,
  RETENTION: variable(
    parseDuration,
    '90d',
    'How long completed verifications are kept; counted tries go when they have expired, idempotency keys an hour later.',
  ),
  RETENTION_UNVERIFIED: variable(
    parseDuration,
    '24h',
    'How long other sessions are kept after they have expired, so that their status can be looked up.',
  ),
  WEBHOOK_ALLOWED_NETWORKS: variable(
    parseNetworks,
    '',
    'Addresses and CIDR blocks that webhooks may reach though they are not public, and over plain http, separated by commas.',
  ),
  METRICS_PORT: variable(
    parsePort,
    undefined,
    'TCP port on which Prometheus reads the metrics, at /metrics; unset, there are none.',
  ),
  METRICS_HOST: variable(
    parseHost,
    '127.0.0.1',
    'Address that the port of the metrics binds to; let no proxy show it to the world.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    parsePublicUrl,
    undefined,
    'Collector that gets traces by OTLP over HTTP, such as http://localhost:4318; unset, there are none.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: secret(
    parseHeaders,
    '',
    'Headers for the collector, name=value, separated by commas.',
  ),
  OTEL_SERVICE_NAME: variable(parseServiceName, 'risumail-otp', 'What this service is called in traces.'),
  OTEL_TRACES_SAMPLER_ARG: variable(
    parseRatio,
    '1',
    'Which part of the traces that begin here is kept, 0 to 1; callers decide about theirs.',
  ),
  LOG_LEVEL: variable(parseLogLevel, 'info', `How much is logged: ${logLevels.join(', ')}.`),
} as const

export type VariableName = keyof typeof variables

export type Environment = Record<string, string | undefined>

/**
 * Returns the value of a variable, or its default.
 * @throws {Error} that names the variable. For a secret, the message never contains the value.
 */
export function readVariable<T>(
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

/** Reads a secret from a file, without trailing line ends. */
function readSecretFile(name: string, path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '')
  } catch (error) {
    throw new Error(`${name} names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  if (text === '') throw new Error(`${name} names a file that is empty`)
  return text
}

/** A variable that looks like one of ours but is not, and the closest known name. */
export interface UnknownVariable {
  name: string
  nearest: string
}

/** Finds misspelled names: they start with a prefix of ours, but nothing reads them. */
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
