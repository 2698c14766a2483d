import type { Context } from 'koa'
import type { Brand } from '../brand.ts'
import { waitInWords } from '../texts/duration.ts'
import { type Language, languageOf, languages } from '../texts/languages.ts'
import { answers, type PageStateName } from './answers.ts'
import { html, type PageContent } from './html.ts'
import { styleFor } from './style.ts'

/** The content of one response. Without a session, there are no forms. */
export interface Shown extends Partial<Pick<PageContent, 'form' | 'resend' | 'wayOn'>> {
  brand: Brand
  /** The language of the session. If unset, the page uses the language that the browser prefers. */
  locale?: string | undefined
  attemptsLeft?: number | undefined
  retryAfterMs?: number | undefined
}

/** Responds with the page in this state. */
export function show(context: Context, state: PageStateName, shown: Shown): void {
  const { brand, locale, attemptsLeft = 0, retryAfterMs, form, resend, wayOn } = shown
  const { status, errorCode, kind, said } = answers[state]
  const language = locale === undefined ? acceptedLanguage(context) : languageOf(locale)
  const texts = languages[language]
  if (errorCode !== undefined) context.state['errorCode'] = errorCode
  if (retryAfterMs !== undefined) context.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
  context.set('Content-Security-Policy', contentSecurityPolicy(brand))
  context.set('Referrer-Policy', 'no-referrer')
  context.status = status
  context.type = 'html'
  context.vary('Accept-Language')
  const figures = { attemptsLeft, wait: waitInWords(language, retryAfterMs ?? 0) }
  context.body = html({
    language,
    texts,
    brand,
    kind,
    said: said(texts.page, figures),
    form,
    resend,
    wayOn,
  })
}

// The page loads no files: its style is inline and allowed by hash, and its pictures are data URLs.
function contentSecurityPolicy({ accentColor }: Brand): string {
  return [
    "default-src 'none'",
    `style-src ${styleFor(accentColor).hash}`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// No browser sends a longer header, and parsing one takes more than linear time.
const longestAcceptLanguage = 1_000

/** Returns the language that the browser prefers, or English if we do not have it. */
function acceptedLanguage(context: Context): Language {
  if (context.get('accept-language').length > longestAcceptLanguage) return 'en'
  const best = context.acceptsLanguages(...Object.keys(languages))
  return best === false ? 'en' : (best as Language)
}
