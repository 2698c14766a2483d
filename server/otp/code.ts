import { createHmac, randomInt } from 'node:crypto'

/** Returns `digits` decimal digits from the CSPRNG, uniform over all 10^digits values. Leading zeros stay. */
export function mintCode(digits: number): string {
  return randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')
}

/**
 * The characters to ignore around the digits of a typed code, written for use inside a character class. These are white
 * space, every dash, and invisible characters, such as the direction marks in copied text. The minus sign, the hyphen
 * bullet and the long vowel marks count as dashes: a Japanese keyboard has the long vowel mark in the dash's place.
 */
const between = String.raw`\p{White_Space}\p{Dash}\u2043\u30fc\uff70\p{Cf}\p{DI}`

const anyBetween = new RegExp(`[${between}]+`, 'gu')
const onlyDigits = /^\p{Nd}{4,10}$/u
/** The maximum number of characters, as in the contract. A code with separators between all its digits still fits. */
export const longestTyped = 64

/** The text that a person typed as a code. */
export interface TypedCode {
  /** The digits, as ASCII. undefined if the text cannot be a code. */
  digits: string | undefined
  /** True if nothing was typed at all. */
  isEmpty: boolean
}

/** Reads a typed code: 4 to 10 digits of any script. Ignores invisible characters, white space and dashes. */
export function readTypedCode(typed: string): TypedCode {
  if (typed.length > longestTyped) return { digits: undefined, isEmpty: false }
  const bare = typed.replace(anyBetween, '')
  const digits = onlyDigits.test(bare) ? [...bare].map(digitValue).join('') : undefined
  return { digits, isEmpty: bare === '' }
}

/** Returns the same rule for the `pattern` of an HTML input, for a code of this many digits. */
export function typedCodePattern(digits: number): string {
  return `(?:[${between}]*\\p{Nd}){${digits}}[${between}]*`
}

const digit = /\p{Nd}/u

// Unicode places decimal digits in runs of ten, from zero to nine (Unicode Standard, section 4.6).
function digitValue(character: string): number {
  const point = character.codePointAt(0) ?? 0
  let before = 0
  while (digit.test(String.fromCodePoint(point - before - 1))) before++
  return before % 10
}

/**
 * Returns the hash that the store keeps for a code: HMAC-SHA-256 under the server's secret. The hash is bound to the
 * session and the recipient. So nobody can search a stolen store for codes or replay a hash in another session
 * (NIST SP 800-63B, section 5.1.3.2). It also makes a wrong address a wrong code.
 */
export function hashCode(
  secret: string,
  sessionId: string,
  canonicalRecipient: string,
  code: string,
): Buffer {
  return createHmac('sha256', secret).update(`${sessionId}\n${canonicalRecipient}\n${code}`).digest()
}

/** Returns how many attempts one session allows: fewer for a short code (OWASP ASVS 2.7; RFC 4226, section 7.3). */
export function maxAttempts(digits: number): number {
  return digits <= 5 ? 3 : 5
}
