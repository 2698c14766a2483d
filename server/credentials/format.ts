import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What stands before each kind of credential; a scanner for leaked secrets can look for it. */
const prefixes = {
  server_key: 'risu_key_',
  public_token: 'risu_otp_',
  analytics_secret: 'risu_otp_sec_',
} as const

/** The same in the sandbox. An analytics secret shows nothing by itself, so it has no form of its own there. */
const sandboxPrefixes = {
  ...prefixes,
  server_key: 'risu_key_test_',
  public_token: 'risu_otp_test_',
} as const

export type CredentialKind = keyof typeof prefixes

/** Which world a credential opens. */
export interface World {
  isSandbox: boolean
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 32 // 190 bits
const checksumLength = 6
const shape =
  /^(risu_key_test_|risu_key_|risu_otp_sec_|risu_otp_test_|risu_otp_)([0-9A-Za-z]{30,64})([0-9A-Za-z]{6})$/

function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < checksumLength; place++) {
    digits = base62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** A new secret: prefix, 32 random base62 characters, and a CRC32 of both in 6 more. */
export function mintSecret(kind: CredentialKind, { isSandbox }: World = { isSandbox: false }): string {
  let text: string = (isSandbox ? sandboxPrefixes : prefixes)[kind]
  for (let place = 0; place < randomLength; place++) text += base62.charAt(randomInt(62))
  return text + checksum(text)
}

/** The kind of a well-formed secret; undefined if its form or checksum is wrong, so no store need be asked. */
export function kindOf(secret: string): CredentialKind | undefined {
  const [, prefix, random, sum] = shape.exec(secret) ?? []
  if (prefix === undefined || random === undefined || checksum(prefix + random) !== sum) return undefined
  const kinds = Object.keys(prefixes) as CredentialKind[]
  return kinds.find((kind) => prefixes[kind] === prefix || sandboxPrefixes[kind] === prefix)
}

/** True for a secret that says of itself that it opens a sandbox and nothing else. */
export function isSandboxSecret(secret: string): boolean {
  return /^risu_(?:key|otp)_test_/.test(secret)
}

/**
 * What is kept of a secret. A plain SHA-256 is enough: the secret has 190 random bits, so there is nothing to
 * guess that a slow hash would protect (NIST SP 800-63B, section 5.1.2.2).
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
