import { RisumailOtpError, RisumailOtpTransportError } from './errors.ts'

/**
 * When an operation may be repeated without being asked:
 * - `safe`: it changes nothing, or is done once for its key; so also when it is not known what became of it
 * - `refused`: only when the service said that it did nothing and that waiting helps
 * - `never`
 */
export type RetryPolicy = 'safe' | 'refused' | 'never'

/** All the waiting of one call together; a service that asks for more gets its error thrown at once. */
export const longestWaitMs = 30_000

const firstBackoffMs = 500
const longestBackoffMs = 8_000

/** How long to wait before the next try of a call that has failed like this; undefined if it is not tried again. */
export function waitBeforeRetry(
  policy: RetryPolicy,
  error: unknown,
  retriesSoFar: number,
  random: () => number,
): number | undefined {
  if (!isWorthARetry(policy, error)) return undefined
  const backoffMs = Math.min(firstBackoffMs * 2 ** retriesSoFar, longestBackoffMs)
  // With jitter in both cases: those who were refused together must not come back together.
  return error.retryAfterSeconds === undefined
    ? backoffMs / 2 + (random() * backoffMs) / 2
    : error.retryAfterSeconds * 1000 + random() * firstBackoffMs
}

function isWorthARetry(
  policy: RetryPolicy,
  error: unknown,
): error is RisumailOtpError | RisumailOtpTransportError {
  if (policy === 'never') return false
  // The contract names the seconds with every error that a wait can cure.
  if (error instanceof RisumailOtpError) return error.retryAfterSeconds !== undefined
  if (policy === 'refused' || !(error instanceof RisumailOtpTransportError)) return false
  return error.kind === 'network' || [429, 502, 503].includes(error.status ?? 0)
}
