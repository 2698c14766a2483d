import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

// Signing needs the secret itself. So the store cannot keep only a hash, as it does for credentials. It keeps the
// secret sealed instead, so that the store alone is not enough to sign.

const prefix = 'whsec_'
const secretBytes = 32
const cipher = 'aes-256-gcm'
const ivBytes = 12

/** Returns a new secret in the format of Standard Webhooks 1.0: `whsec_` and 32 random bytes in base64. */
export function mintWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64')
}

/** Seals with the first key in OTP_SECRET, and opens with any of them. */
export interface Sealer {
  seal(secret: string): string
  /** @returns undefined if it was sealed with a key that is no longer in OTP_SECRET */
  open(sealed: string): string | undefined
  /**
   * Seals a secret again with the first key, so that the others can be removed.
   * @returns the input if it cannot be opened
   */
  reseal(sealed: string): string
}

export function createSealer([first, ...others]: readonly [string, ...string[]]): Sealer {
  const keyOf = (otpSecret: string) =>
    Buffer.from(hkdfSync('sha256', otpSecret, '', 'webhook secrets', secretBytes))
  const own = keyOf(first)
  const older = others.map(keyOf)
  const seal = (secret: string) => {
    const iv = randomBytes(ivBytes)
    const sealing = createCipheriv(cipher, own, iv)
    const data = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()])
    return [iv, sealing.getAuthTag(), data].map((part) => part.toString('base64url')).join('.')
  }
  return {
    seal,
    open: (sealed) => openWith([own, ...older], sealed),
    reseal(sealed) {
      if (openWith([own], sealed) !== undefined) return sealed
      const secret = openWith(older, sealed)
      return secret === undefined ? sealed : seal(secret)
    },
  }
}

function openWith(keys: readonly Buffer[], sealed: string): string | undefined {
  const [iv, tag, data] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (iv === undefined || tag === undefined || data === undefined) return undefined
  for (const key of keys) {
    try {
      const opening = createDecipheriv(cipher, key, iv, { authTagLength: 16 }).setAuthTag(tag)
      return Buffer.concat([opening.update(data), opening.final()]).toString('utf8')
    } catch {
      // Sealed with another key.
    }
  }
  return undefined
}

/**
 * The headers of a delivery (Standard Webhooks 1.0, "Webhook headers").
 * @param at in milliseconds since the epoch
 */
export function signedHeaders(
  secrets: readonly string[],
  eventId: string,
  body: string,
  at: number,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
