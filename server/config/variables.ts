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
    'Address that the HTTP server binds to; use 0.0.0.0 for all interfaces.',
  ),
  DATABASE_URL: secret(
    parseDatabaseUrl,
    'sqlite:./data/risumail-otp.db',
    'Where sessions and credentials are stored: sqlite:PATH (the file is created if it does not exist) or postgres://user:password@host/database.',
  ),
  SMTP_URL: secret(
    parseSmtpUrls,
    undefined,
    'The mail server: smtp://user:password@host:587 (with STARTTLS) or smtps://…; several URLs, separated by commas, are tried in order. If unset, sends answer 503. TLS is required unless the host is this machine or ?requireTLS=false is set. A password is never sent to another machine without TLS.',
  ),
  SMTP_CA_FILE: variable(
    parseCaFile,
    undefined,
    "PEM file with the certificate of a private authority that signed the mail server's certificate.",
  ),
  SMTP_EHLO_NAME: variable(
    parseEhloName,
    undefined,
    'Name that this server sends to the mail server in EHLO. If unset, the host of PUBLIC_URL, or else the domain of MAIL_FROM.',
  ),
  SMTP_MAX_CONNECTIONS: variable(
    parseConnectionCount,
    '16',
    'Maximum connections to the mail server at once; a send waits for a free one, within SMTP_TIMEOUT.',
  ),
  SMTP_TIMEOUT: variable(
    (text) => parseDuration(text, '5m'),
    '8s',
    'Maximum time for one whole delivery; with more than 8s, SIGTERM may interrupt a delivery.',
  ),
  MAIL_FROM: variable(
    parseSender,
    undefined,
    'Sender of the emails: address or Name <address>. If unset, no-reply@ and the host of PUBLIC_URL, unless that is an IP address.',
  ),
  MAIL_BRAND_NAME: variable(
    parseBrandName,
    undefined,
    'Your name in the emails and on the hosted page. In emails, it is in the subject, in the bar at the top, and the display name if MAIL_FROM has none.',
  ),
  MAIL_ACCENT_COLOR: variable(
    parseColor,
    '1d4ed8',
    'Color of the bar at the top and of the button, in the emails and on the hosted page, as rrggbb; write #rrggbb only in quotes, because # starts a comment here.',
  ),
  MAIL_LOGO: variable(
    parseLogoFile,
    undefined,
    'Path of your logo, a PNG or JPEG file of at most 64 KiB; the hosted page shows it. If unset, the page shows MAIL_BRAND_NAME.',
  ),
  MAIL_LOGO_ATTACHED: variable(
    parseSwitch,
    'false',
    'true also sends the logo with each email; false leaves it out, because many email programs show it as an attachment.',
  ),
  MAIL_SUPPORT_ADDRESS: variable(
    parseSupportAddress,
    undefined,
    'Address for questions, shown in the emails and on the hosted page. If unset, they show none.',
  ),
  DKIM_DOMAIN: variable(
    parseDkimDomain,
    undefined,
    'Domain that signs the emails (DKIM): the domain of MAIL_FROM. If unset, this server does not sign emails.',
  ),
  DKIM_SELECTOR: variable(
    parseDkimSelector,
    undefined,
    'Selector of the DKIM key; the public key is in the DNS at SELECTOR._domainkey.DOMAIN.',
  ),
  DKIM_PRIVATE_KEY: secret(
    parseDkimPrivateKey,
    undefined,
    'RSA key that signs the emails (DKIM): the PEM text, which may have \\n for line ends, or the path of its file.',
  ),
  PUBLIC_URL: variable(
    parsePublicUrl,
    undefined,
    'Base URL of the links to this server, as recipients reach it. If unset, http://localhost and the port.',
  ),
  SERVE_DOCS: variable(
    parseSwitch,
    'true',
    'true serves these docs at /docs, and the contract at /openapi.yaml and /openapi.json; false does not.',
  ),
  OTP_SECRET: secret(
    parseSecrets,
    undefined,
    'Secret key for the hashes of the codes, 32 characters or more (openssl rand -hex 32). If there are several, separated by commas, the first signs and all verify. Required, except with npm run dev.',
  ),
  PUBLIC_TOKEN_TEXTS: variable(
    parsePublicTokenTexts,
    'plain',
    'Texts that a public token may set in an email. plain: plain text without links, addresses or phone numbers; locked: no subject, verificationLine or from at all.',
  ),
  TRUSTED_PROXIES: variable(
    parseNetworks,
    '',
    'Addresses and CIDR blocks of the reverse proxies whose X-Forwarded-For is trusted, separated by commas.',
  ),
  ...limitVariables,
  RETENTION: variable(
    parseDuration,
    '90d',
    'How long completed verifications are kept; counted attempts are deleted when they expire, idempotency keys an hour later.',
  ),
  RETENTION_UNVERIFIED: variable(
    parseDuration,
    '24h',
    'How long other sessions are kept after they expire, so that their status can be looked up.',
  ),
  WEBHOOK_ALLOWED_NETWORKS: variable(
    parseNetworks,
    '',
    'Addresses and CIDR blocks, separated by commas, that webhooks may reach even if they are not public, and also over plain http.',
  ),
  METRICS_PORT: variable(
    parsePort,
    undefined,
    'TCP port where Prometheus reads the metrics, at /metrics. If unset, there are no metrics.',
  ),
  METRICS_HOST: variable(
    parseHost,
    '127.0.0.1',
    'Address that the metrics port binds to; do not let a proxy expose it to the public.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    parsePublicUrl,
    undefined,
    'Collector that receives traces as OTLP over HTTP, such as http://localhost:4318. If unset, there are no traces.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: secret(
    parseHeaders,
    '',
    'Headers for the collector, as name=value, separated by commas.',
  ),
  OTEL_SERVICE_NAME: variable(parseServiceName, 'risumail-otp', 'Name of this service in traces.'),
  OTEL_TRACES_SAMPLER_ARG: variable(
    parseRatio,
    '1',
    'Share of new traces to keep, 0 to 1; for a trace that a caller began, the caller decides.',
  ),
  LOG_LEVEL: variable(parseLogLevel, 'info', `Log level: ${logLevels.join(', ')}.`),
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
  if (file && environment[name]) throw new Error(`${name} and ${fileName} are both set; set only one of them`)
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
  if (text === '') throw new Error(`${name} names an empty file`)
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
