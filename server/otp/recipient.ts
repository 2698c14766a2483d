import { type Address, parseAddress } from '../address.ts'
import { countedMailbox, mailboxOf } from './mailboxes.ts'

/** One mailbox, in the three forms that the rules need. */
export interface Recipient extends Address {
  /** The key for counting. Addresses share it if their provider is known to deliver them to one mailbox. */
  counted: string
  /** `counted` without its tag, for any provider. This may be another mailbox, so its limit is higher. */
  mailbox: string
}

/** Parses exactly one address, and finds the mailbox that counts for it. */
export function parseRecipient(text: string): Recipient | undefined {
  const parsed = parseAddress(text)
  if (parsed === undefined) return undefined
  const counted = countedMailbox(parsed.canonical)
  return { ...parsed, counted, mailbox: mailboxOf(counted) }
}

/** Returns the recipient as the sandbox counts it. No address starts like this, so live limits never count it. */
export function sandboxRecipient(recipient: Recipient): Recipient {
  return { ...recipient, counted: `sandbox ${recipient.counted}`, mailbox: `sandbox ${recipient.mailbox}` }
}
