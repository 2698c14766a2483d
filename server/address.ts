import { domainToASCII, domainToUnicode } from 'node:url'

/** One email address, in the form for sending and in the form for comparing. */
export interface Address {
  /** The local part as typed, the domain in ASCII. */
  address: string
  /** In lower case, so that all spellings of one address are equal. */
  canonical: string
}

const atext = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const dotAtom = new RegExp(`^${atext}(?:\\.${atext})*$`)
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// An A-label must decode to something else (RFC 5891, section 4.4). Newer engines also accept one that does not.
const isLabel = (part: string) =>
  label.test(part) && !(part.startsWith('xn--') && domainToUnicode(part) === part)
// The characters of a domain: letters, marks, digits, hyphens and dots.
const domainText = /^[\p{L}\p{M}\p{N}.-]+$/u

/**
 * Parses exactly one address: a dot-atom local part and a domain of two or more labels (RFC 5321, section 4.1.2,
 * without quoted local parts and address literals; lengths of section 4.5.3.1). Refuses display names, comments, white
 * space and everything else that a mail library could read as a second recipient. Also refuses a domain that IDNA maps
 * to another one, such as full-width letters. Otherwise two addresses that look different could be one mailbox.
 */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const typedDomain = text.slice(at + 1)
  if (at < 1 || Buffer.byteLength(text) > 254 || local.length > 64) return undefined
  if (!dotAtom.test(local) || !domainText.test(typedDomain)) return undefined

  const domain = domainToASCII(typedDomain)
  const labels = domain.split('.')
  const isDomain = labels.length >= 2 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '')
  const address = `${local}@${domain}`
  if (!isDomain || address.length > 254 || !isSpelling(typedDomain, domain)) return undefined
  return { address, canonical: address.toLowerCase() }
}

/** True if the domain was typed as A-labels or U-labels (RFC 5890, section 2.3.2), ignoring case. */
function isSpelling(typed: string, domain: string): boolean {
  const lower = typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return lower.split('.').every((part, place) => {
    const asciiLabel = domain.split('.')[place] ?? ''
    return part === asciiLabel || part === domainToUnicode(asciiLabel)
  })
}

/** Returns the spelling that IDNA maps the domain to, if the address is valid with that spelling. */
export function usualSpelling(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const typed = text.slice(at + 1)
  // The conversion would keep only a part of any other text.
  if (text.length > 254 || !domainText.test(typed.replace(/[。．｡]/g, '.'))) return undefined
  const domain = domainToUnicode(domainToASCII(typed))
  return parseAddress(text.slice(0, at + 1) + domain) && domain
}

/** A display name and an address. */
export interface Mailbox {
  /** Empty if there is none. */
  name: string
  address: string
}

/**
 * The characters that no line of text needs, for use inside a character class. These are control characters, line ends
 * and the marks that change the direction of the text around them (Unicode Standard Annex 9).
 */
export const unprintable = String.raw`\p{Cc}\u2028-\u202e\u2066-\u2069`

// Refused in every name: characters that could start another address, end a header or change the direction of the text,
// and encoded words (RFC 2047), which email programs decode.
const unsafeInName = new RegExp(`[<>@${unprintable}]|=\\?`, 'u')
// Allowed only in quotes (RFC 5322, section 3.2.3). Dots and brackets need no quotes, because people write none.
const special = /["\\,;:]/

/**
 * Parses `address`, `<address>`, `Name <address>` or `"Name, Inc." <address>` (RFC 5322, section 3.4, without comments
 * and groups). The name may use letters of any script.
 */
export function parseMailbox(text: string): Mailbox | undefined {
  const trimmed = text.trim()
  const [, phrase = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(trimmed) ?? []
  const parsed = parseAddress(bracketed ?? trimmed)
  const name = readPhrase(phrase.trim())
  if (parsed === undefined || name === undefined || unsafeInName.test(name)) return undefined
  return { name, address: parsed.address }
}

/** Returns the name in a phrase, which is words or one quoted string. */
function readPhrase(phrase: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/su.exec(phrase)?.[1]
  if (quoted !== undefined) return quoted.replace(/\\(.)/gsu, '$1').trim()
  return special.test(phrase) ? undefined : phrase
}
