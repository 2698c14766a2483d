import type { IncomingMessage } from 'node:http'
import Router from '@koa/router'
import type { Context } from 'koa'
import { OtpError } from '../errors.ts'
import { countedMailbox } from '../otp/mailboxes.ts'
import { maskAddress } from '../otp/mask.ts'
import { type PageDependencies, type PageView, verifyOnPage, viewSession } from '../otp/page.ts'
import { type Language, languageOf, languages } from '../texts/languages.ts'
import { answers, type Trouble } from './answers.ts'
import { readForm } from './form.ts'
import { html } from './html.ts'
import { isForeign } from './origin.ts'
import { styleHash } from './style.ts'

export interface PageOptions {
  rules: PageDependencies
  publicUrl: string
  /** Whom the limit counts. */
  clientOf: (request: IncomingMessage) => { address: string; network: string }
}

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${styleHash}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * `/verify-email`, where a recipient types the code of an email verification. Reading it changes nothing,
 * whatever the link carries; only a typed code that is posted does. Every answer is the page, in words.
 */
export function verifyEmailPage({ rules, publicUrl, clientOf }: PageOptions): Router {
  // Strict, because the form leads back here by a relative link, so that a proxy may serve the page below a path.
  const router = new Router({ strict: true, sensitive: true })

  router.use(async (context, next) => {
    context.set('Content-Security-Policy', contentSecurityPolicy)
    context.set('Referrer-Policy', 'no-referrer')
    try {
      await next()
    } catch (thrown) {
      const isAway = thrown instanceof OtpError && thrown.code === 'SERVICE_UNAVAILABLE'
      context.state['failure'] = thrown
      if (isAway) context.set('Retry-After', String(thrown.retryAfterSeconds))
      show(context, isAway ? 'unavailable' : 'fault')
    }
  })

  router.get('/verify-email', async (context) => {
    const [id = '', ...others] = new URLSearchParams(context.querystring).getAll('sessionId')
    if (others.length > 0) return show(context, 'unknown')
    showSession(context, id, await viewSession(rules, id))
  })

  router.post('/verify-email', async (context) => {
    if (isForeign(context, publicUrl)) return show(context, 'foreign')
    const form = await readForm(context)
    if (typeof form === 'string') return show(context, form)
    const { address, network } = clientOf(context.req)
    const view = await verifyOnPage(rules, { sessionId: form.sessionId, typed: form.code, client: address })
    const { session, limit } = view
    const recipient = session && countedMailbox(session.canonicalRecipient)
    Object.assign(context.state, { network, recipient, limit })
    showSession(context, form.sessionId, view)
  })

  router.all('/verify-email', (context) => {
    context.set('Allow', 'GET, HEAD, POST')
    show(context, 'method')
  })
  return router
}

const withForm = new Set<PageView['state']>(['open', 'wrong', 'missingCode'])
const withWayBack = new Set<PageView['state']>(['verified', 'alreadyVerified'])

function showSession(context: Context, sessionId: string, { state, session, retryAfterMs }: PageView): void {
  if (retryAfterMs !== undefined) context.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
  show(context, state, {
    locale: session?.locale,
    attemptsLeft: session?.attemptsLeft,
    form:
      session && withForm.has(state)
        ? {
            sessionId,
            maskedAddress: maskAddress(session.email),
            otpDigits: session.otpDigits,
            isInvalid: state !== 'open',
          }
        : undefined,
    redirectUrl: withWayBack.has(state) ? wayBackOf(sessionId, session?.redirectUrl) : undefined,
  })
}

/** With the id of the session, so that the back end can ask for its status. It proves nothing by itself. */
function wayBackOf(sessionId: string, redirectUrl: string | undefined): string | undefined {
  if (redirectUrl === undefined) return undefined
  const [address = '', ...fragment] = redirectUrl.split('#')
  const joint = address.includes('?') ? '&' : '?'
  return [`${address}${joint}sessionId=${sessionId}`, ...fragment].join('#')
}

interface Shown {
  locale?: string | undefined
  attemptsLeft?: number | undefined
  form?: Parameters<typeof html>[0]['form']
  redirectUrl?: string | undefined
}

function show(
  context: Context,
  state: PageView['state'] | Trouble,
  { locale, attemptsLeft = 0, form, redirectUrl }: Shown = {},
): void {
  const { status, errorCode, kind, message } = answers[state]
  const language = locale === undefined ? acceptedLanguage(context) : languageOf(locale)
  const texts = languages[language]
  const said = message && { text: message(texts.page, attemptsLeft), kind }
  if (errorCode !== undefined) context.state['errorCode'] = errorCode
  context.status = status
  context.type = 'html'
  context.vary('Accept-Language')
  context.body = html({ language, texts, message: said, form, redirectUrl })
}

// No browser sends a longer one, and the time that it takes to read grows faster than the header.
const longestAcceptLanguage = 1_000

/** The language that the browser asks for most, else English. */
function acceptedLanguage(context: Context): Language {
  if (context.get('accept-language').length > longestAcceptLanguage) return 'en'
  const best = context.acceptsLanguages(...Object.keys(languages))
  return best === false ? 'en' : (best as Language)
}
