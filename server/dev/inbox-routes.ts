import { isIP } from 'node:net'
import Router from '@koa/router'
import escapeHtml from 'escape-html'
import type { Context, Next } from 'koa'
import { OtpError } from '../errors.ts'
import type { RequestState } from '../http/types.ts'
import type { Inbox, InboxMail } from './inbox.ts'

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
article { border: 1px solid #8888; border-radius: 8px; padding: 1rem; margin: 1rem 0 }
h2 { font-size: 1.1rem; margin: 0 }
.code { font: 700 1.6rem ui-monospace, monospace; letter-spacing: .15em }
.meta { opacity: .7; margin: 0 }
pre { white-space: pre-wrap }`

/** The inbox as a page and, beside it, as JSON; for this machine only. */
export function inboxRoutes(inbox: Inbox): Router<RequestState> {
  const router = new Router<RequestState>()
  router.use('/_dev', loopbackOnly)
  router.get('/_dev/inbox.json', (context) => {
    context.body = { mails: inbox.mails() }
  })
  router.get('/_dev/inbox', (context) => {
    context.type = 'html'
    context.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    context.body = page(inbox.mails())
  })
  return router
}

// The mails hold codes. The Host must be this machine too, or a page elsewhere could read them by DNS rebinding.
async function loopbackOnly(context: Context, next: Next): Promise<void> {
  const peer = context.req.socket.remoteAddress ?? ''
  const isLocalPeer = peer === '::1' || /^(?:::ffff:)?127\./.test(peer)
  const isLocalHost =
    context.hostname === 'localhost' || isIP(context.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0
  if (!isLocalPeer || !isLocalHost) throw new OtpError('NOT_FOUND')
  await next()
}

function page(mails: InboxMail[]): string {
  const list =
    mails.length === 0 ? '<p>No mail yet. Send a code and it shows up here.</p>' : mails.map(article).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Development inbox (${mails.length})</title>
<style>${style}</style>
</head>
<body>
<h1>Development inbox</h1>
<p class="meta">Every mail that this server sends ends here. The page reloads by itself. Also as <a href="/_dev/inbox.json">JSON</a>.</p>
${list}
</body>
</html>
`
}

function article(mail: InboxMail): string {
  return `<article>
<h2>${escapeHtml(mail.subject)}</h2>
<p class="meta">to ${escapeHtml(mail.to.join(', '))} · from ${escapeHtml(mail.from)} · ${escapeHtml(mail.receivedAt)}</p>
${mail.code === undefined ? '' : `<p class="code">${escapeHtml(mail.code)}</p>`}
<details><summary>Text</summary><pre>${escapeHtml(mail.text)}</pre></details>
</article>
`
}
