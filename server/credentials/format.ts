import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** The prefix of each kind of credential. Scanners for leaked secrets can search for it. */
const prefixes = {
  server_key: 'risu_key_',
  public_token: 'risu_otp_',
  analytics_secret: 'risu_otp_sec_',
} as const

/** The prefixes in the sandbox. An analytics secret gives no access by itself, so it has no sandbox prefix. */
const sandboxPrefixes = {
  ...prefixes,
  server_key: 'risu_key_test_',
  public_token: 'risu_otp_test_',
} as const

export type CredentialKind = keyof typeof prefixes

/** The world that a credential opens: the sandbox, or live. */
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

/** Makes a new secret: a prefix, 32 random base62 characters, and a CRC32 of both in 6 more characters. */
export function mintSecret(kind: CredentialKind, { isSandbox }: World = { isSandbox: false }): string {
  let text: string = (isSandbox ? sandboxPrefixes : prefixes)[kind]
  for (let place = 0; place < randomLength; place++) text += base62.charAt(randomInt(62))
  return text + checksum(text)
}

/** Returns the kind of a secret. Returns undefined if its form or checksum is wrong, which saves a store lookup. */
export function kindOf(secret: string): CredentialKind | undefined {
  const [, prefix, random, sum] = shape.exec(secret) ?? []
  if (prefix === undefined || random === undefined || checksum(prefix + random) !== sum) return undefined
  const kinds = Object.keys(prefixes) as CredentialKind[]
  return kinds.find((kind) => prefixes[kind] === prefix || sandboxPrefixes[kind] === prefix)
}

/** True if the prefix says that the secret opens a sandbox and nothing else. */
export function isSandboxSecret(secret: string): boolean {
  return /^risu_(?:key|otp)_test_/.test(secret)
}

/**
 * Returns the hash that the store keeps for a secret. A plain SHA-256 is enough: the secret has 190 random bits, so
 * nobody can guess it, and a slow hash would add nothing (NIST SP 800-63B, section 5.1.2.2).
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
