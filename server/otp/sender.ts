import { type Mailbox, parseAddress } from '../address.ts'

/** True when the address, in whatever spelling, is on the list; an empty list allows none. */
export function senderMayBeUsed(sender: Mailbox, allowedSenders: readonly string[]): boolean {
  const wanted = sender.address.toLowerCase()
  return allowedSenders.some((allowed) => parseAddress(allowed)?.canonical === wanted)
}
