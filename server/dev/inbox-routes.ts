import { isIP } from 'node:net'
import Router from '@koa/router'
import type { Context, Next } from 'koa'
import { OtpError } from '../errors.ts'
import type { RequestState } from '../http/types.ts'
import type { Inbox, InboxMail } from './inbox.ts'
import { inboxPage, inboxPolicy, mailPolicy } from './inbox-page.ts'

/** Serves the inbox as a page and as JSON, to this machine only. */
export function inboxRoutes(inbox: Inbox): Router<RequestState> {
  const router = new Router<RequestState>()
  router.use('/_dev', loopbackOnly)
  router.get('/_dev/inbox.json', (context) => {
    context.body = { mails: inbox.mails() }
  })
  router.get('/_dev/inbox', (context) => {
    const mails = inbox.mails()
    showInbox(context, mails, mails[0])
  })
  router.get('/_dev/inbox/:id', (context, next) => {
    const mails = inbox.mails()
    const open = mails.find(({ id }) => String(id) === context.params['id'])
    return open ? showInbox(context, mails, open) : next()
  })
  router.get('/_dev/inbox/:id/html', (context, next) => {
    const mail = inbox.mails().find(({ id }) => String(id) === context.params['id'])
    if (mail === undefined) return next()
    context.type = 'html'
    context.set('Content-Security-Policy', mailPolicy)
    context.body = mail.html
  })
  return router
}

// The emails contain codes. Checking the Host too keeps pages of other sites from reading them by DNS rebinding.
async function loopbackOnly(context: Context, next: Next): Promise<void> {
  const peer = context.req.socket.remoteAddress ?? ''
  const isLocalPeer = peer === '::1' || /^(?:::ffff:)?127\./.test(peer)
  const isLocalHost =
    context.hostname === 'localhost' || isIP(context.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0
  if (!isLocalPeer || !isLocalHost) throw new OtpError('NOT_FOUND')
  await next()
}

function showInbox(context: Context, mails: InboxMail[], open: InboxMail | undefined): void {
  context.type = 'html'
  context.set('Content-Security-Policy', inboxPolicy)
  context.body = inboxPage(mails, open)
}
