import { type Address, parseAddress } from '../address.ts'
import { countedMailbox, mailboxOf } from './mailboxes.ts'

/** One mailbox, in the three forms that the rules need. */
export interface Recipient extends Address {
  /** What is counted: the mailbox behind the address, where its provider is known to deliver several to one. */
  counted: string
  /** The same without its tag at any provider: perhaps another mailbox, so its limit is a higher one. */
  mailbox: string
}

/** Reads exactly one address, and finds out which mailbox is counted for it. */
export function parseRecipient(text: string): Recipient | undefined {
  const parsed = parseAddress(text)
  if (parsed === undefined) return undefined
  const counted = countedMailbox(parsed.canonical)
  return { ...parsed, counted, mailbox: mailboxOf(counted) }
}

/** The recipient as the sandbox counts it. No address begins like this, so no live limit ever counts a sandbox send. */
export function sandboxRecipient(recipient: Recipient): Recipient {
  return { ...recipient, counted: `sandbox ${recipient.counted}`, mailbox: `sandbox ${recipient.mailbox}` }
}
