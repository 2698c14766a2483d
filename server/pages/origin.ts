import type { Context } from 'koa'

/**
 * True if a page of somebody else sent this form. Sec-Fetch-Site decides where the browser sends it; else the
 * Origin, which this page's own `Referrer-Policy: no-referrer` turns into `null` (Fetch, section 3.2).
 */
export function isForeign(context: Context, publicUrl: string): boolean {
  const site = context.get('sec-fetch-site')
  if (site !== '') return site !== 'same-origin' && site !== 'none'
  const origin = context.get('origin')
  if (origin === '' || origin === 'null') return false
  if (!URL.canParse(origin)) return true
  return origin !== new URL(publicUrl).origin && new URL(origin).host !== context.host
}
