import type { BrandOf } from './brand.ts'
import type { Config } from './config.ts'
import { createSmtpMailer, type SmtpMailer, type SmtpOptions } from './mail/smtp.ts'

type Options = Pick<SmtpOptions, 'log' | 'onTry' | 'hear'> & {
  /** If unset, every project has the brand of the installation. */
  brandOf?: BrandOf
}

/** Opens the mailer that the configuration describes. */
export function openMailer(config: Config, options: Options): SmtpMailer {
  return createSmtpMailer({
    ...config.smtp,
    defaultFrom: config.mailFrom,
    timeoutMs: config.smtpTimeoutMs,
    brandOf: async () => config.brand,
    isLogoSent: config.isLogoSent,
    dkim: config.dkim,
    ...options,
  })
}
