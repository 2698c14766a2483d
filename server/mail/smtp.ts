import { setTimeout as sleep } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import nodemailer, { type NodemailerError } from 'nodemailer'
import type { SmtpRoute } from '../config/smtp.ts'
import { type CodeMail, DeliveryFailed, DeliveryUnknown, type Mailer } from '../otp/delivery.ts'
import { watchAttempts } from './attempts.ts'
import type { MailSettings } from './content.ts'
import { type DeliveryFacts, factsOf, mayTryAgain, type Progress } from './failure.ts'
import { Lanes } from './lanes.ts'
import { composeMail } from './message.ts'
import { mimeMessage } from './mime.ts'

export interface SmtpOptions {
  /** Undefined leaves the mailer unconfigured. */
  route: SmtpRoute | undefined
  /** Certificates of authorities that are trusted beside the usual ones, as PEM. */
  authorities?: string | undefined
  /** How we introduce ourselves. */
  ehloName: string
  /** Most connections at once. */
  maxConnections: number
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

const firstPauseMs = 100
const longestPauseMs = 1_000

/** A mailer over one pooled SMTP route. */
export function createSmtpMailer(options: SmtpOptions): SmtpMailer {
  const { route, defaultFrom, timeoutMs, settings } = options
  if (route === undefined) {
    return {
      isConfigured: false,
      timeoutMs,
      deliver: () => Promise.reject(new Error('no SMTP route is configured')),
      close: () => {},
    }
  }

  const transport = createTransport(route, options)
  const lanes = new Lanes({ maxConnections: options.maxConnections, now: () => performance.now() })
  const progressOf = watchAttempts(transport, options.dkim !== undefined)
  const routeName = `${route.host.includes(':') ? `[${route.host}]` : route.host}:${route.port}`

  const messageFor = (mail: CodeMail) => {
    const from = mail.from ?? defaultFrom
    const { language, ...body } = composeMail(mail, settings)
    const headers = {
      'auto-submitted': 'auto-generated', // RFC 3834, section 5
      'x-auto-response-suppress': 'All', // what Exchange and Outlook read instead
      'content-language': language, // RFC 3282
    }
    return {
      raw: mimeMessage({ ...body, from, to: mail.to, headers }),
      // Explicit, so that nothing parses the addresses a second time.
      envelope: { from: from.address, to: [mail.to] },
    }
  }

  const deliverUntil = async (signal: AbortSignal, mail: CodeMail) => {
    const message = { ...messageFor(mail), signal }
    let earlier: { cause: NodemailerError; progress: Progress } | undefined
    for (let tries = 1; ; tries++) {
      try {
        const info = await transport.sendMail(message)
        const isAccepted =
          info.accepted.length === 1 && info.accepted[0] === mail.to && info.rejected.length === 0
        if (isAccepted && /^250\b/.test(info.response)) return
        throw new DeliveryUnknown('the SMTP server did not accept the mail for exactly its recipient')
      } catch (thrown) {
        if (thrown instanceof DeliveryUnknown) throw thrown
        const cause = thrown as NodemailerError
        const progress = progressOf(signal)
        if (mayTryAgain(cause, progress) && (await hasPaused(tries, signal))) {
          earlier = { cause, progress }
          continue
        }
        // That time ran out in the middle of a further try says less than why the one before failed.
        const isOutOfTime = cause.name === 'AbortError' && !progress.isBegun
        const last = (isOutOfTime && earlier) || { cause, progress }
        const facts = factsOf(last.cause, last.progress, routeName, tries)
        throw isRefusal(cause) || !progress.isRead
          ? new DeliveryFailed('the SMTP server did not take the mail', { cause, facts })
          : new DeliveryUnknown('the SMTP server did not say what became of the mail', { cause, facts })
      }
    }
  }

  const enter = async ({ to, network }: CodeMail, signal: AbortSignal) => {
    try {
      return await lanes.enter({ domain: domainOf(to), network }, signal)
    } catch (cause) {
      const facts: DeliveryFacts = { route: routeName, phase: 'queue', tries: 0 }
      throw new DeliveryFailed('no connection to the SMTP server became free', { cause, facts })
    }
  }

  return {
    isConfigured: true,
    timeoutMs,

    async deliver(mail) {
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(), timeoutMs)
      let leave: ((isAccepted: boolean) => void) | undefined
      let isAccepted = false
      try {
        leave = await enter(mail, deadline.signal)
        await deliverUntil(deadline.signal, mail)
        isAccepted = true
      } finally {
        clearTimeout(timer) // else it would hold on to the mail for as long
        leave?.(isAccepted)
      }
    },

    close: () => transport.close(),
  }
}

function createTransport(
  route: SmtpRoute,
  { authorities, ehloName, maxConnections, timeoutMs, dkim }: SmtpOptions,
) {
  const { host, port, isImplicitTls, requiresTls, login } = route
  return nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: isImplicitTls,
    requireTLS: requiresTls,
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...(authorities !== undefined && { tls: { ca: [...rootCertificates, authorities] } }),
    name: ehloName,
    maxConnections,
    // A little less than the whole, so that nodemailer still says which of the two it was waiting for.
    connectionTimeout: timeoutMs * 0.9,
    greetingTimeout: timeoutMs * 0.9,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // A message must never be able to read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
    }),
  })
}

/** Waits before the next try, longer each time and never quite as long as others do. @returns false if time is up */
async function hasPaused(tries: number, signal: AbortSignal): Promise<boolean> {
  const longestMs = Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs)
  try {
    await sleep(longestMs * (0.5 + Math.random() / 2), undefined, { signal })
    return true
  } catch {
    return false
  }
}

// RFC 5321, section 4.2.1: only 4yz and 5yz say that the server takes no responsibility for the mail.
function isRefusal({ responseCode = 0 }: NodemailerError): boolean {
  return responseCode >= 400 && responseCode <= 599
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
