import { setTimeout as sleep } from 'node:timers/promises'
import type { BrandOf } from '../brand.ts'
import type { SmtpRoute } from '../config/smtp.ts'
import type { Logger } from '../log.ts'
import { type CodeMail, type Delivery, DeliveryUnknown, type Mailer } from '../otp/delivery.ts'
import { composeMail } from './message.ts'
import { mimeMessage, newMessageId } from './mime.ts'
import { deliveryProblems } from './problems.ts'
import { createRotation } from './rotation.ts'
import {
  createRoute,
  type DeliveryMarks,
  type FailedTry,
  isFailed,
  type OutgoingMail,
  type Route,
  type RouteOptions,
} from './route.ts'

export interface SmtpOptions extends RouteOptions {
  /** In the order in which they are tried. If there are none, the mailer is not configured. */
  routes: readonly SmtpRoute[]
  defaultFrom: { name: string; address: string }
  brandOf: BrandOf
  /** If true, each email contains the logo of the brand. */
  isLogoSent: boolean
  log: Logger
  /** Called after every try. */
  onTry?: ((delivery: Delivery, durationMs: number, marks: DeliveryMarks) => void) | undefined
}

export interface SmtpMailer extends Mailer {
  /** The mail servers, in order. */
  readonly routes: readonly Route[]
  /** Probes every mail server without sending an email. Logs a warning for those that do not work. */
  checkRoutes(): Promise<void>
  close(): void
}

const firstPauseMs = 100
const longestPauseMs = 1_000

/**
 * Creates a mailer for one or more mail servers. It tries the next one only if the previous one definitely did not take
 * the email: it failed before the end of the content, or answered 4yz. So no failure turns one email into two.
 */
export function createSmtpMailer(options: SmtpOptions): SmtpMailer {
  const { defaultFrom, timeoutMs, brandOf, isLogoSent, log, onTry } = options
  const routes = options.routes.map((route) => createRoute(route, options))
  const rotation = createRotation(routes, log)

  const prepare = async (mail: CodeMail): Promise<OutgoingMail> => {
    const brand = await brandOf(mail.projectId)
    const from = mail.from ?? { ...defaultFrom, name: defaultFrom.name || brand.name }
    const logo = isLogoSent && brand.logo ? { id: newMessageId(from.address), ...brand.logo } : undefined
    const { language, ...body } = composeMail(mail, brand, logo?.id)
    const headers = {
      'auto-submitted': 'auto-generated', // RFC 3834, section 5
      'x-auto-response-suppress': 'All', // Exchange and Outlook read this one instead
      'content-language': language, // RFC 3282
    }
    const messageId = newMessageId(from.address)
    return {
      raw: mimeMessage({ ...body, image: logo, from, to: mail.to, messageId, headers }),
      messageId,
      from: from.address,
      to: mail.to,
      code: mail.code,
      network: mail.network,
    }
  }

  /** Tries the routes in order. @returns the delivery, or the failure that says most */
  const tryEach = async (
    mail: OutgoingMail,
    signal: AbortSignal,
    deadlineAt: number,
    before: FailedTry[],
  ): Promise<Delivery | FailedTry> => {
    const candidates = rotation.candidates()
    let failed: FailedTry | undefined
    for (const [place, route] of candidates.entries()) {
      const isLast = place === candidates.length - 1
      // Every route except the last leaves half of the remaining time to the routes after it.
      const share = isLast
        ? undefined
        : AbortSignal.timeout(Math.max(1, Math.floor((deadlineAt - performance.now()) / 2)))
      const startedAt = performance.now()
      const marks: DeliveryMarks = {}
      const result = await route.attempt(
        mail,
        before.length + 1,
        signal,
        share ? AbortSignal.any([share, signal]) : signal,
        marks,
      )
      onTry?.(isFailed(result) ? result.delivery : result, performance.now() - startedAt, marks)
      rotation.report(route, isFailed(result) ? result.delivery : result)
      if (!isFailed(result)) return result
      // If time ran out during this try, the reason why the previous one failed says more.
      failed = (result.isOutOfTime && (failed ?? before.at(-1))) || result
      before.push(result)
      if (!mayGoElsewhere(result) || signal.aborted) return failed
    }
    return failed as FailedTry // there is at least one route
  }

  const deliverUntil = async (
    signal: AbortSignal,
    deadlineAt: number,
    mail: OutgoingMail,
  ): Promise<Delivery> => {
    const failures: FailedTry[] = []
    for (let round = 1; ; round++) {
      const earlier = failures.length
      const result = await tryEach(mail, signal, deadlineAt, failures)
      if (!isFailed(result)) return result
      const last = failures.at(-1)
      const mayRepeat =
        last && mayGoElsewhere(last) && failures.slice(earlier).some((each) => each.mayTryAgain)
      if (mayRepeat && (await hasPaused(round, signal))) continue
      throw result.error
    }
  }

  return {
    isConfigured: routes.length > 0,
    timeoutMs,
    routes,

    async deliver(mail) {
      if (routes.length === 0) throw new Error('no SMTP route is configured')
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(), timeoutMs)
      try {
        return await deliverUntil(deadline.signal, performance.now() + timeoutMs, await prepare(mail))
      } finally {
        clearTimeout(timer) // otherwise it would keep the email in memory until it fires
      }
    },

    checkRoutes: () => rotation.check(),

    close() {
      rotation.stop()
      for (const route of routes) route.close()
    },
  }
}

/** True if we may try another mail server, and if that could help. */
function mayGoElsewhere({ error, delivery }: FailedTry): boolean {
  if (error instanceof DeliveryUnknown || delivery.problem === 'recipient-refused') return false
  return delivery.phase !== 'end' || deliveryProblems[delivery.problem ?? 'outcome-unknown'].mayRetry
}

/** Waits before the next round, longer each time and with random jitter. @returns false if time is up */
async function hasPaused(round: number, signal: AbortSignal): Promise<boolean> {
  const longestMs = Math.min(firstPauseMs * 2 ** (round - 1), longestPauseMs)
  try {
    await sleep(longestMs * (0.5 + Math.random() / 2), undefined, { signal })
    return true
  } catch {
    return false
  }
}
