import { parseRecipient } from './recipient.ts'

export interface Sender {
  /** The display name, empty if there is none. */
  name: string
  address: string
}

/**
 * Reads `address` or `Name <address>`. The name may hold nothing that could be taken for an address or a
 * header of its own.
 */
export function parseSender(text: string): Sender | undefined {
  const [, name = '', bracketed] = /^([^<>@"\\,;:]*)<([^<>]*)>$/.exec(text) ?? []
  const recipient = parseRecipient(bracketed ?? text)
  return recipient && { name: name.trim(), address: recipient.address }
}

/** True when the address, in whatever spelling, is on the list; an empty list allows none. */
export function senderMayBeUsed(sender: Sender, allowedSenders: readonly string[]): boolean {
  const wanted = sender.address.toLowerCase()
  return allowedSenders.some((allowed) => parseRecipient(allowed)?.canonical === wanted)
}
