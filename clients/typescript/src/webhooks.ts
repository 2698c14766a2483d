import { type WebhookEvent, webhookTypes } from './generated/webhooks.ts'

export type { WebhookEvent } from './generated/webhooks.ts'

/**
 * - `missing-header`: one of the three headers is missing or appears twice
 * - `invalid-timestamp`: `webhook-timestamp` is not a number of seconds
 * - `too-old`, `too-new`: the timestamp is outside the tolerance; somebody may be replaying an old webhook
 * - `no-matching-signature`: no signature matches any of the secrets, or the body was changed
 * - `unexpected-body`: the signature is valid, but this version does not know the event
 */
export type WebhookFailure =
  | 'missing-header'
  | 'invalid-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-matching-signature'
  | 'unexpected-body'

/** The webhook cannot be trusted, or this version does not understand it. `reason` says why. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
  readonly reason: WebhookFailure

  constructor(reason: WebhookFailure, message: string) {
    super(message)
    this.reason = reason
  }
}

export interface VerifyWebhookOptions {
  /** How many seconds `webhook-timestamp` may differ from now, in either direction. Default 300. */
  toleranceSeconds?: number | undefined
  /** Replaces the clock. Returns milliseconds since the epoch. */
  now?: (() => number) | undefined
}

/** The headers of a request, from `fetch` or from Node.js. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>

const encoder = new TextEncoder()
// More than a sender ever uses at once. The limit keeps a header full of signatures from keeping the receiver busy.
const mostSignatures = 10

/**
 * Verifies a webhook as Standard Webhooks 1.0 requires, in constant time and with WebCrypto only.
 * @param body the raw body of the request, byte for byte; do not pass a body that a framework has parsed
 * @param secrets the secret of the endpoint (`whsec_…`); while you change it, pass both the old and the new one
 * @returns the event, typed by its `type`
 * @throws {WebhookVerificationError} if the webhook is not genuine, not fresh, or not an event that this version knows
 * @throws {TypeError} if you pass no secret, or one that is not a `whsec_…` secret
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  options: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  const id = headerOf(headers, 'webhook-id')
  await verifySignature(body, headers, secrets, options)
  const event = parsed(typeof body === 'string' ? body : new TextDecoder().decode(body))
  if (!isEvent(event) || event.event_id !== id) {
    throw new WebhookVerificationError(
      'unexpected-body',
      'The signature is valid, but this version of the client does not know the event.',
    )
  }
  return event
}

/** The part of `verifyWebhook` that does not depend on the content of the body. */
export async function verifySignature(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now }: VerifyWebhookOptions = {},
): Promise<void> {
  const keys = (typeof secrets === 'string' ? [secrets] : secrets).map(keyBytesOf)
  if (keys.length === 0) throw new TypeError('pass at least one secret')
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  ) as [string, string, string]
  checkFresh(timestamp, toleranceSeconds, now())

  const content = typeof body === 'string' ? encoder.encode(body) : body
  const prefix = encoder.encode(`${id}.${timestamp}.`)
  const signed = new Uint8Array(prefix.length + content.length)
  signed.set(prefix)
  signed.set(content, prefix.length)
  const candidates = signatures
    .split(' ')
    .slice(0, mostSignatures)
    .flatMap((text) => (text.startsWith('v1,') ? (bytesOf(text.slice('v1,'.length)) ?? []) : []))
  for (const bytes of keys) {
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ])
    for (const candidate of candidates) {
      if (await crypto.subtle.verify('HMAC', key, candidate, signed)) return
    }
  }
  throw new WebhookVerificationError(
    'no-matching-signature',
    'No signature matches a secret of this endpoint. Did you pass the raw body?',
  )
}

function headerOf(headers: WebhookHeaders, wanted: string): string {
  const values =
    headers instanceof Headers
      ? [headers.get(wanted)]
      : Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === wanted ? value : []))
  const [value, ...others] = values
  if (value && others.length === 0) return value
  throw new WebhookVerificationError('missing-header', `The webhook must have exactly one ${wanted} header.`)
}

function checkFresh(timestamp: string, toleranceSeconds: number, now: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('invalid-timestamp', 'webhook-timestamp is not a number of seconds.')
  }
  const age = Math.floor(now / 1000) - Number(timestamp)
  if (age > toleranceSeconds) {
    throw new WebhookVerificationError('too-old', `The webhook is ${age} seconds old.`)
  }
  if (age < -toleranceSeconds) {
    throw new WebhookVerificationError(
      'too-new',
      `The timestamp of the webhook is ${-age} seconds in the future. Check your clock.`,
    )
  }
}

// The error never shows the value: it may be most of a secret.
function keyBytesOf(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = typeof secret === 'string' ? bytesOf(secret.replace(/^whsec_/, '')) : undefined
  if (bytes === undefined || bytes.length === 0)
    throw new TypeError('a secret must be whsec_ followed by base64, exactly as it was shown')
  return bytes
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isEvent(value: unknown): value is WebhookEvent {
  if (typeof value !== 'object' || value === null) return false
  const { type, event_id, timestamp, data } = value as Record<string, unknown>
  return (
    webhookTypes.some((known) => known === type) &&
    typeof event_id === 'string' &&
    typeof timestamp === 'string' &&
    typeof data === 'object' &&
    data !== null
  )
}
