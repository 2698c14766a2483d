import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Mailbox, parseAddress, parseMailbox } from '../address.ts'

/** What a public token may say in a mail: `plain` words, or with `locked` nothing of its own. */
export type PublicTokenTexts = 'plain' | 'locked'

/** How mails are signed (RFC 6376). */
export interface DkimKey {
  domain: string
  selector: string
  /** PEM */
  privateKey: string
}

// Without the characters that mean something in a header, or that turn the direction of the text around it.
export function parseBrandName(text: string): string {
  const name = text.trim()
  if (!/^[^\p{Cc}\u2028-\u202e\u2066-\u2069<>@"\\;:=]{1,60}$/u.test(name)) {
    throw new Error('must be 1 to 60 characters, without < > @ " \\ ; : =')
  }
  return name
}

/** A colour as #rrggbb. The # may be left out, for in a .env file it begins a comment. */
export function parseColor(text: string): string {
  const digits = /^#?([0-9a-f]{6})$/i.exec(text)?.[1]
  if (digits === undefined) throw new Error('must be six hexadecimal digits, such as 1d4ed8')
  return `#${digits.toLowerCase()}`
}

/** Our sender. */
export function parseSender(text: string): Mailbox {
  const mailbox = parseMailbox(text)
  if (mailbox === undefined) {
    throw new Error('must be an address, Name <address> or "Name, with punctuation" <address>')
  }
  return mailbox
}

export function parseSupportAddress(text: string): string {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error('must be exactly one address, without a name')
  return parsed.address
}

export function parsePublicTokenTexts(text: string): PublicTokenTexts {
  if (text !== 'plain' && text !== 'locked') throw new Error('must be plain or locked')
  return text
}

export function parseDkimDomain(text: string): string {
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i.test(text)) {
    throw new Error('must be a domain such as acme.example')
  }
  return text.toLowerCase()
}

export function parseDkimSelector(text: string): string {
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/i.test(text)) {
    throw new Error('must be the name of a selector such as otp2026')
  }
  return text
}

/**
 * The key as PEM, or from the file that the text names; `\n` stands for a line end, as many a secret store writes it.
 * @throws if it is no RSA key of 1024 bits or more (RFC 8301, section 3.2); the message never repeats the value
 */
export function parseDkimPrivateKey(text: string): string {
  const key = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : readKeyFile(text)
  let bits: number | undefined
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(key)
    bits = asymmetricKeyType === 'rsa' ? asymmetricKeyDetails?.modulusLength : undefined
  } catch {
    throw new Error('must be a private key as PEM, without a passphrase, or the path of its file')
  }
  if (bits === undefined || bits < 1024) throw new Error('must be an RSA key of 1024 bits or more')
  return key
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`cannot be read from its file (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** The key of all three parts. */
export function dkimKeyOf({
  domain,
  selector,
  privateKey,
}: {
  [Part in keyof DkimKey]: DkimKey[Part] | undefined
}): DkimKey | undefined {
  return domain === undefined || selector === undefined || privateKey === undefined
    ? undefined
    : { domain, selector, privateKey }
}
