import { createHash } from 'node:crypto'
import escapeHtml from 'escape-html'
import { hintsFor } from './hints.ts'
import type { InboxMail } from './inbox.ts'

const style = `
:root { color-scheme: light dark; --line: #d5dae0; --soft: #57606a; --pick: #e6f2f1; --bad: #9a3412 }
@media (prefers-color-scheme: dark) { :root { --line: #3a4047; --soft: #a8b0ba; --pick: #123b38; --bad: #fdba74 } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 19rem minmax(0, 1fr); min-height: 100vh }
nav { border-inline-end: 1px solid var(--line); padding: 1rem; overflow-y: auto; max-height: 100vh; position: sticky; top: 0 }
nav ol { list-style: none; margin: 1rem 0 0; padding: 0 }
nav a { display: block; padding: .5rem .75rem; border-radius: .5rem; color: inherit; text-decoration: none; overflow-wrap: anywhere }
nav p a { display: inline; padding: 0; text-decoration: underline }
nav a[aria-current] { background: var(--pick) }
h1 { font-size: 1.125rem; margin: 0 }
h2 { font-size: 1.25rem; margin: 0 0 .25rem }
h3 { font-size: .875rem; margin: 0 0 .5rem; color: var(--soft) }
main { padding: 1.5rem; min-width: 0 }
.soft { color: var(--soft); margin: 0; font-size: .875rem; overflow-wrap: anywhere }
.code { font: 700 1.5rem ui-monospace, monospace; letter-spacing: .15em; margin: .75rem 0 }
.sides { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; margin-block-start: 1rem }
section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin-block-end: 1rem }
iframe { inline-size: 100%; block-size: 44rem; border: 0; border-radius: .375rem; background: Canvas }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font-size: .875rem }
ul { margin: 0; padding: 0; list-style: none }
.hint::before { content: "✓ " }
.hint.bad { color: var(--bad) }
.hint.bad::before { content: "! " }
#new { display: block; margin-block-start: .75rem; padding: .375rem .75rem; border-radius: .5rem; background: var(--pick); color: inherit; font-weight: 600 }
#new[hidden] { display: none }
@media (max-width: 60rem) { body, .sides { display: block } nav { position: static; max-height: 14rem; border: 0; border-block-end: 1px solid var(--line) } }`

// The page does not change while you read: a link says that there are new emails. Only an empty inbox reloads itself.
const script = `
const newest = document.documentElement.dataset.newest
setInterval(async () => {
  const { mails } = await (await fetch('/_dev/inbox.json')).json()
  const count = mails.filter(({ id }) => id > Number(newest)).length
  if (count === 0) return
  if (newest === '0') location.reload()
  const link = document.getElementById('new')
  link.hidden = false
  link.textContent = count === 1 ? '1 new email' : count + ' new emails'
}, 2000)`

/** The Content-Security-Policy of the inbox. It allows only its own style and script, and the emails in their frame. */
export const inboxPolicy = [
  "default-src 'none'",
  `style-src '${hashOf(style)}'`,
  `script-src '${hashOf(script)}'`,
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** An email in its frame may have styles and its own pictures, and nothing else. */
export const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** Renders the inbox: the list, and the open email beside it. */
export function inboxPage(mails: InboxMail[], open: InboxMail | undefined): string {
  const list = mails.map(
    (mail) =>
      `<li><a href="/_dev/inbox/${mail.id}"${mail === open ? ' aria-current="page"' : ''}><strong>${escapeHtml(mail.subject)}</strong><br><span class="soft">${escapeHtml(mail.to.join(', '))} · ${timeOf(mail)}</span></a></li>`,
  )
  return `<!doctype html>
<html lang="en" data-newest="${mails[0]?.id ?? 0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Development inbox (${mails.length})</title>
<style>${style}</style>
</head>
<body>
<nav aria-label="Emails">
<h1>Development inbox</h1>
<p class="soft">Catches every email. Nothing is delivered. <a href="/_dev/inbox.json">JSON</a></p>
<a id="new" href="/_dev/inbox" hidden></a>
<ol>${list.join('\n')}</ol>
</nav>
<main>
${open ? mailView(open) : '<h2>No email yet</h2>\n<p>Send a code. Its email shows up here.</p>'}
</main>
<script>${script}</script>
</body>
</html>
`
}

function mailView(mail: InboxMail): string {
  const hints = hintsFor(mail).map(
    ({ isGood, text }) => `<li class="hint${isGood ? '' : ' bad'}">${escapeHtml(text)}</li>`,
  )
  const headers = mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')
  return `<h2>${escapeHtml(mail.subject)}</h2>
<p class="soft">to ${escapeHtml(mail.to.join(', '))} · from ${escapeHtml(mail.from)} · ${timeOf(mail)} · ${(mail.bytes / 1024).toFixed(1)} KiB</p>
${mail.code === undefined ? '' : `<p class="code">${escapeHtml(mail.code)}</p>`}
<div class="sides">
<div><section><h3>HTML</h3><iframe title="The email as HTML" src="/_dev/inbox/${mail.id}/html"></iframe></section></div>
<div>
<section><h3>Text</h3><pre tabindex="0">${escapeHtml(mail.text)}</pre></section>
<section><h3>Spam hints</h3><ul>${hints.join('\n')}</ul></section>
<section><h3>Headers</h3><pre tabindex="0">${escapeHtml(headers)}</pre></section>
</div>
</div>`
}

function timeOf({ receivedAt }: InboxMail): string {
  return `<time datetime="${receivedAt}">${receivedAt.slice(11, 19)} UTC</time>`
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
