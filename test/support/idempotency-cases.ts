import { describe, expect, it } from 'vitest'
import { factsOf } from './contract.ts'
import type { Flow } from './flows.ts'
import type { TestServer } from './server.ts'
import { authorizedRequest } from './valid-requests.ts'

interface Sent {
  status: number
  headers: Headers
  /** The body, byte for byte. */
  text: string
  error: { code: string; retryAfterSeconds?: number; details?: { path: string }[] } | undefined
}

/** Sends with one credential and the given Idempotency-Key. `at` sends to another URL with the same credential. */
export interface KeyedSender {
  (key: string, body: object): Promise<Sent>
  at(url: string): KeyedSender
}

export async function keyedSender(server: TestServer, flow: Flow, url = server.url): Promise<KeyedSender> {
  const { headers } = await authorizedRequest(server, flow.sendId)
  const at = (base: string): KeyedSender =>
    Object.assign(
      async (key: string, body: object) => {
        const response = await fetch(base + factsOf(flow.sendId).path, {
          method: 'POST',
          headers: { ...headers, 'Idempotency-Key': key },
          body: JSON.stringify(body),
        })
        const text = await response.text()
        return { status: response.status, headers: response.headers, text, error: JSON.parse(text).error }
      },
      { at },
    )
  return at(url)
}

/** 200, 400, 409 and 422: a send that the caller may repeat. */
export function repeatsSafely(server: TestServer, flow: Flow): void {
  const mailsTo = (email: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(email)).length

  it('answers a repeat with the same Idempotency-Key byte for byte the same, and sends no second email', async () => {
    const send = await keyedSender(server, flow)
    const first = await send('repeat', { email: 'repeat@example.com' })
    expect(first.status).toBe(200)
    server.now += 60_000
    for (let n = 0; n < 3; n++) {
      const { status, text } = await send('repeat', { email: 'repeat@example.com' })
      expect({ status, text }).toEqual({ status: 200, text: first.text })
    }
    expect(mailsTo('repeat@example.com')).toBe(1)
    expect((await send('another', { email: 'repeat@example.com' })).text).not.toBe(first.text)
    expect(mailsTo('repeat@example.com')).toBe(2)
  })

  describe('400 VALIDATION_FAILED', () => {
    it.each([
      ['with a space', 'a b'],
      ['of 256 characters', 'x'.repeat(256)],
      ['with a non-ASCII letter', 'schl\u00fcssel'],
    ])('refuses an Idempotency-Key %s, and names it', async (_case, key) => {
      const send = await keyedSender(server, flow, server.directUrl)
      const { status, error } = await send(key, { email: 'bad-key@example.com' })
      expect(status).toBe(400)
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: '/idempotency-key' }] })
      expect(mailsTo('bad-key@example.com')).toBe(0)
    })
  })

  describe('409 IDEMPOTENCY_IN_PROGRESS', () => {
    it('refuses a repeat while the first send is in progress, and answers it afterwards', async () => {
      const send = await keyedSender(server, flow)
      const body = { email: 'under-way@example.com' }
      let letGo = () => {}
      const received = new Promise<void>((resolve) => {
        server.sink.whenReceived = () => {
          resolve()
          return new Promise<void>((release) => {
            letGo = release
          })
        }
      })
      const first = send('under-way', body)
      await received
      const { status, error, headers } = await send('under-way', body)
      expect(status).toBe(409)
      expect(error).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds: 1 })
      expect(headers.get('retry-after')).toBe('1')
      server.sink.whenReceived = async () => {}
      letGo()
      const { status: firstStatus, text } = await first
      expect(firstStatus).toBe(200)
      expect((await send('under-way', body)).text).toBe(text)
      expect(mailsTo('under-way@example.com')).toBe(1)
    })
  })

  describe('422 IDEMPOTENCY_KEY_REUSED', () => {
    if (factsOf(flow.sendId).isForBrowsers) {
      it('with a public token, treats the same Idempotency-Key for another recipient as a different key', async () => {
        const send = await keyedSender(server, flow)
        const sessionIn = async (email: string) => {
          const { status, text } = await send('guessed', { email })
          expect(status).toBe(200)
          return (JSON.parse(text) as { data: { sessionId: string; email: string } }).data
        }
        const [own, stranger] = [await sessionIn('own@example.com'), await sessionIn('stranger@example.com')]
        expect(stranger.sessionId).not.toBe(own.sessionId)
        expect(await sessionIn('own@example.com')).toEqual(own)
        expect(await sessionIn('Own@Example.com').catch((error: Error) => error.message)).toMatch(/422/)
      })
    }

    it.each([
      ...(factsOf(flow.sendId).isForBrowsers
        ? []
        : [['recipient', { email: 'another@example.com' }] as const]),
      ['option', { email: 'reused@example.com', otpDigits: 8 }] as const,
    ])('refuses a different %s with the same Idempotency-Key, and sends no email', async (_case, other) => {
      const send = await keyedSender(server, flow)
      expect((await send('reused', { email: 'reused@example.com' })).status).toBe(200)
      const mails = server.sink.mails.length
      const { status, error } = await send('reused', other)
      expect(status).toBe(422)
      expect(error?.code).toBe('IDEMPOTENCY_KEY_REUSED')
      expect(server.sink.mails.length).toBe(mails)
    })
  })
}
