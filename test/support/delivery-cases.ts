import { describe, expect, it } from 'vitest'
import { type Flow, sendAndRead } from './flows.ts'
import { type TestServer, useServer } from './server.ts'

/** 502 and 503: what the mail server said, and what follows for the session. */
export function reportsTheDelivery(flow: Flow): TestServer[] {
  const server = useServer({ environment: { SMTP_TIMEOUT: '300ms' } })
  const unconfigured = useServer({ environment: { SMTP_URL: '' } })

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
      'reports a recipient that was refused with %i, and sends the next mail',
      async (code) => {
        server.sink.atRecipient = code
        await fails('refused@example.com')
        await recovers()
      },
    )

    it.each([451, 552, 554])(
      'reports a message that was refused with %i, and sends the next mail',
      async (code) => {
        server.sink.atData = code
        await fails('refused@example.com')
        await recovers()
      },
    )

    it.each(['atRecipient', 'atData'] as const)(
      'gives up on a server that falls silent (%s) after SMTP_TIMEOUT',
      async (step) => {
        server.sink[step] = 'stall'
        await fails('late@example.com')
        await recovers()
      },
    )
  })

  describe('503 SMTP_NOT_CONFIGURED', () => {
    it('says so when there is no SMTP route, without a time to retry', async () => {
      const { response, error } = await flow.send(await flow.authorized(unconfigured), { email: 'a@x.co' })
      expect(response.status).toBe(503)
      expect(error?.error).toMatchObject({ code: 'SMTP_NOT_CONFIGURED' })
      expect(error?.error.retryAfterSeconds).toBeUndefined()
      expect(response.headers.has('retry-after')).toBe(false)
    })
  })
  return [server, unconfigured]
}
