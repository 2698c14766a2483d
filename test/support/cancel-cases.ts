import { expect, it } from 'vitest'
import { type Flow, instant, sendAndRead, wrongCode } from './flows.ts'
import type { TestServer } from './server.ts'

const byKey = async (server: TestServer, projectId = 'default') =>
  server.client(await server.key({ projectId }))

/** 200: ends the session. Its code no longer works. */
export function cancelsTheSession(server: TestServer, flow: Flow): void {
  it('makes the code stop working at once, returns the status, and can be repeated', async () => {
    const api = await byKey(server)
    const sent = await sendAndRead(server, flow, api, { email: 'canceled@example.com' })
    for (let n = 0; n < 2; n++) {
      const { data, response } = await flow.cancel(api, sent.sessionId)
      expect(response.status).toBe(200)
      expect(data?.data).toEqual({ sessionId: sent.sessionId, status: 'CANCELED' })
    }
    expect((await flow.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
  })

  it('disables the code in the newer session after a resend too, and leaves that session open', async () => {
    const api = await byKey(server)
    const first = await sendAndRead(server, flow, api, { email: 'resent@example.com' })
    const second = await sendAndRead(server, flow, api, { email: 'resent@example.com' })
    expect((await flow.cancel(api, first.sessionId)).response.status).toBe(200)
    const withOldCode = await flow.verify(api, { ...second, code: first.code })
    expect(withOldCode.error?.error.code).toBe('INVALID_CODE')
    expect((await flow.verify(api, second)).response.status).toBe(200)
  })

  it('grants no extra attempts: the session after a canceled one has its own code and its own attempts', async () => {
    const api = await byKey(server)
    const first = await sendAndRead(server, flow, api, { email: 'anew@example.com' })
    await flow.verify(api, { ...first, code: wrongCode(first.code) })
    await flow.cancel(api, first.sessionId)
    const second = await sendAndRead(server, flow, api, { email: 'anew@example.com' })
    const { data } = await flow.status(api, second.sessionId)
    expect(data?.data.attemptsLeft).toBe(5)
    const withOldCode = await flow.verify(api, { ...second, code: first.code })
    expect(withOldCode.error?.error.code).toBe('INVALID_CODE')
  })

  it('does not change an expired or used-up session, and returns its status', async () => {
    const api = await byKey(server)
    const expired = await sendAndRead(server, flow, api, { email: 'over@example.com', expiresInSeconds: 60 })
    const usedUp = await sendAndRead(server, flow, api, { email: 'used-up@example.com' })
    for (let n = 0; n < 5; n++) await flow.verify(api, { ...usedUp, code: wrongCode(usedUp.code) })
    server.now += 60_000
    for (const [{ sessionId }, status] of [
      [expired, 'EXPIRED'],
      [usedUp, 'ATTEMPTS_USED_UP'],
    ] as const) {
      expect((await flow.cancel(api, sessionId)).data?.data).toEqual({ sessionId, status })
      expect((await flow.status(api, sessionId)).data?.data.status).toBe(status)
    }
  })

  if (flow === instant) {
    it('cancels a session that a public token of the project opened', async () => {
      const api = await instant.authorized(server)
      const sent = await sendAndRead(server, flow, api, { email: 'public@example.com' })
      expect((await flow.cancel(await byKey(server), sent.sessionId)).response.status).toBe(200)
      expect((await flow.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
    })
  }
}

/** 400, 404 and 409. */
export function refusesToCancel(server: TestServer, flow: Flow): void {
  it('400: refuses a body without a valid session id', async () => {
    const key = await server.key()
    for (const body of ['{}', '{"sessionId":5}', `{"sessionId":"${'x'.repeat(65)}"}`]) {
      const { status, body: answer } = await server.raw(flow.cancelId, {
        body,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      })
      expect(status).toBe(400)
      expect(answer.error?.['details']).toMatchObject([{ path: '/sessionId' }])
    }
  })

  it('404: refuses a session of another project or flow, or an unknown one, and changes nothing', async () => {
    const api = await byKey(server)
    const sent = await sendAndRead(server, flow, api, { email: 'other@example.com' })
    const stranger = await byKey(server, 'stranger')
    for (const [client, id] of [
      [stranger, sent.sessionId],
      [api, `${sent.sessionId.slice(0, -1)}${sent.sessionId.endsWith('0') ? '1' : '0'}`],
      [api, sent.sessionId.replace(flow.sessionIdPrefix, 'otp_other_')],
      [api, ''],
    ] as const) {
      const { response, error } = await flow.cancel(client, id)
      expect(response.status).toBe(404)
      expect(error?.error.code).toBe('SESSION_NOT_FOUND')
    }
    expect((await flow.verify(api, sent)).response.status).toBe(200)
  })

  it('409: refuses a verified session', async () => {
    const api = await byKey(server)
    const sent = await sendAndRead(server, flow, api, { email: 'verified@example.com' })
    await flow.verify(api, sent)
    const { response, error } = await flow.cancel(api, sent.sessionId)
    expect(response.status).toBe(409)
    expect(error?.error.code).toBe('SESSION_CLOSED')
    expect((await flow.status(api, sent.sessionId)).data?.data.status).toBe('VERIFIED')
  })
}
