import type { Quota } from '../errors.ts'

const inSeconds = (ms: number) => Math.ceil(ms / 1000)

/** The credential's own limit and what is left of it (draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4). */
export function quotaHeaders(quota: Quota | undefined): Record<string, string> {
  if (quota === undefined) return {}
  const { max, windowMs, remaining, resetMs } = quota
  return {
    'RateLimit-Policy': `"credential";q=${max};w=${inSeconds(windowMs)}`,
    RateLimit: `"credential";r=${remaining};t=${inSeconds(resetMs)}`,
  }
}
