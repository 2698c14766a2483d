import escapeHtml from 'escape-html'
import { type Brand, textColorOn } from '../brand.ts'
import { longestTyped, typedCodePattern } from '../otp/code.ts'
import type { Language } from '../texts/languages.ts'
import type { Said, Texts } from '../texts/texts.ts'
import { styleFor } from './style.ts'

export interface PageContent {
  language: Language
  texts: Texts
  brand: Brand
  said: Said
  kind: 'good' | 'bad' | 'plain'
  /** The form that takes the code. */
  form: { sessionId: string; maskedAddress: string; otpDigits: number; isInvalid: boolean } | undefined
  /** The form that requests a new code. It is folded while the code can still be typed. */
  resend: { sessionId: string; isFolded: boolean; isInvalid: boolean } | undefined
  /** Where to go after success: the caller's URL, or undefined if the caller gave none. */
  wayOn: { redirectUrl: string | undefined } | undefined
}

const longestAddress = 254

/** Renders the whole page. It loads no files and runs no scripts. */
export function html(content: PageContent): string {
  const { language, texts, brand, said, kind, form, resend, wayOn } = content
  const { page } = texts
  // A screen reader reads the title first, so it starts with what happened.
  const title = [said.heading, brand.name].filter(Boolean).join(' – ')
  return `<!doctype html>
<html lang="${language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="${favicon(brand)}">
<title>${escapeHtml(title)}</title>
<style>${styleFor(brand.accentColor).css}</style>
</head>
<body>
<main>
${header(brand)}
${message(said, kind)}
${form ? codeForm(form, page, said.text !== '') : ''}
${wayOn ? wayOnOf(wayOn, page) : ''}
${resend ? resendForm(resend, page) : ''}
${brand.supportAddress === undefined ? '' : `<footer>${supportLine(brand.supportAddress, texts)}</footer>`}
</main>
</body>
</html>
`
}

function header({ name, logo }: Brand): string {
  if (logo) {
    const source = `data:${logo.contentType};base64,${logo.base64}`
    return `<header><img src="${source}" alt="${escapeHtml(name)}"></header>`
  }
  return name === '' ? '' : `<header dir="auto">${escapeHtml(name)}</header>`
}

// The marks differ in shape, not just in color: some people see no difference between red and green.
const marks = {
  good: '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-7"/></svg>',
  bad: '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="M12 7v6m0 3.5v.01"/></svg>',
  plain: '',
}

function message({ heading, text }: Said, kind: PageContent['kind']): string {
  const role = kind === 'plain' ? '' : ` role="${kind === 'bad' ? 'alert' : 'status'}"`
  const sentence = text === '' ? '' : `\n<p>${escapeHtml(text)}</p>`
  return `<div class="${kind}" id="message"${role}>${marks[kind]}<h1>${escapeHtml(heading)}</h1>${sentence}</div>`
}

// The pattern requires as many digits as the code has, and accepts everything that the server accepts.
// The input is described by the message, because it gets the focus before a screen reader announces the alert.
function codeForm(
  { sessionId, maskedAddress, otpDigits, isInvalid }: NonNullable<PageContent['form']>,
  page: Texts['page'],
  hasText: boolean,
): string {
  const id = escapeHtml(sessionId)
  return `<form method="post" action="verify-email?sessionId=${id}" autocomplete="off" class="digits-${otpDigits}">
<p id="instruction">${withMarked(page.enterCode, maskedAddress)}</p>
<input type="hidden" name="sessionId" value="${id}">
<label for="code">${escapeHtml(page.codeLabel)}</label>
<input id="code" name="code" type="text" dir="ltr" inputmode="numeric" autocomplete="one-time-code" required
 maxlength="${longestTyped}" pattern="${typedCodePattern(otpDigits)}" autocapitalize="off" spellcheck="false" autofocus
 aria-describedby="${hasText ? 'message ' : ''}instruction"${isInvalid ? ' aria-invalid="true"' : ''}>
<button>${escapeHtml(page.submit)}</button>
</form>`
}

function resendForm(
  { sessionId, isFolded, isInvalid }: NonNullable<PageContent['resend']>,
  { resend }: Texts['page'],
): string {
  const id = escapeHtml(sessionId)
  const form = `<form method="post" action="verify-email?sessionId=${id}">
<p id="why">${escapeHtml(resend.instruction)}</p>
<input type="hidden" name="sessionId" value="${id}">
<input type="hidden" name="action" value="send">
<label for="email">${escapeHtml(resend.emailLabel)}</label>
<input id="email" name="email" type="email" dir="ltr" autocomplete="email" required maxlength="${longestAddress}"
 aria-describedby="${isInvalid ? 'message ' : ''}why"${isInvalid ? ' aria-invalid="true"' : ''}>
<button${isFolded ? ' class="quiet"' : ''}>${escapeHtml(resend.submit)}</button>
</form>`
  return isFolded
    ? `<details><summary>${escapeHtml(resend.question)}</summary>${form}</details>`
    : `<div class="again">${form}</div>`
}

function wayOnOf({ redirectUrl }: NonNullable<PageContent['wayOn']>, page: Texts['page']): string {
  if (redirectUrl === undefined) return `<p>${escapeHtml(page.closePage)}</p>`
  const label = withMarked(page.goBack, new URL(redirectUrl).host)
  return `<p><a class="button" rel="noreferrer" href="${escapeHtml(redirectUrl)}">${label}</a></p>`
}

function supportLine(address: string, { support }: Texts): string {
  const shown = escapeHtml(address)
  const link = `<a href="mailto:${shown}" dir="ltr">${shown}</a>`
  return escapeHtml(support(address)).replace(shown, () => link)
}

/** Returns the icon: an envelope in the colors of the brand. */
function favicon({ accentColor }: Brand): string {
  const ink = textColorOn(accentColor)
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${accentColor}"/><g fill="none" stroke="${ink}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"><rect x="6" y="9" width="20" height="14" rx="2"/><path d="m7 11 9 7 9-7"/></g></svg>`
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}

/** Returns the text with `value` marked up, so that `value` keeps its own direction. */
function withMarked(text: (value: string) => string, value: string): string {
  const placeholder = '\uE000'
  return escapeHtml(text(placeholder))
    .split(placeholder)
    .join(`<bdi dir="ltr">${escapeHtml(value)}</bdi>`)
}
