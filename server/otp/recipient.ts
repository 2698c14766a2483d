import { domainToASCII, domainToUnicode } from 'node:url'
import { countedMailbox } from './mailboxes.ts'

/** One mailbox, in the three forms that the rules need. */
export interface Recipient {
  /** What goes on the wire: the local part as typed, the domain in ASCII. */
  address: string
  /** What is compared: lower case, so that no spelling of one address is another recipient. */
  canonical: string
  /** What is counted: the mailbox behind the address, where its provider is known to deliver several to one. */
  counted: string
}

const atext = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const dotAtom = new RegExp(`^${atext}(?:\\.${atext})*$`)
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// An A-label stands for something (RFC 5891, section 4.4); newer engines let through one that does not.
const isLabel = (part: string) =>
  label.test(part) && !(part.startsWith('xn--') && domainToUnicode(part) === part)
// What a domain may be made of before IDNA maps it: letters, marks, digits, hyphens and dots.
const domainText = /^[\p{L}\p{M}\p{N}.-]+$/u

/**
 * Reads exactly one address: a dot-atom local part and a domain of two or more labels (RFC 5321, section
 * 4.1.2, without quoted local parts and address literals; lengths of section 4.5.3.1). No display name, no
 * comment, no white space: whatever a mail library could read as a second recipient is refused here.
 */
export function parseRecipient(text: string): Recipient | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const typedDomain = text.slice(at + 1)
  if (at < 1 || Buffer.byteLength(text) > 254 || local.length > 64) return undefined
  if (!dotAtom.test(local) || !domainText.test(typedDomain)) return undefined

  const domain = domainToASCII(typedDomain)
  const labels = domain.split('.')
  const isDomain = labels.length >= 2 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '')
  const address = `${local}@${domain}`
  if (!isDomain || address.length > 254) return undefined
  const canonical = address.toLowerCase()
  return { address, canonical, counted: countedMailbox(canonical) }
}
