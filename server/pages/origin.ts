import type { Context } from 'koa'

/**
 * True if a page of another site sent this form. If the browser sends Sec-Fetch-Site, that decides. Otherwise Origin
 * decides. Our page's own Origin is `null`, because of its `Referrer-Policy: no-referrer` (Fetch, section 3.2).
 */
export function isForeign(context: Context, publicUrl: string): boolean {
  const site = context.get('sec-fetch-site')
  if (site !== '') return site !== 'same-origin' && site !== 'none'
  const origin = context.get('origin')
  if (origin === '' || origin === 'null') return false
  if (!URL.canParse(origin)) return true
  return origin !== new URL(publicUrl).origin && new URL(origin).host !== context.host
}
