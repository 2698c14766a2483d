import nodemailer, { type NodemailerError } from 'nodemailer'
import { DeliveryUnknown, type Mailer } from '../otp/ports.ts'
import { watchAttempts } from './attempts.ts'
import type { MailSettings } from './content.ts'
import { composeMail } from './message.ts'

export interface SmtpOptions {
  /** smtp:// or smtps://, as nodemailer reads it; undefined leaves the mailer unconfigured. */
  url: string | undefined
  defaultFrom: { name: string; address: string }
  /** The whole delivery: waiting for a connection, the conversation, and the server's last word. */
  timeoutMs: number
  settings: MailSettings
  /** The key that signs every mail (RFC 6376); undefined leaves them unsigned. */
  dkim?: { domain: string; selector: string; privateKey: string } | undefined
}

export interface SmtpMailer extends Mailer {
  close(): void
}

/** A mailer over one pooled SMTP route. */
export function createSmtpMailer({ url, defaultFrom, timeoutMs, settings, dkim }: SmtpOptions): SmtpMailer {
  if (url === undefined) {
    return {
      isConfigured: false,
      timeoutMs,
      deliver: () => Promise.reject(new Error('no SMTP route is configured')),
      close: () => {},
    }
  }

  const transport = nodemailer.createTransport({
    url,
    pool: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // A message must never be able to read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
    }),
  })

  const mayBeHandedOver = watchAttempts(transport)

  return {
    isConfigured: true,
    timeoutMs,

    async deliver(mail) {
      const from = mail.from ?? defaultFrom
      const { language, ...body } = composeMail(mail, settings)
      const signal = AbortSignal.timeout(timeoutMs)
      // The Message-ID is left to nodemailer, which takes the sender's domain, as spam filters expect.
      const sending = transport.sendMail({
        ...body,
        from,
        // As an object and with an explicit envelope, so that nothing parses the address a second time.
        to: { name: '', address: mail.to },
        envelope: { from: from.address, to: [mail.to] },
        headers: {
          'Auto-Submitted': 'auto-generated', // RFC 3834, section 5
          'X-Auto-Response-Suppress': 'All', // what Exchange and Outlook read instead
          'Content-Language': language, // RFC 3282
        },
        signal,
      })
      const info = await sending.catch((cause: NodemailerError) => {
        if (isRefusal(cause) || !mayBeHandedOver(signal)) throw cause
        throw new DeliveryUnknown('the SMTP server did not say what became of the mail', { cause })
      })
      const isAccepted =
        info.accepted.length === 1 && info.accepted[0] === mail.to && info.rejected.length === 0
      if (!isAccepted || !/^250\b/.test(info.response)) {
        throw new DeliveryUnknown('the SMTP server did not accept the mail for exactly its recipient')
      }
    },

    close: () => transport.close(),
  }
}

// RFC 5321, section 4.2.1: only 4yz and 5yz say that the server takes no responsibility for the mail.
function isRefusal({ responseCode = 0 }: NodemailerError): boolean {
  return responseCode >= 400 && responseCode <= 599
}
