import type { IncomingMessage } from 'node:http'
import Router from '@koa/router'
import type { Context, Next } from 'koa'
import type { Brand, BrandOf } from '../brand.ts'
import { OtpError } from '../errors.ts'
import { countedMailbox } from '../otp/mailboxes.ts'
import { maskAddress } from '../otp/mask.ts'
import { type PageState, verifyOnPage, viewSession } from '../otp/page.ts'
import type { HostedSession } from '../otp/ports.ts'
import { mayResend, type ResendDependencies, type ResendView, resendOnPage } from '../otp/resend.ts'
import { isSandbox, projectName } from '../sandbox.ts'
import type { PageStateName } from './answers.ts'
import { type Form, readForm } from './form.ts'
import { isForeign } from './origin.ts'
import { type Shown, show } from './show.ts'

export interface PageOptions {
  rules: ResendDependencies
  publicUrl: string
  brandOf: BrandOf
  /** The brand of pages that belong to no project. */
  installation: Brand
  /** Finds the client that the limits count. */
  clientOf: (request: IncomingMessage) => { address: string; network: string }
}

/**
 * Serves `/verify-email`, where recipients type the code of an email verification, and `/`, which tells visitors what
 * this site is. A GET changes nothing, whatever the link contains. Errors are pages for people too.
 */
export function pageRoutes(options: PageOptions): Router {
  const { rules, publicUrl, installation } = options
  // Strict, because the forms use relative links. These allow a proxy to serve the page under a path prefix.
  const router = new Router({ strict: true, sensitive: true })
  const trouble = (context: Context, state: PageStateName) => show(context, state, { brand: installation })

  const inWords = async (context: Context, next: Next) => {
    try {
      await next()
    } catch (thrown) {
      const isAway = thrown instanceof OtpError && thrown.code === 'SERVICE_UNAVAILABLE'
      context.state['failure'] = thrown
      if (isAway) context.set('Retry-After', String(thrown.retryAfterSeconds))
      trouble(context, isAway ? 'unavailable' : 'fault')
    }
  }

  router.get('/', (context) => trouble(context, 'home'))

  router.get('/verify-email', inWords, async (context) => {
    const query = new URLSearchParams(context.querystring)
    const [id = '', ...others] = query.getAll('sessionId')
    if (others.length > 0) return trouble(context, 'unknown')
    const view = await viewSession(rules, id)
    const isNew = view.state === 'open' && query.has('new')
    await showSession(context, options, id, view, isNew ? 'newCode' : view.state)
  })

  router.post('/verify-email', inWords, async (context) => {
    if (isForeign(context, publicUrl)) return trouble(context, 'foreign')
    const form = await readForm(context)
    if (typeof form === 'string') return trouble(context, form)
    const { address, network } = options.clientOf(context.req)
    Object.assign(context.state, { network, pageAction: form.action })
    const view = await act(rules, form, address)
    noteSession(context, view.session)
    if (view.state === 'resent') {
      const { sessionId, delivery } = view
      Object.assign(context.state['facts'], { sessionId, ...(delivery && { delivery }) })
      // Redirect, so that a reload does not request another code (RFC 9110, section 15.4.4).
      context.set('Location', `verify-email?sessionId=${sessionId}&new`)
      context.status = 303
      context.body = ''
      return
    }
    const { limit, failure } = view
    Object.assign(context.state, { limit, failure })
    await showSession(context, options, form.sessionId, view, view.state)
  })

  router.all('/verify-email', (context) => {
    context.set('Allow', 'GET, HEAD, POST')
    trouble(context, 'method')
  })
  return router
}

/** Notes for the log and the metrics whose session the form is about. */
function noteSession(context: Context, session: HostedSession | undefined): void {
  if (session === undefined) return
  const { projectId, credentialId, canonicalRecipient } = session
  context.state['recipient'] = countedMailbox(canonicalRecipient)
  context.state['credentialId'] = credentialId
  context.state['facts'] = { project: projectName(projectId), ...(isSandbox(projectId) && { sandbox: true }) }
}

type View = Exclude<ResendView, { state: 'resent' }>

async function act(rules: ResendDependencies, form: Form, client: string): Promise<ResendView> {
  const { sessionId } = form
  return form.action === 'send'
    ? resendOnPage(rules, { sessionId, typedAddress: form.email, client })
    : verifyOnPage(rules, { sessionId, typed: form.code, client })
}

const withCode = new Set<PageStateName>(['open', 'newCode', 'wrong', 'missingCode'])
const withInvalidCode = new Set<PageStateName>(['wrong', 'missingCode'])
const withInvalidAddress = new Set<PageStateName>(['missingAddress', 'wrongAddress'])
const withWayOn = new Set<PageStateName>(['verified', 'alreadyVerified'])

async function showSession(
  context: Context,
  { brandOf, installation }: PageOptions,
  sessionId: string,
  { session, retryAfterMs }: View,
  state: PageStateName,
): Promise<void> {
  const brand = session ? await brandOf(session.projectId) : installation
  const shown: Shown = { brand, retryAfterMs, locale: session?.locale, attemptsLeft: session?.attemptsLeft }
  show(context, state, session ? { ...shown, ...formsOf(sessionId, session, state) } : shown)
}

/** Returns the forms and the link that the page of a session offers in this state. */
function formsOf(
  sessionId: string,
  { email, otpDigits, redirectUrl }: HostedSession,
  state: PageStateName,
): Pick<Shown, 'form' | 'resend' | 'wayOn'> {
  const isFolded = withCode.has(state)
  const offersCode = mayResend.has(state as PageState) || withInvalidAddress.has(state) || state === 'newCode'
  return {
    form: isFolded
      ? { sessionId, maskedAddress: maskAddress(email), otpDigits, isInvalid: withInvalidCode.has(state) }
      : undefined,
    resend:
      offersCode || state === 'notSent'
        ? { sessionId, isFolded, isInvalid: withInvalidAddress.has(state) }
        : undefined,
    wayOn: withWayOn.has(state)
      ? { redirectUrl: redirectUrl && withSession(redirectUrl, sessionId) }
      : undefined,
  }
}

/** Adds the session id to the URL, so that the back end can look up the status. The id alone proves nothing. */
function withSession(redirectUrl: string, sessionId: string): string {
  const [address = '', ...fragment] = redirectUrl.split('#')
  const joint = address.includes('?') ? '&' : '?'
  return [`${address}${joint}sessionId=${sessionId}`, ...fragment].join('#')
}
