import { createHmac, randomInt } from 'node:crypto'

/** `digits` decimal digits from the CSPRNG, uniform over all 10^digits values, leading zeros kept. */
export function mintCode(digits: number): string {
  return randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')
}

/**
 * What may stand around the digits of a typed code, as the inside of a character class: white space, every dash (also
 * the minus sign, the bullet and the long vowel marks that a Japanese keyboard has in its place), and what is invisible,
 * such as the marks of the direction of a text that come along when one copies it.
 */
const between = String.raw`\p{White_Space}\p{Dash}\u2043\u30fc\uff70\p{Cf}\p{DI}`

const anyBetween = new RegExp(`[${between}]+`, 'gu')
const onlyDigits = /^\p{Nd}{4,10}$/u
/** The most characters that are read, as in the contract: more than any code with something between all of its digits. */
export const longestTyped = 64

/** What a person typed where a code was asked for. */
export interface TypedCode {
  /** The digits, as ASCII; undefined if it cannot be a code. */
  digits: string | undefined
  /** True if nothing was typed at all. */
  isEmpty: boolean
}

/** Reads a typed code: 4 to 10 digits of any script, whatever invisible, white space or dashes stand around them. */
export function readTypedCode(typed: string): TypedCode {
  if (typed.length > longestTyped) return { digits: undefined, isEmpty: false }
  const bare = typed.replace(anyBetween, '')
  const digits = onlyDigits.test(bare) ? [...bare].map(digitValue).join('') : undefined
  return { digits, isEmpty: bare === '' }
}

/** The same rule for the `pattern` of an HTML input, for a code of so many digits. */
export function typedCodePattern(digits: number): string {
  return `(?:[${between}]*\\p{Nd}){${digits}}[${between}]*`
}

const digit = /\p{Nd}/u

// Decimal digits stand in runs of ten, from zero to nine (Unicode Standard, section 4.6).
function digitValue(character: string): number {
  const point = character.codePointAt(0) ?? 0
  let before = 0
  while (digit.test(String.fromCodePoint(point - before - 1))) before++
  return before % 10
}

/**
 * What is kept of a code: HMAC-SHA-256 under the server's secret, bound to the session and the recipient, so
 * that a stolen store can neither be searched for codes nor replayed into another session (NIST SP 800-63B,
 * section 5.1.3.2), and a wrong address is a wrong code.
 */
export function hashCode(
  secret: string,
  sessionId: string,
  canonicalRecipient: string,
  code: string,
): Buffer {
  return createHmac('sha256', secret).update(`${sessionId}\n${canonicalRecipient}\n${code}`).digest()
}

/** How many attempts one session allows: fewer where the code is short (OWASP ASVS 2.7; RFC 4226, section 7.3). */
export function maxAttempts(digits: number): number {
  return digits <= 5 ? 3 : 5
}
