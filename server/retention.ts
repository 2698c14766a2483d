import { sendLimitsOf } from './config/limits.ts'
import type { Config } from './config.ts'
import { longestOwnWindowMs } from './credentials/ports.ts'
import { lookBackMs } from './otp/limits.ts'

/** Returns how long after its end a session may still count against a send limit. */
export function longestCountedMs(config: Config): number {
  const windows = Object.values(sendLimitsOf(config.limits)).map((limit) => (limit ? lookBackMs(limit) : 0))
  return Math.max(longestOwnWindowMs, ...windows) + config.smtpTimeoutMs
}

/** Returns the longest window in which a send limit counts the address of a client. */
export function longestClientWindowMs({ limits }: Config): number {
  const { address, addressWhenBusy } = sendLimitsOf(limits)
  return Math.max(address?.windowMs ?? 0, addressWhenBusy?.windowMs ?? 0)
}
