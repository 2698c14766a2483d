import { type WebhookEvent, webhookTypes } from './generated/webhooks.ts'

export type { WebhookEvent } from './generated/webhooks.ts'

/**
 * - `missing-header`: one of the three headers is not there, or is there twice
 * - `invalid-timestamp`: `webhook-timestamp` is not a number of seconds
 * - `too-old`, `too-new`: it is further from now than the tolerance; somebody may send an old webhook again
 * - `no-matching-signature`: no signature was made with one of the secrets, or the body was changed
 * - `unexpected-body`: the signature is right, but this version does not know the event
 */
export type WebhookFailure =
  | 'missing-header'
  | 'invalid-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-matching-signature'
  | 'unexpected-body'

/** The webhook is not to be trusted, or not to be understood; `reason` says why. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
  readonly reason: WebhookFailure

  constructor(reason: WebhookFailure, message: string) {
    super(message)
    this.reason = reason
  }
}

export interface VerifyWebhookOptions {
  /** How far `webhook-timestamp` may be from now, either way. Default 300. */
  toleranceSeconds?: number | undefined
  /** Stands in for the clock, in milliseconds since the epoch. */
  now?: (() => number) | undefined
}

/** The headers of a request: those of `fetch`, or of Node.js. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>

const encoder = new TextEncoder()
// More than one sender uses at once, so that nobody is kept busy with a header full of them.
const mostSignatures = 10

/**
 * Checks a webhook as Standard Webhooks 1.0 says, in constant time, with WebCrypto only.
 * @param body the raw body of the request, byte for byte: not what a framework has parsed
 * @param secrets the secret of the endpoint (`whsec_…`); while it is being changed, the old one and the new one
 * @returns the event, typed by its `type`
 * @throws {WebhookVerificationError} if it is not genuine, not fresh, or no event that this version knows
 * @throws {TypeError} if no secret is given, or one of them is not a `whsec_…` secret
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
      'The webhook is signed, but it is no event that this version of the client knows.',
    )
  }
  return event
}

/** The part of `verifyWebhook` that does not depend on what is in the body. */
export async function verifySignature(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now }: VerifyWebhookOptions = {},
): Promise<void> {
  const keys = (typeof secrets === 'string' ? [secrets] : secrets).map(keyBytesOf)
  if (keys.length === 0) throw new TypeError('there must be at least one secret')
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
    'No signature of the webhook was made with a secret of this endpoint. Is the body the raw one?',
  )
}

function headerOf(headers: WebhookHeaders, wanted: string): string {
  const values =
    headers instanceof Headers
      ? [headers.get(wanted)]
      : Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === wanted ? value : []))
  const [value, ...others] = values
  if (value && others.length === 0) return value
  throw new WebhookVerificationError('missing-header', `The webhook must have the header ${wanted}, once.`)
}

function checkFresh(timestamp: string, toleranceSeconds: number, now: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('invalid-timestamp', 'webhook-timestamp is no number of seconds.')
  }
  const age = Math.floor(now / 1000) - Number(timestamp)
  if (age > toleranceSeconds) {
    throw new WebhookVerificationError('too-old', `The webhook was made ${age} seconds ago.`)
  }
  if (age < -toleranceSeconds) {
    throw new WebhookVerificationError(
      'too-new',
      `The webhook was made ${-age} seconds from now. Is the clock right?`,
    )
  }
}

// The value is not shown: it may be most of a secret.
function keyBytesOf(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = typeof secret === 'string' ? bytesOf(secret.replace(/^whsec_/, '')) : undefined
  if (bytes === undefined || bytes.length === 0)
    throw new TypeError('a secret must be whsec_ and base64, as it was shown')
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
