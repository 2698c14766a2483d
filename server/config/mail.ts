import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Mailbox, parseAddress, parseMailbox, unprintable } from '../address.ts'
import { type Logo, parseLogo } from '../brand.ts'
import type { PublicTokenTexts } from '../settings.ts'

/** How emails are signed with DKIM (RFC 6376). */
export interface DkimKey {
  domain: string
  selector: string
  /** PEM */
  privateKey: string
}

// Refuses characters that have a meaning in a header, or that change the direction of the text around it.
const brandName = new RegExp(String.raw`^[^${unprintable}<>@"\\;:=]{1,60}$`, 'u')

export function parseBrandName(text: string): string {
  const name = text.trim()
  if (!brandName.test(name)) {
    throw new Error('must be 1 to 60 characters, without < > @ " \\ ; : =')
  }
  return name
}

/** Reads the logo from the file at this path. */
export function parseLogoFile(path: string): Logo {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new Error(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  return parseLogo(bytes)
}

/** Returns a color as #rrggbb. The # is optional, because it starts a comment in a .env file. */
export function parseColor(text: string): string {
  const digits = /^#?([0-9a-f]{6})$/i.exec(text)?.[1]
  if (digits === undefined) throw new Error('must be six hexadecimal digits, such as 1d4ed8')
  return `#${digits.toLowerCase()}`
}

/** Parses the sender of our emails. */
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
    throw new Error('must be a selector name such as otp2026')
  }
  return text
}

/**
 * Returns the key as PEM. The text is the PEM itself or the path of its file. In the PEM, `\n` counts as a line end,
 * because many secret stores write it that way.
 * @throws if it is not an RSA key of 1024 bits or more (RFC 8301, section 3.2). The message never repeats the value.
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

/** Combines the three parts into a key. Returns undefined if one is missing. */
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
