import { describe, expect, it } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  enforcesTheAllowlists,
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { reportsTheDelivery } from '../support/delivery-cases.ts'
import { instant } from '../support/flows.ts'
import { repeatsSafely } from '../support/idempotency-cases.ts'
import { refusesBadFields, sendsACode } from '../support/send-cases.ts'
import { countsSends } from '../support/send-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('sendInstantOtp', () => {
  const server = useServer()
  const send = (credential: string, body: { email: string; from?: string }) =>
    server.client(credential).POST('/api/v1/instant-otp/send', { body })

  describe('200', () => {
    sendsACode(server, instant)

    it('accepts a server key as well as a public token', async () => {
      expect((await send(await server.key(), { email: 'key@example.com' })).response.status).toBe(200)
    })

    it('sends from an address on the credential’s list, in any spelling, with its display name', async () => {
      const { token } = await server.token({ allowedSenders: ['Shop@Acme.example'] })
      const { response } = await send(token, {
        email: 'from@example.com',
        from: 'Acme Shop <shop@acme.example>',
      })
      expect(response.status).toBe(200)
      const mail = server.sink.mailTo('from@example.com')
      expect(mail.from).toBe('shop@acme.example')
      expect(mail.parsed.from?.value).toEqual([{ name: 'Acme Shop', address: 'shop@acme.example' }])
    })
  })

  describe('400 VALIDATION_FAILED for a sender', () => {
    it.each([
      'a@x.co, b@y.co',
      'support@bank.example <a@x.co>',
      'A <a@x.co> <b@y.co>',
      'A <a@x.co',
      'A\r\nBcc: b@y.co <a@x.co>',
      'A \u202e<a@x.co>',
      '=?utf-8?q?Bank_=3Csupport=40bank.example=3E?= <a@x.co>',
      '<>',
      '',
    ])('refuses from = %j', async (from) => {
      const { token } = await server.token({ allowedSenders: ['a@x.co'] })
      const { response, error } = await send(token, { email: 'user@example.com', from })
      expect(response.status).toBe(400)
      expect(error?.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: '/from' }] })
    })
  })

  describe('403 FROM_NOT_ALLOWED', () => {
    it.each([
      ['an empty list', []],
      ['a list without the sender', ['other@acme.example', 'till@acme.example.org']],
    ])('refuses a sender if the credential has %s, and sends no email', async (_case, allowedSenders) => {
      const { token } = await server.token({ allowedSenders })
      for (const credential of [token, await server.key({ allowedSenders })]) {
        const { response, error } = await send(credential, {
          email: 'till@example.com',
          from: 'till@acme.example',
        })
        expect(response.status).toBe(403)
        expect(error?.error.code).toBe('FROM_NOT_ALLOWED')
      }
      expect(server.sink.mails.filter(({ recipients }) => recipients.includes('till@example.com'))).toEqual(
        [],
      )
    })
  })

  repeatsSafely(server, instant)
  refusesBadFields(server, instant)
  refusesBadBodies(server, 'sendInstantOtp')
  refusesBadCredentials(server, 'sendInstantOtp')
  requiresTheScope(server, 'sendInstantOtp')
  enforcesTheAllowlists(server, 'sendInstantOtp')

  const limited = countsSends(instant)
  const proxied = useServer({ environment: { LIMIT_PER_ADDRESS: '2/10m', TRUSTED_PROXIES: '127.0.0.1' } })
  describe('429 OTP_RATE_LIMITED for one client address', () => {
    const sendFrom = async (address: string, credential?: string) => {
      const bearer = credential ?? (await proxied.token()).token
      const api = proxied.client(bearer, { 'X-Forwarded-For': address })
      return (await api.POST('/api/v1/instant-otp/send', { body: { email: 'user@example.com' } })).response
        .status
    }

    it('counts a client across tokens, and an IPv6 /64 as one client', async () => {
      for (const [first, second, third] of [
        ['203.0.113.7', '::ffff:203.0.113.7', '203.0.113.7:4711'],
        ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '[2001:DB8:1:2:0:0:0:3]:443'],
      ] as const) {
        expect(await sendFrom(first)).toBe(200)
        expect(await sendFrom(second)).toBe(200)
        expect(await sendFrom(third)).toBe(429)
      }
      expect(await sendFrom('203.0.113.8')).toBe(200)
      expect(await sendFrom('2001:db8:1:3::1')).toBe(200)
    })

    it('does not count server keys by address', async () => {
      const key = await proxied.key()
      for (let n = 0; n < 4; n++) expect(await sendFrom('203.0.113.99', key)).toBe(200)
    })
  })

  const troubled = survivesStoreTrouble('sendInstantOtp')
  const delivering = reportsTheDelivery(instant)
  producedEveryDocumentedAnswer('sendInstantOtp', [server, limited, proxied, troubled, ...delivering])
})
