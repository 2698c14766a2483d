import type { Config } from './config.ts'
import { createSmtpMailer, type SmtpMailer, type SmtpOptions } from './mail/smtp.ts'

/** The mailer that the configuration describes. */
export function openMailer(config: Config, options: Pick<SmtpOptions, 'log' | 'onTry' | 'hear'>): SmtpMailer {
  return createSmtpMailer({
    ...config.smtp,
    defaultFrom: config.mailFrom,
    timeoutMs: config.smtpTimeoutMs,
    settings: { brand: config.brand },
    dkim: config.dkim,
    ...options,
  })
}
