import { describe, expect, it } from 'vitest'
import { type Flow, sendAndRead } from './flows.ts'
import { type TestServer, useServer } from './server.ts'

const minute = 60_000

/** 429: the limits, each counted over every window. */
export function countsSends(flow: Flow): TestServer {
  const limits = { LIMIT_PER_RECIPIENT: '3/15m', LIMIT_PER_CREDENTIAL: '5/1h', LIMIT_PER_ADDRESS: '7/10m' }
  const server = useServer({ environment: limits })

  describe(`429 ${flow.sendLimitCode}`, () => {
    const retryAfter = async (answer: ReturnType<Flow['send']>) => {
      const { response, error } = await answer
      if (response.status === 200) return undefined
      expect(response.status).toBe(429)
      expect(error?.error).toMatchObject({ code: flow.sendLimitCode, reason: 'SEND_LIMIT' })
      expect(response.headers.get('retry-after')).toBe(String(error?.error.retryAfterSeconds))
      return error?.error.retryAfterSeconds
    }

    const isPublic = flow.sendLimitCode === 'OTP_RATE_LIMITED'
    /**
     * Returns the seconds until a send at this time no longer counts. Sends that count for all projects together expire
     * in steps of 5 minutes.
     */
    const secondsUntilFreeFrom = (sentAt: number) => {
      const step = isPublic ? 5 * minute : 1
      return Math.ceil((Math.ceil((sentAt + 15 * minute + 1) / step) * step - server.now) / 1000)
    }

    it('refuses one send too many to a recipient, in any spelling and over several credentials, with an exact Retry-After', async () => {
      server.now += 24 * 60 * minute
      let projects = 0
      // All public tokens are counted together. So are the server keys of one project.
      const project = () => (isPublic ? `project${++projects}` : 'one-project')
      const send = async (email: string) =>
        retryAfter(flow.send(await flow.authorized(server, project()), { email }))
      const first = server.now
      expect(await send('one@example.com')).toBeUndefined()
      server.now += 5 * minute
      expect(await send('ONE@EXAMPLE.com')).toBeUndefined()
      server.now += 5 * minute
      expect(await send('One@Example.Com')).toBeUndefined()
      const seconds = (await send('one@example.COM')) ?? 0
      expect(seconds).toBe(secondsUntilFreeFrom(first))
      const mails = server.sink.mails.length
      server.now += (seconds - 1) * 1000
      expect(await send('one@example.com')).toBe(1)
      expect(server.sink.mails.length).toBe(mails)
      server.now += 1000
      expect(await send('one@example.com')).toBeUndefined()
      expect(await send('one@example.com')).toBe(secondsUntilFreeFrom(first + 5 * minute))
    })

    it('counts tagged and dotted addresses as one mailbox, sends to each as typed, and verifies only that one', async () => {
      server.now += 24 * 60 * minute
      const api = await flow.authorized(server)
      const first = server.now
      const spellings = ['o.n.e+a@gmail.com', 'one@gmail.com', 'One+b@GoogleMail.com']
      for (const email of spellings) {
        const { sessionId, code } = await sendAndRead(server, flow, api, { email })
        const other = await flow.verify(api, { sessionId, email: 'o.ne@gmail.com', code })
        expect(other.error?.error.code).toBe('INVALID_CODE')
        expect((await flow.verify(api, { sessionId, email, code })).response.status).toBe(200)
      }
      const refused = await retryAfter(flow.send(api, { email: 'one+c@gmail.com' }))
      expect(refused).toBe(secondsUntilFreeFrom(first))
      for (const tag of ['a', 'b', 'c', 'd'])
        expect(
          (await flow.send(await flow.authorized(server), { email: `one+${tag}@own.example` })).response
            .status,
        ).toBe(200)
    })

    it('refuses one send too many with a credential, and does not affect other credentials', async () => {
      server.now += 24 * 60 * minute
      const api = await flow.authorized(server)
      for (let n = 0; n < 5; n++)
        expect(await retryAfter(flow.send(api, { email: `c${n}@example.com` }))).toBeUndefined()
      expect(await retryAfter(flow.send(api, { email: 'c5@example.com' }))).toBe(3601)
      expect(
        await retryAfter(flow.send(await flow.authorized(server), { email: 'c5@example.com' })),
      ).toBeUndefined()
    })

    it('shows how much of the credential’s own limit is left, and nothing about a recipient’s limit', async () => {
      server.now += 24 * 60 * minute
      const api = await flow.authorized(server)
      const told = async (email: string) => {
        const { status, headers } = (await flow.send(api, { email })).response
        return [status, headers.get('ratelimit-policy'), headers.get('ratelimit')]
      }
      const policy = '"credential";q=5;w=3600'
      expect(await told('t1@example.com')).toEqual([200, policy, '"credential";r=4;t=3600'])
      server.now += 10 * minute + 1 // past the window of the client address
      expect(await told('t2@example.com')).toEqual([200, policy, '"credential";r=3;t=3000'])
      for (const left of [2, 1])
        expect((await told('t3@example.com'))[2]).toBe(`"credential";r=${left};t=3000`)
      for (let n = 0; n < 3; n++) await flow.send(await flow.authorized(server), { email: 't4@example.com' })
      expect(await told('t4@example.com')).toEqual([429, policy, '"credential";r=1;t=3000'])
      expect(await told('t5@example.com')).toEqual([200, policy, '"credential";r=0;t=3000'])
      expect(await told('t6@example.com')).toEqual([429, policy, '"credential";r=0;t=3000'])
      server.now += 50 * minute + 1
      expect(await told('t6@example.com')).toEqual([200, policy, '"credential";r=0;t=600'])
    })

    it('does not count a failed delivery for the recipient or for a server key', async () => {
      server.now += 24 * 60 * minute
      const api = await flow.authorized(server)
      server.sink.atRecipient = 550
      const first = server.now
      // A public token's limit of 5 allows only two failures and three emails.
      for (let n = 0; n < (isPublic ? 2 : 6); n++) {
        expect((await flow.send(api, { email: 'back@example.com' })).error?.error.code).toBe(
          'SMTP_DELIVERY_FAILED',
        )
      }
      server.sink.atRecipient = 'accept'
      for (let n = 0; n < 3; n++)
        expect(await retryAfter(flow.send(api, { email: 'back@example.com' }))).toBeUndefined()
      const other = await flow.authorized(server)
      const refused = await retryAfter(flow.send(other, { email: 'back@example.com' }))
      expect(refused).toBe(secondsUntilFreeFrom(first))
      const next = await retryAfter(flow.send(api, { email: 'next@example.com' }))
      expect(next).toBe(isPublic ? 3601 : undefined)
    })

    it('keeps the limit if the sends arrive at the same time', async () => {
      server.now += 24 * 60 * minute
      const api = await flow.authorized(server)
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => flow.send(api, { email: 'burst@example.com' })),
      )
      expect(answers.filter(({ response }) => response.status === 200)).toHaveLength(3)
      expect(
        server.sink.mails.filter(({ recipients }) => recipients.includes('burst@example.com')),
      ).toHaveLength(3)
    })
  })
  return server
}
