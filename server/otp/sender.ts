import { type Mailbox, parseAddress } from '../address.ts'

/** True if the address is on the list, in any spelling. An empty list allows no address. */
export function senderMayBeUsed(sender: Mailbox, allowedSenders: readonly string[]): boolean {
  const wanted = sender.address.toLowerCase()
  return allowedSenders.some((allowed) => parseAddress(allowed)?.canonical === wanted)
}
