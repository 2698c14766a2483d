import { createHmac, randomInt } from 'node:crypto'

/** `digits` decimal digits from the CSPRNG, uniform over all 10^digits values, leading zeros kept. */
export function mintCode(digits: number): string {
  return randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')
}

/** The code that a person meant: full-width digits read as digits, white space and dashes dropped. */
export function normalizeTypedCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '')
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
