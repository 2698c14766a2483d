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
  it('takes what the server signs, from fetch and from Node.js, as text and as bytes', async () => {
    const headers = headersOf()
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    )
    for (const given of [headers, new Headers(headers), upper]) {
      expect(await verifyWebhook(body, given, secret, options)).toEqual(event)
      expect(await verifyWebhook(new TextEncoder().encode(body), given, [secret], options)).toEqual(event)
    }
  })

  it('takes the published vector, and what the reference library signs', async () => {
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

  it('takes any of several signatures with any of several secrets, while one is being changed', async () => {
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
    ['another spelling of the same body', JSON.stringify(event, null, 2), {}],
    ['another id', body, { 'webhook-id': 'evt_01KPJRXTK0X7M2Z5R7W2H4J6PC' }],
    ['another time', body, { 'webhook-timestamp': String(now / 1000 + 1) }],
    ['no signature that is one', body, { 'webhook-signature': 'hello' }],
    ['an empty signature', body, { 'webhook-signature': 'v1,' }],
    ['a signature cut short', body, { 'webhook-signature': headersOf()['webhook-signature']?.slice(0, 20) }],
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
  ])('takes a webhook of %i seconds ago as %s', async (seconds, reason) => {
    const headers = headersOf(body, event.event_id, now - seconds * 1000)
    expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe(reason)
  })

  it.each(['', 'soon', '1e9', '-5', '1776599124.5', '9'.repeat(13)])(
    'refuses the time %j',
    async (timestamp) => {
      const headers = { ...headersOf(), 'webhook-timestamp': timestamp }
      const reason = timestamp === '' ? 'missing-header' : 'invalid-timestamp'
      expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe(reason)
    },
  )

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses %s that is missing or given twice',
    async (name) => {
      for (const value of [undefined, '', ['a', 'b']]) {
        const headers = { ...headersOf(), [name]: value }
        expect(await reasonOf(verifyWebhook(body, headers, secret, options))).toBe('missing-header')
      }
    },
  )

  it.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['an event of a later version', JSON.stringify({ ...event, type: 'verification.forgotten' })],
    ['an event of another id', JSON.stringify({ ...event, event_id: 'evt_01KPJRXTK0X7M2Z5R7W2H4J6PX' })],
    ['no data', JSON.stringify({ ...event, data: null })],
  ])('says of %s that it is signed, and not what it knows', async (_case, text) => {
    expect(await reasonOf(verifyWebhook(text, headersOf(text), secret, options))).toBe('unexpected-body')
  })

  it.each([[[]], [''], ['whsec_'], ['whsec_!!!'], [[secret, 'whsec_ä']]])(
    'throws a TypeError that shows nothing of a secret that cannot be one: %j',
    async (secrets) => {
      const error = await verifyWebhook(body, headersOf(), secrets, options).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain('!!!')
    },
  )

  it('is typed: a switch over the type of an event can be exhaustive', () => {
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

  it('is verified by the client, and tells what the status tells', async () => {
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
