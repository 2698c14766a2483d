import { type BlockList, isIP } from 'node:net'
import type { Brand } from './brand.ts'
import type { DatabaseLocation } from './config/database.ts'
import { type Limits, limitVariables } from './config/limits.ts'
import { type DkimKey, dkimKeyOf } from './config/mail.ts'
import { type SmtpRoute, usualEhloName } from './config/smtp.ts'
import type { Variable } from './config/variable.ts'
import { type Environment, readVariable, type VariableName, variables } from './config/variables.ts'
import type { LogLevel } from './log.ts'
import type { Limit, PublicTokenTexts } from './settings.ts'

export interface Config {
  port: number
  host: string
  database: DatabaseLocation
  smtp: {
    /** In the order in which they are tried. */
    routes: SmtpRoute[]
    authorities: string | undefined
    ehloName: string
    maxConnections: number
  }
  smtpTimeoutMs: number
  mailFrom: { name: string; address: string }
  brand: Brand
  /** If true, each email contains the logo. */
  isLogoSent: boolean
  dkim: DkimKey | undefined
  publicUrl: string
  areDocsServed: boolean
  /** The domain of the codes, for autofill: the host of PUBLIC_URL, if it is set. */
  autofillHost: string | undefined
  publicTokenTexts: PublicTokenTexts
  otpSecrets: [string, ...string[]]
  trustedProxies: BlockList
  limits: Limits
  retentionMs: number
  retentionUnverifiedMs: number
  webhookAllowedNetworks: BlockList
  /** Where Prometheus reads the metrics. If undefined, there are no metrics. */
  metrics: { port: number; host: string } | undefined
  /** Where traces go. If undefined, there are no traces. */
  tracing:
    | { endpoint: string; headers: Record<string, string>; serviceName: string; ratio: number }
    | undefined
  logLevel: LogLevel
}

/** Thrown when the environment is wrong; the message has one line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

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
    smtpRoutes: read('SMTP_URL', variables.SMTP_URL) ?? [],
    smtpAuthorities: read('SMTP_CA_FILE', variables.SMTP_CA_FILE),
    smtpEhloName: read('SMTP_EHLO_NAME', variables.SMTP_EHLO_NAME),
    smtpMaxConnections: readRequired('SMTP_MAX_CONNECTIONS', variables.SMTP_MAX_CONNECTIONS),
    smtpTimeoutMs: readRequired('SMTP_TIMEOUT', variables.SMTP_TIMEOUT),
    mailFrom: read('MAIL_FROM', variables.MAIL_FROM),
    brandName: read('MAIL_BRAND_NAME', variables.MAIL_BRAND_NAME) ?? '',
    accentColor: readRequired('MAIL_ACCENT_COLOR', variables.MAIL_ACCENT_COLOR),
    logo: read('MAIL_LOGO', variables.MAIL_LOGO),
    isLogoSent: readRequired('MAIL_LOGO_ATTACHED', variables.MAIL_LOGO_ATTACHED),
    supportAddress: read('MAIL_SUPPORT_ADDRESS', variables.MAIL_SUPPORT_ADDRESS),
    dkimParts: {
      domain: read('DKIM_DOMAIN', variables.DKIM_DOMAIN),
      selector: read('DKIM_SELECTOR', variables.DKIM_SELECTOR),
      privateKey: read('DKIM_PRIVATE_KEY', variables.DKIM_PRIVATE_KEY),
    },
    publicUrl: read('PUBLIC_URL', variables.PUBLIC_URL),
    areDocsServed: readRequired('SERVE_DOCS', variables.SERVE_DOCS),
    publicTokenTexts: readRequired('PUBLIC_TOKEN_TEXTS', variables.PUBLIC_TOKEN_TEXTS),
    otpSecrets: readRequired('OTP_SECRET', variables.OTP_SECRET),
    trustedProxies: readRequired('TRUSTED_PROXIES', variables.TRUSTED_PROXIES),
    limits: readLimits(read),
    retentionMs: readRequired('RETENTION', variables.RETENTION),
    retentionUnverifiedMs: readRequired('RETENTION_UNVERIFIED', variables.RETENTION_UNVERIFIED),
    webhookAllowedNetworks: readRequired('WEBHOOK_ALLOWED_NETWORKS', variables.WEBHOOK_ALLOWED_NETWORKS),
    tracing: {
      endpoint: read('OTEL_EXPORTER_OTLP_ENDPOINT', variables.OTEL_EXPORTER_OTLP_ENDPOINT),
      headers: readRequired('OTEL_EXPORTER_OTLP_HEADERS', variables.OTEL_EXPORTER_OTLP_HEADERS),
      serviceName: readRequired('OTEL_SERVICE_NAME', variables.OTEL_SERVICE_NAME),
      ratio: readRequired('OTEL_TRACES_SAMPLER_ARG', variables.OTEL_TRACES_SAMPLER_ARG),
    },
    metricsPort: read('METRICS_PORT', variables.METRICS_PORT),
    metricsHost: readRequired('METRICS_HOST', variables.METRICS_HOST),
    logLevel: readRequired('LOG_LEVEL', variables.LOG_LEVEL),
  }
  const dkimNames = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY']
  const missing = dkimNames.filter((name) => !environment[name] && !environment[`${name}_FILE`])
  if (missing.length === 1 || missing.length === 2) {
    problems.push(
      `${missing.join(' and ')} must be set too: signing emails needs all of ${dkimNames.join(', ')}`,
    )
  }
  const senderHost = new URL(given.publicUrl ?? 'http://localhost').hostname
  if (given.mailFrom === undefined && isIP(senderHost.replace(/^\[|\]$/g, '')) !== 0) {
    problems.push('MAIL_FROM is required when the host of PUBLIC_URL is an IP address')
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))

  const {
    brandName,
    accentColor,
    logo,
    supportAddress,
    dkimParts,
    metricsPort,
    metricsHost,
    tracing,
    ...rest
  } = given
  const { smtpRoutes, smtpAuthorities, smtpEhloName, smtpMaxConnections, ...settings } = rest
  const publicUrl = settings.publicUrl ?? `http://localhost:${settings.port}`
  const mailFrom = settings.mailFrom ?? { name: '', address: `no-reply@${new URL(publicUrl).hostname}` }
  return {
    ...settings,
    publicUrl,
    autofillHost: settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl).hostname,
    smtp: {
      routes: smtpRoutes,
      authorities: smtpAuthorities,
      ehloName: smtpEhloName ?? usualEhloName(publicUrl, mailFrom.address),
      maxConnections: smtpMaxConnections,
    },
    mailFrom,
    brand: { name: brandName, accentColor, supportAddress, logo },
    dkim: dkimKeyOf(dkimParts),
    tracing: tracing.endpoint === undefined ? undefined : { ...tracing, endpoint: tracing.endpoint },
    metrics: metricsPort === undefined ? undefined : { port: metricsPort, host: metricsHost },
  }
}

function readLimits(read: (name: VariableName, spec: Variable<Limit | undefined>) => Limit | undefined) {
  return Object.fromEntries(
    Object.entries(limitVariables).map(([name, spec]) => {
      const limit = read(name as VariableName, spec)
      return [name, limit && { ...limit, name }]
    }),
  ) as Limits
}

/** Returns where the store is, for commands that need no other setting. @throws {ConfigError} */
export function loadDatabase(environment: Environment): DatabaseLocation {
  try {
    return readVariable(environment, 'DATABASE_URL', variables.DATABASE_URL) as DatabaseLocation
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}
