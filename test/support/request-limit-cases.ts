import type { Client } from 'openapi-fetch'
import { describe, expect, it } from 'vitest'
import type { ApiError, paths } from '../../server/generated/contract.ts'
import { type Flow, type FlowWithHistory, sendAndRead } from './flows.ts'
import { type TestServer, useServer } from './server.ts'

type Answer = Promise<{ response: Response; error?: { error: ApiError } }>
type Ask = (server: TestServer, api: Client<paths>) => Answer

export const aVerify =
  (flow: Flow): Ask =>
  async (server, api) =>
    flow.verify(api, await sendAndRead(server, flow, api, { email: 'user@example.com' }))

export const aList =
  (flow: FlowWithHistory): Ask =>
  (_, api) =>
    flow.list(api)

export const aStatus =
  (flow: Flow): Ask =>
  async (server, api) =>
    flow.status(api, (await sendAndRead(server, flow, api, { email: 'user@example.com' })).sessionId)

export const aCancel =
  (flow: Flow): Ask =>
  async (server, api) =>
    flow.cancel(api, (await sendAndRead(server, flow, api, { email: 'user@example.com' })).sessionId)

/** The flow as a back end uses it, with a server key. */
export const byKey = (flow: Flow): Flow => ({ ...flow, sendLimitCode: 'RATE_LIMITED' })

/** 429: the limit on the verify and list requests of one credential. */
export function limitsRequests(flow: Flow, ask: Ask): TestServer {
  const server = useServer({
    environment: { LIMIT_REQUESTS_PER_CREDENTIAL: '3/1m', TRUSTED_PROXIES: '127.0.0.1' },
  })
  let clients = 0
  /** Creates a credential whose requests each come from a different network. */
  const open = async () => {
    const { token, secret } = await server.token()
    const credential = flow.sendLimitCode === 'OTP_RATE_LIMITED' ? token : await server.key()
    return () => {
      const headers = { 'X-Forwarded-For': `203.0.${++clients}.1`, 'X-Otp-Secret': secret }
      return ask(server, server.client(credential, headers))
    }
  }

  describe('429 RATE_LIMITED for one credential', () => {
    it('refuses one request too many, says how many are left and when to retry, and does not affect others', async () => {
      const [own, other] = [await open(), await open()]
      for (const left of [2, 1, 0]) {
        const { response } = await own()
        const { status, headers } = response
        expect([status, headers.get('ratelimit-policy')]).toEqual([200, '"credential";q=3;w=60'])
        expect(headers.get('ratelimit')).toMatch(new RegExp(`^"credential";r=${left};t=\\d+$`))
      }
      const { response, error } = await own()
      expect(response.status).toBe(429)
      expect(response.headers.get('ratelimit')).toContain(';r=0;')
      expect(error?.error).toMatchObject({ code: 'RATE_LIMITED', reason: 'READ_LIMIT' })
      const seconds = error?.error.retryAfterSeconds ?? 0
      expect(response.headers.get('retry-after')).toBe(String(seconds))
      // The window, plus the 1/24 of it whose requests are counted as one moment.
      expect(seconds).toBeLessThanOrEqual(63)
      expect((await other()).response.status).toBe(200)
      server.now += seconds * 1000
      expect((await own()).response.status).toBe(200)
    })
  })
  return server
}
