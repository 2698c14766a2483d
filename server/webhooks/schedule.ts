const second = 1000
const minute = 60 * second
const hour = 60 * minute

// The wait before each retry, from Standard Webhooks 1.0 ("Deliverability and reliability").
const waits = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]
const longestWait = 24 * hour
// Spreads the retries, so that deliveries that failed together do not come back together.
const jitter = 0.1

/**
 * Returns how many milliseconds to wait before trying a failed delivery again.
 * @param attempts the number of tries, including this one
 * @param retryAfterMs the wait that the receiver requested; more than a day counts as a day
 * @param random from 0 to 1
 * @returns undefined to give up
 */
export function retryInMs(
  attempts: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  const wait = waits[attempts - 1]
  if (wait === undefined) return undefined
  const spread = Math.round(wait * (1 - jitter + 2 * jitter * random))
  return Math.max(spread, Math.min(retryAfterMs ?? 0, longestWait))
}
