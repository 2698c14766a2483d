import { parseSmtpUrls } from '../../server/config/smtp.ts'
import { createLogger } from '../../server/log.ts'
import type { SmtpOptions } from '../../server/mail/smtp.ts'

/** What a mailer is made of, as the configuration would have it by default. */
export function mailerOptions(
  url: string,
  options: Partial<SmtpOptions> & Pick<SmtpOptions, 'settings'>,
): SmtpOptions {
  return {
    routes: parseSmtpUrls(url),
    ehloName: 'otp.acme.example',
    maxConnections: 16,
    defaultFrom: { name: 'Acme', address: 'login@acme.example' },
    timeoutMs: 2000,
    log: createLogger('silent'),
    ...options,
  }
}
