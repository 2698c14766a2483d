const second = 1000
const minute = 60 * second
const hour = 60 * minute

// The waits before each try but the first, as Standard Webhooks 1.0 has them ("Deliverability and reliability").
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
// So far apart that what failed together does not come back together.
const jitter = 0.1

/**
 * After how many milliseconds a delivery that failed is tried again.
 * @param attempts how often it was tried, this time included
 * @param retryAfterMs what the receiver asked for; more than a day counts as a day
 * @param random from 0 to 1
 * @returns undefined if it is given up
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
