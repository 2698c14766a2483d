import escapeHtml from 'escape-html'
import { longestTyped, typedCodePattern } from '../otp/code.ts'
import type { Language } from '../texts/languages.ts'
import type { Texts } from '../texts/texts.ts'
import { style } from './style.ts'

export interface PageContent {
  language: Language
  texts: Texts
  /** What has happened, before anything else. */
  message: { text: string; kind: 'good' | 'bad' | 'plain' } | undefined
  form: { sessionId: string; maskedAddress: string; otpDigits: number; isInvalid: boolean } | undefined
  /** The way back after success. */
  redirectUrl: string | undefined
}

/** The whole page. It loads nothing and runs nothing. */
export function html({ language, texts, message, form, redirectUrl }: PageContent): string {
  // The title is what a screen reader says first, so what has happened stands first in it.
  const title = [message?.text, texts.page.title].filter(Boolean).join(' – ')
  return `<!doctype html>
<html lang="${language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(texts.page.title)}</h1>
${message ? note(message) : ''}
${form ? formOf(form, texts, message !== undefined) : ''}
${redirectUrl === undefined ? '' : wayBack(redirectUrl, texts)}
</main>
</body>
</html>
`
}

function note({ text, kind }: NonNullable<PageContent['message']>): string {
  const role = kind === 'bad' ? 'alert' : 'status'
  return `<p class="note ${kind}" role="${role}" id="message">${escapeHtml(text)}</p>`
}

// The pattern asks for as many digits as the code has, and lets pass what the server does.
// What the message says is read out with the input, because the focus is there before an alert is announced.
function formOf(
  { sessionId, maskedAddress, otpDigits, isInvalid }: NonNullable<PageContent['form']>,
  { page }: Texts,
  hasMessage: boolean,
): string {
  const id = escapeHtml(sessionId)
  return `<form method="post" action="verify-email?sessionId=${id}" autocomplete="off">
<p id="instruction">${withMarked(page.enterCode, maskedAddress)}</p>
<input type="hidden" name="sessionId" value="${id}">
<label for="code">${escapeHtml(page.codeLabel)}</label>
<input id="code" name="code" type="text" dir="ltr" inputmode="numeric" autocomplete="one-time-code" required
 maxlength="${longestTyped}" size="${otpDigits}" pattern="${typedCodePattern(otpDigits)}" autocapitalize="off" spellcheck="false" autofocus
 aria-describedby="${hasMessage ? 'message ' : ''}instruction"${isInvalid ? ' aria-invalid="true"' : ''}>
<button>${escapeHtml(page.submit)}</button>
</form>`
}

function wayBack(url: string, { page }: Texts): string {
  const label = withMarked(page.goBack, new URL(url).host)
  return `<p><a class="button" rel="noreferrer" href="${escapeHtml(url)}">${label}</a></p>`
}

/** The text with what was put into it set apart, so that it keeps its own direction. */
function withMarked(text: (value: string) => string, value: string): string {
  const placeholder = '\uE000'
  return escapeHtml(text(placeholder))
    .split(placeholder)
    .join(`<bdi dir="ltr">${escapeHtml(value)}</bdi>`)
}
