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
