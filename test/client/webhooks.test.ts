import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from '@risumail-otp/client/webhooks'
import { Webhook } from 'standardwebhooks'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { verifySignature } from '../../clients/typescript/src/webhooks.ts'
import { mintWebhookSecret, signedHeaders } from '../../server/webhooks/secrets.ts'
import { backend, sendAndRead } from '../support/flows.ts'
import { listen, Receiver } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'

const secret = mintWebhookSecret()
const now = Date.parse('2026-04-19T11:45:24.000Z')
const event = {
  type: 'verification.completed',
  event_id: 'evt_01KPJRXTK0X7M2Z5R7W2H4J6PB',
  timestamp: '2026-04-19T11:45:24.000Z',
  data: {
    sessionId: 'ev_01KPJRXTK0Q4T7V9X2B5N6C1DE',
    email: 'user@example.com',
    status: 'VERIFIED',
    expiresAt: '2026-04-19T11:55:00.000Z',
    attemptsLeft: 0,
  },
}
const body = JSON.stringify(event)
const headersOf = (text = body, id = event.event_id, at = now, secrets = [secret]) =>
  signedHeaders(secrets, id, text, at)
const options = { now: () => now }
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'genuine',
    (error: unknown) => {
      expect(error).toBeInstanceOf(WebhookVerificationError)
      return (error as WebhookVerificationError).reason
    },
  )

describe('verifyWebhook', () => {
  it('accepts webhooks that the server signed, with headers of fetch or Node.js, as text or bytes', async () => {
    const headers = headersOf()
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    )
    for (const given of [headers, new Headers(headers), upper]) {
      expect(await verifyWebhook(body, given, secret, options)).toEqual(event)
      expect(await verifyWebhook(new TextEncoder().encode(body), given, [secret], options)).toEqual(event)
    }
  })

  it('accepts the published test vector and a signature of the reference library', async () => {
    await verifySignature(
      '{"test": 2432232314}',
      {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      { now: () => 1_614_265_330_000 },
    )
    const signature = new Webhook(secret).sign(event.event_id, new Date(now), body)
    const headers = { ...headersOf(), 'webhook-signature': signature }
    expect(await verifyWebhook(body, headers, secret, options)).toEqual(event)
  })

  it('accepts any of several signatures with any of several secrets, so a secret can be changed', async () => {
    const next = mintWebhookSecret()
    const both = headersOf(body, event.event_id, now, [next, secret])
    for (const secrets of [secret, next, [mintWebhookSecret(), secret], [next, secret]])
      expect(await verifyWebhook(body, both, secrets, options)).toEqual(event)
    const mixed = { ...headersOf() }
    mixed['webhook-signature'] = `v1a,AAAA v1,!!! v2,${'x'.repeat(50)} ${mixed['webhook-signature']}`
    expect(await verifyWebhook(body, mixed, secret, options)).toEqual(event)
  })

  it.each<[string, Parameters<typeof verifyWebhook>[0], object]>([
    ['a changed body', body.replace('VERIFIED', 'CANCELED'), {}],
    ['the same body with other white space', JSON.stringify(event, null, 2), {}],
    ['another id', body, { 'webhook-id': 'evt_01KPJRXTK0X7M2Z5R7W2H4J6PC' }],
    ['another time', body, { 'webhook-timestamp': String(now / 1000 + 1) }],
    ['a text that is not a signature', body, { 'webhook-signature': 'hello' }],
    ['an empty signature', body, { 'webhook-signature': 'v1,' }],
    ['a truncated signature', body, { 'webhook-signature': headersOf()['webhook-signature']?.slice(0, 20) }],
  ])('refuses %s: no-matching-signature', async (_case, text, changed) => {
    const headers = { ...headersOf(), ...changed }
    expect(await reasonOf(verifyWebhook(text, headers, secret, options))).toBe('no-matching-signature')
  })

  it('refuses another secret', async () => {
    expect(await reasonOf(verifyWebhook(body, headersOf(), mintWebhookSecret(), options))).toBe(
      'no-matching-signature',
    )
  })

  it.each([
    [-300, 'genuine'],
    [300, 'genuine'],
    [301, 'too-old'],
    [-301, 'too-new'],
  ])('treats a webhook from %i seconds ago as %s', async (seconds, reason) => {
    const headers = headersOf(body, event.event_id, now - seconds * 1000)
    expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe(reason)
  })

  it.each(['', 'soon', '1e9', '-5', '1776599124.5', '9'.repeat(13)])(
    'refuses the timestamp %j',
    async (timestamp) => {
      const headers = { ...headersOf(), 'webhook-timestamp': timestamp }
      const reason = timestamp === '' ? 'missing-header' : 'invalid-timestamp'
      expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe(reason)
    },
  )

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses a webhook whose %s is missing, empty or given twice',
    async (name) => {
      for (const value of [undefined, '', ['a', 'b']]) {
        const headers = { ...headersOf(), [name]: value }
        expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe('missing-header')
      }
    },
  )

  it.each([
    ['not JSON', 'hello'],
    ['not an object', '[]'],
    ['an event of a later version', JSON.stringify({ ...event, type: 'verification.forgotten' })],
    ['an event with another id', JSON.stringify({ ...event, event_id: 'evt_01KPJRXTK0X7M2Z5R7W2H4J6PX' })],
    ['an event without data', JSON.stringify({ ...event, data: null })],
  ])('reports unexpected-body for a signed body that is %s', async (_case, text) => {
    expect(await reasonOf(verifyWebhook(text, headersOf(text), secret, options))).toBe('unexpected-body')
  })

  it.each([[[]], [''], ['whsec_'], ['whsec_!!!'], [[secret, 'whsec_ä']]])(
    'rejects a secret that is not valid with a TypeError that does not show it: %j',
    async (secrets) => {
      const error = await verifyWebhook(body, headersOf(), secrets, options).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain('!!!')
    },
  )

  it('returns a typed event: a switch over its type can be exhaustive', () => {
    const inWords = (heard: WebhookEvent): string => {
      switch (heard.type) {
        case 'verification.completed':
        case 'verification.expired':
        case 'verification.attempts_used_up':
        case 'verification.canceled':
        case 'delivery.failed':
          return heard.data.sessionId
        case 'webhook.test':
          return heard.data.endpointId
      }
    }
    expectTypeOf(inWords).toBeFunction()
  })
})

describe('a webhook of the real server', () => {
  const server = useServer({ environment: { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' } })

  it('is verified by the client, and contains the same data as the status', async () => {
    const receiver = await new Receiver().start()
    const { secret: own } = await listen(server.store, receiver.url, {}, () => server.now)
    const api = server.client(await server.key())
    const sent = await sendAndRead(server, backend, api, { email: 'user@example.com' })
    await backend.verify(api, sent)
    await server.app.deliverWebhooks()
    await receiver.stop()
    const [received] = receiver.received
    const heard = await verifyWebhook(received?.body ?? '', received?.headers ?? {}, own, {
      now: () => server.now,
    })
    const { events: _, ...status } = (await backend.status(api, sent.sessionId)).data?.data ?? { events: [] }
    expect(heard).toMatchObject({ type: 'verification.completed', data: status })
  })
})
