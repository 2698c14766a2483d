import { parseSmtpUrls } from '../../server/config/smtp.ts'
import { createLogger } from '../../server/log.ts'
import type { SmtpOptions } from '../../server/mail/smtp.ts'
import { nameless } from './mails.ts'

/** The options of a mailer, with the configuration's defaults. */
export function mailerOptions(url: string, options: Partial<SmtpOptions> = {}): SmtpOptions {
  return {
    routes: parseSmtpUrls(url),
    ehloName: 'otp.acme.example',
    maxConnections: 16,
    defaultFrom: { name: 'Acme', address: 'login@acme.example' },
    timeoutMs: 2000,
    brandOf: async () => nameless,
    isLogoSent: false,
    log: createLogger('silent'),
    ...options,
  }
}
