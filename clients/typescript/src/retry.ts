import { RisumailOtpError, RisumailOtpTransportError } from './errors.ts'

/**
 * When the client may retry an operation automatically:
 * - `safe`: even if it does not know the outcome of the last attempt. The operation changes nothing, or takes effect
 *   only once for its key.
 * - `refused`: only if the service said that it did nothing and that waiting helps
 * - `never`
 */
export type RetryPolicy = 'safe' | 'refused' | 'never'

/** The longest total wait of one call. If the service asks for a longer wait, the call throws the error at once. */
export const longestWaitMs = 30_000

const firstBackoffMs = 500
const longestBackoffMs = 8_000

/** Returns how long to wait before the next attempt, after a call failed with this error. Undefined means no retry. */
export function waitBeforeRetry(
  policy: RetryPolicy,
  error: unknown,
  retriesSoFar: number,
  random: () => number,
): number | undefined {
  if (!isWorthARetry(policy, error)) return undefined
  const backoffMs = Math.min(firstBackoffMs * 2 ** retriesSoFar, longestBackoffMs)
  // Both cases add jitter: clients that were refused together must not come back together.
  return error.retryAfterSeconds === undefined
    ? backoffMs / 2 + (random() * backoffMs) / 2
    : error.retryAfterSeconds * 1000 + random() * firstBackoffMs
}

function isWorthARetry(
  policy: RetryPolicy,
  error: unknown,
): error is RisumailOtpError | RisumailOtpTransportError {
  if (policy === 'never') return false
  // The contract gives `retryAfterSeconds` with every error that waiting can fix.
  if (error instanceof RisumailOtpError) return error.retryAfterSeconds !== undefined
  if (policy === 'refused' || !(error instanceof RisumailOtpTransportError)) return false
  return error.kind === 'network' || [429, 502, 503].includes(error.status ?? 0)
}
