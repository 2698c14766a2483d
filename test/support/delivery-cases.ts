import { describe, expect, it } from 'vitest'
import { type Flow, sendAndRead } from './flows.ts'
import { type TestServer, useServer } from './server.ts'

// Each test of a silent server takes this long. Emails that must go out get no more time, even on a busy machine.
const smtpTimeout = '1s'

/** 502 and 503: what the mail server answered, and what that means for the session. */
export function reportsTheDelivery(flow: Flow): TestServer[] {
  const server = useServer({ environment: { SMTP_TIMEOUT: smtpTimeout } })
  const unconfigured = useServer({ environment: { SMTP_URL: '' } })
  const limited = useServer({ environment: { SMTP_TIMEOUT: smtpTimeout, LIMIT_PER_RECIPIENT: '1/15m' } })

  describe('502 SMTP_DELIVERY_FAILED', () => {
    const fails = async (email: string) => {
      const { response, error } = await flow.send(await flow.authorized(server), { email })
      expect(response.status).toBe(502)
      expect(error?.error.code).toBe('SMTP_DELIVERY_FAILED')
      expect(JSON.stringify(error)).not.toContain('refused by the test')
    }
    const recovers = async () => {
      server.sink.atRecipient = 'accept'
      server.sink.atData = 'accept'
      await sendAndRead(server, flow, await flow.authorized(server), { email: 'recovered@example.com' })
    }

    it.each([421, 450, 550])(
      'reports that the recipient was refused with %i, and sends the next email',
      async (code) => {
        server.sink.atRecipient = code
        await fails('refused@example.com')
        await recovers()
      },
    )

    it.each([451, 552, 554])(
      'reports that the message was refused with %i, and sends the next email',
      async (code) => {
        server.sink.atData = code
        await fails('refused@example.com')
        await recovers()
      },
    )

    it.each(['atRecipient', 'atData'] as const)(
      'gives up after SMTP_TIMEOUT on a mail server that stops responding (%s)',
      async (step) => {
        server.sink[step] = 'stall'
        await fails('late@example.com')
        await recovers()
      },
    )
  })

  describe('a failed delivery', () => {
    const sessionTo = async (email: string) => {
      const [row] = await limited.store.rows('select id from sessions where email = $1', email)
      return row?.['id'] as string
    }

    it('still counts, and its code works, if the email may arrive, so a slow mail server bypasses no limit', async () => {
      const api = await flow.authorized(limited)
      const email = 'slow@example.com'
      limited.sink.whenReceived = () => new Promise(() => {})
      expect((await flow.send(api, { email })).error?.error.code).toBe('SMTP_DELIVERY_FAILED')
      limited.sink.whenReceived = async () => {}
      expect((await flow.send(api, { email })).error?.error.code).toBe(flow.sendLimitCode)
      const code = limited.sink.codeTo(email)
      expect(
        (await flow.verify(api, { sessionId: await sessionTo(email), email, code })).response.status,
      ).toBe(200)
    })

    it.each([
      ['atRecipient', 'stall'],
      ['atData', 451],
    ] as const)(
      'does not count, and leaves no open session, if the email definitely does not arrive (%s %s)',
      async (step, behavior) => {
        const api = await flow.authorized(limited)
        const email = `${step.toLowerCase()}@example.com`
        limited.sink[step] = behavior
        expect((await flow.send(api, { email })).error?.error.code).toBe('SMTP_DELIVERY_FAILED')
        limited.sink[step] = 'accept'
        const { error } = await flow.verify(api, { sessionId: await sessionTo(email), email, code: '000000' })
        expect(error?.error.code).toBe('SESSION_NOT_FOUND')
        expect((await flow.send(api, { email })).response.status).toBe(200)
      },
    )
  })

  describe('503 SMTP_NOT_CONFIGURED', () => {
    it('refuses the send, without a time to retry, if no mail server is configured', async () => {
      const { response, error } = await flow.send(await flow.authorized(unconfigured), { email: 'a@x.co' })
      expect(response.status).toBe(503)
      expect(error?.error).toMatchObject({ code: 'SMTP_NOT_CONFIGURED' })
      expect(error?.error.retryAfterSeconds).toBeUndefined()
      expect(response.headers.has('retry-after')).toBe(false)
    })
  })
  return [server, unconfigured, limited]
}
