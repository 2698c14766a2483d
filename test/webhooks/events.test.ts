import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from '../support/contract.ts'
import { backend, emailVerification, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { sendVerification, submitForm } from '../support/page.ts'
import { listen, Receiver } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'

const minute = 60_000
const server = useServer({ environment: { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' } })
const receiver = new Receiver()
let secret = ''

const contract = parse(readFileSync(contractFile, 'utf8')) as {
  webhooks: Record<string, { post: { requestBody: { content: { 'application/json': { schema: object } } } } }>
}
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
ajv.addFormat('idn-email', true)
ajv.addSchema(contract, 'contract')

/** Returns the ways in which an event breaks the contract, or undefined if it does not. */
function violationsOf(event: { type: string }): unknown {
  const webhook = contract.webhooks[event.type]
  if (webhook === undefined) return `${event.type} is not in the contract`
  const { $ref } = webhook.post.requestBody.content['application/json'].schema as { $ref: string }
  const validate = ajv.compile({ $ref: `contract${$ref}` })
  return validate(event) ? undefined : validate.errors
}

beforeAll(async () => {
  await receiver.start()
  secret = (await listen(server.store, receiver.url, {}, () => server.now)).secret
})
afterAll(() => receiver.stop())
beforeEach(() => void receiver.received.splice(0))

/** Returns the events that have arrived so far. Each must be signed and must match the contract. */
async function told() {
  await server.app.deliverWebhooks()
  for (const { headers, body } of receiver.received) {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const signed = new Webhook(key, { format: 'raw' }).sign(
      String(id),
      new Date(Number(timestamp) * 1000),
      body,
    )
    expect(signature).toBe(signed)
    expect(Number(timestamp)).toBeLessThanOrEqual(Math.floor(server.now / 1000))
    const event = JSON.parse(body) as { type: string; event_id: string }
    expect(event.event_id).toBe(id)
    expect(violationsOf(event)).toBeUndefined()
  }
  return receiver.events.map(({ type, timestamp, data }) => ({ type, timestamp, ...data }))
}
const iso = (at: number) => new Date(at).toISOString()
const authorized = async (projectId = 'default') => server.client(await server.key({ projectId }))

describe('verification.completed', () => {
  it.each([backend, emailVerification, instant])('reports a verify in the flow $sendId', async (flow) => {
    const api = await flow.authorized(server)
    const sentAt = server.now
    const sent = await sendAndRead(server, flow, api, { email: 'Told@Example.com', reference: 'signup-1' })
    server.now += 5000
    await flow.verify(api, sent)
    expect(await told()).toEqual([
      {
        type: 'verification.completed',
        timestamp: iso(server.now),
        sessionId: sent.sessionId,
        email: 'told@example.com',
        status: 'VERIFIED',
        expiresAt: iso(sentAt + 10 * minute),
        sentAt: iso(sentAt),
        verifiedAt: iso(server.now),
        attemptsLeft: 0,
        reference: 'signup-1',
      },
    ])
  })

  it('reports a code that was typed into the hosted page', async () => {
    const { sessionId, code } = await sendVerification(server, { email: 'page-told@example.com' })
    await submitForm(server, { sessionId, code })
    expect(await told()).toMatchObject([{ type: 'verification.completed', sessionId, status: 'VERIFIED' }])
  })

  it('comes with verification.expired for the older session if its code verified the newer one', async () => {
    const api = await authorized()
    const first = await sendAndRead(server, backend, api, { email: 'twice@example.com' })
    const second = await sendAndRead(server, backend, api, { email: 'twice@example.com' })
    await backend.verify(api, { ...second, code: first.code })
    const events = await told()
    expect(events.map(({ type }) => type)).toEqual(['verification.completed', 'verification.expired'])
    expect(events.map((event) => 'sessionId' in event && event.sessionId)).toEqual([
      second.sessionId,
      first.sessionId,
    ])
    server.now += 20 * minute
    await told()
    expect(receiver.received).toHaveLength(2)
  })
})

describe('the other events', () => {
  it('verification.expired comes once, after the session expires, with the time of the expiry', async () => {
    const api = await authorized()
    const at = server.now
    const { sessionId } = await sendAndRead(server, backend, api, {
      email: 'expiring@example.com',
      expiresInSeconds: 60,
    })
    server.now += minute - 1
    expect(await told()).toEqual([])
    server.now += 5000
    for (let n = 0; n < 2; n++)
      expect(await told()).toMatchObject([
        { type: 'verification.expired', timestamp: iso(at + minute), sessionId, status: 'EXPIRED' },
      ])
  })

  it('verification.attempts_used_up comes with the last wrong code, for both sessions of a resend, and no expiry follows', async () => {
    const api = await authorized()
    const first = await sendAndRead(server, backend, api, { email: 'wrong@example.com', otpDigits: 4 })
    const second = await sendAndRead(server, backend, api, { email: 'wrong@example.com', otpDigits: 4 })
    const code = ['0000', '1111', '2222'].find((each) => ![first.code, second.code].includes(each)) ?? ''
    for (let n = 0; n < 3; n++) {
      expect(await told()).toEqual([])
      await backend.verify(api, { ...second, code })
    }
    const events = await told()
    expect(events.map(({ type }) => type)).toEqual(Array(2).fill('verification.attempts_used_up'))
    expect(new Set(receiver.events.map(({ data }) => data['sessionId']))).toEqual(
      new Set([first.sessionId, second.sessionId]),
    )
    server.now += 20 * minute
    expect(await told()).toHaveLength(2)
  })

  it('verification.canceled comes once, however often the session is canceled', async () => {
    const api = await authorized()
    const { sessionId } = await sendAndRead(server, backend, api, { email: 'canceled@example.com' })
    for (let n = 0; n < 3; n++) await backend.cancel(api, sessionId)
    server.now += 20 * minute
    expect(await told()).toMatchObject([{ type: 'verification.canceled', sessionId, status: 'CANCELED' }])
  })

  it('delivery.failed comes if no mail server accepted the email, and no expiry follows', async () => {
    const api = await authorized()
    server.sink.atRecipient = 550
    await backend.send(api, { email: 'nowhere@example.com', reference: 'r' })
    server.sink.atRecipient = 'accept'
    server.now += 20 * minute
    expect(await told()).toMatchObject([
      { type: 'delivery.failed', status: 'FAILED', email: 'nowhere@example.com', reference: 'r' },
    ])
    expect(receiver.events[0]?.data).not.toHaveProperty('sentAt')
  })

  it('never contain the code or anything else from the email', async () => {
    const api = await authorized()
    const sent = await sendAndRead(server, backend, api, {
      email: 'secret@example.com',
      otpDigits: 10,
      subject: 'A subject',
    })
    await backend.verify(api, { ...sent, code: wrongCode(sent.code) })
    await backend.verify(api, sent)
    await told()
    expect(JSON.stringify(receiver.received)).not.toMatch(new RegExp(`${sent.code}|A subject`))
  })
})

describe('a webhook endpoint', () => {
  it('gets only the events that it asked for, and only from its own project', async () => {
    const others = await Promise.all([new Receiver().start(), new Receiver().start()])
    const [canceledOnly, stranger] = others as [Receiver, Receiver]
    const now = () => server.now
    await listen(server.store, canceledOnly.url, { events: ['verification.canceled'] }, now)
    await listen(server.store, stranger.url, { projectId: 'stranger' }, now)
    const api = await authorized()
    const verified = await sendAndRead(server, backend, api, { email: 'who@example.com' })
    await backend.verify(api, verified)
    const canceled = await sendAndRead(server, backend, api, { email: 'who@example.com' })
    await backend.cancel(api, canceled.sessionId)
    await told()
    expect(receiver.events.map(({ type }) => type)).toEqual([
      'verification.completed',
      'verification.canceled',
    ])
    expect(canceledOnly.events.map(({ type }) => type)).toEqual(['verification.canceled'])
    expect(canceledOnly.events[0]?.event_id).toBe(receiver.events[1]?.event_id)
    expect(stranger.received).toEqual([])
    await Promise.all(others.map((other) => other.stop()))
  })

  it('gets no event about a session that ended before the endpoint was created', async () => {
    const api = await authorized('later')
    const before = await sendAndRead(server, backend, api, {
      email: 'before@example.com',
      expiresInSeconds: 60,
    })
    await backend.verify(api, await sendAndRead(server, backend, api, { email: 'before2@example.com' }))
    server.now += 2 * minute
    const late = await new Receiver().start()
    await listen(server.store, late.url, { projectId: 'later' }, () => server.now)
    await told()
    expect(late.received).toEqual([])
    expect((await backend.status(api, before.sessionId)).data?.data.status).toBe('EXPIRED')
    await late.stop()
  })
})
