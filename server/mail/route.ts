import { rootCertificates } from 'node:tls'
import nodemailer, { type NodemailerError } from 'nodemailer'
import type { SmtpRoute } from '../config/smtp.ts'
import { type Delivery, DeliveryFailed, DeliveryUnknown } from '../otp/delivery.ts'
import { watchAttempts } from './attempts.ts'
import { conversationLogger } from './conversation.ts'
import { failedDelivery, isRefusal, mayTryAgain, withProblem } from './failure.ts'
import { Lanes } from './lanes.ts'
import { queueIdIn } from './queue-id.ts'

export interface RouteOptions {
  /** Certificates of extra authorities to trust besides the usual ones, as PEM. */
  authorities?: string | undefined
  /** The name that we send in EHLO. */
  ehloName: string
  /** The maximum number of connections at once. */
  maxConnections: number
  /** The longest time that one delivery may take. */
  timeoutMs: number
  /** The key that signs every email (RFC 6376). If undefined, emails are not signed. */
  dkim?: { domain: string; selector: string; privateKey: string } | undefined
  /** Called with each line of the SMTP conversation, without the login and the email itself. */
  hear?: ((line: string) => void) | undefined
}

/** An email that is ready to send. */
export interface OutgoingMail {
  /** The whole message. */
  raw: string
  messageId: string
  from: string
  to: string
  /** The code. No log may contain it. */
  code: string
  /** The client network that asked for it with a public token. */
  network: string | undefined
}

/** A failed try, and what may follow. */
export interface FailedTry {
  error: DeliveryFailed
  delivery: Delivery
  /** True if another connection may try the same email, because none of its content was sent. */
  mayTryAgain: boolean
  /** True if time ran out before the email began. An earlier try then says more. */
  isOutOfTime: boolean
}

/** How many deliveries are under way, and how many wait for a connection. */
interface RouteUse {
  busy: number
  waiting: number
}

/** When the phases of a try began, in milliseconds from its start. undefined for phases that it did not reach. */
export interface DeliveryMarks {
  /** When the wait for a connection ended. */
  queueMs?: number
  envelopeMs?: number
  contentMs?: number
}

/** One mail server, with its open connections. */
export interface Route {
  /** host:port */
  readonly name: string
  /**
   * Tries once. `signal` stops the try. `untilSent` also stops it, but only while no content of the email was sent.
   * @returns the delivery, or why it failed
   */
  attempt(
    mail: OutgoingMail,
    tries: number,
    signal: AbortSignal,
    untilSent: AbortSignal,
    marks: DeliveryMarks,
  ): Promise<Delivery | FailedTry>
  /** Connects and logs in, but sends nothing. @returns the problem, if there is one */
  probe(): Promise<Delivery | undefined>
  use(): RouteUse
  close(): void
}

export function isFailed(result: Delivery | FailedTry): result is FailedTry {
  return 'error' in result
}

/** Returns the name of a route in the log, in metrics and in commands. */
export function routeName({ host, port }: Pick<SmtpRoute, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

export function createRoute(route: SmtpRoute, options: RouteOptions): Route {
  const name = routeName(route)
  const hasLogin = route.login !== undefined
  const transport = nodemailer.createTransport({
    ...connectionOptions(route, options),
    ...(options.hear && { debug: true, logger: conversationLogger(route, options.hear) }),
    pool: true,
    maxConnections: options.maxConnections,
    // A message must never be able to read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.dkim && {
      dkim: {
        domainName: options.dkim.domain,
        keySelector: options.dkim.selector,
        privateKey: options.dkim.privateKey,
      },
    }),
  })
  const lanes = new Lanes({ maxConnections: options.maxConnections, now: () => performance.now() })
  const progressOf = watchAttempts(transport, options.dkim !== undefined)

  const handOver = async (
    { raw, messageId, from, to, code }: OutgoingMail,
    tries: number,
    signal: AbortSignal,
    untilSent: AbortSignal,
    mark: (name: keyof DeliveryMarks, at: number | undefined) => void,
  ): Promise<Delivery | FailedTry> => {
    const cut = new AbortController()
    // We check this when the signal fires, in the same tick. Once content has begun to leave, the email may arrive, so
    // we wait for the answer.
    const cutUnsent = () => !progressOf(cut.signal).isRead && cut.abort()
    const cutAll = () => cut.abort()
    signal.addEventListener('abort', cutAll)
    untilSent.addEventListener('abort', cutUnsent)
    try {
      // The envelope is explicit, so that nodemailer does not parse the addresses again.
      const info = await transport.sendMail({ raw, envelope: { from, to: [to] }, signal: cut.signal })
      const isAccepted = info.accepted.length === 1 && info.accepted[0] === to && info.rejected.length === 0
      if (isAccepted && /^250\b/.test(info.response)) {
        const queueId = queueIdIn(info.response, code)
        return { route: name, phase: 'accepted', tries, messageId, ...(queueId && { queueId }) }
      }
      const delivery: Delivery = {
        route: name,
        phase: 'end',
        tries,
        ...withProblem('outcome-unknown'),
        messageId,
      }
      const error = new DeliveryUnknown(
        'the SMTP server did not accept the email for exactly its recipient',
        {
          delivery,
        },
      )
      return { error, delivery, mayTryAgain: false, isOutOfTime: false }
    } catch (thrown) {
      const cause = thrown as NodemailerError
      const progress = progressOf(cut.signal)
      const delivery = { ...failedDelivery(cause, progress, { route: name, tries, hasLogin }), messageId }
      const error =
        isRefusal(cause) || !progress.isRead
          ? new DeliveryFailed('the SMTP server did not accept the email', { cause, delivery })
          : new DeliveryUnknown('the SMTP server did not say whether it accepted the email', {
              cause,
              delivery,
            })
      const isOutOfTime = cause.name === 'AbortError' && !progress.isBegun
      return { error, delivery, mayTryAgain: mayTryAgain(cause, progress), isOutOfTime }
    } finally {
      const { begunAt, readAt } = progressOf(cut.signal)
      mark('envelopeMs', begunAt)
      mark('contentMs', readAt)
      signal.removeEventListener('abort', cutAll)
      untilSent.removeEventListener('abort', cutUnsent)
    }
  }

  return {
    name,

    async attempt(mail, tries, signal, untilSent, marks) {
      const startedAt = performance.now()
      const mark = (name: keyof DeliveryMarks, at: number | undefined) => {
        if (at !== undefined) marks[name] = at - startedAt
      }
      let leave: (isAccepted: boolean) => void
      try {
        leave = await lanes.enter({ domain: domainOf(mail.to), network: mail.network }, untilSent)
      } catch (cause) {
        const delivery: Delivery = {
          route: name,
          phase: 'queue',
          tries: tries - 1,
          ...withProblem('no-connection-free'),
          messageId: mail.messageId,
        }
        const error = new DeliveryFailed('no connection to the SMTP server became free', { cause, delivery })
        return { error, delivery, mayTryAgain: false, isOutOfTime: true }
      }
      let isAccepted = false
      mark('queueMs', performance.now())
      try {
        const result = await handOver(mail, tries, signal, untilSent, mark)
        isAccepted = !isFailed(result)
        return result
      } finally {
        leave(isAccepted)
      }
    },

    async probe() {
      const once = nodemailer.createTransport(connectionOptions(route, options))
      try {
        await once.verify()
        return undefined
      } catch (cause) {
        return failedDelivery(
          cause as NodemailerError,
          { isBegun: false, isRead: false },
          { route: name, tries: 1, hasLogin },
        )
      } finally {
        once.close()
      }
    },

    use: () => lanes.use(),
    close: () => transport.close(),
  }
}

/** Returns the options for every connection to the mail server. */
export function connectionOptions(
  { host, port, isImplicitTls, requiresTls, login }: SmtpRoute,
  { authorities, ehloName, timeoutMs }: Pick<RouteOptions, 'authorities' | 'ehloName' | 'timeoutMs'>,
) {
  return {
    host,
    port,
    secure: isImplicitTls,
    requireTLS: requiresTls,
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...(authorities !== undefined && { tls: { ca: [...rootCertificates, authorities] } }),
    name: ehloName,
    // A little less than the whole time, so that nodemailer still reports which of these two ran out.
    connectionTimeout: timeoutMs * 0.9,
    greetingTimeout: timeoutMs * 0.9,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
