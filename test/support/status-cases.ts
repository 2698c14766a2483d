import { describe, expect, it } from 'vitest'
import { type Flow, instant, sendAndRead, wrongCode } from './flows.ts'
import type { TestServer } from './server.ts'

const byKey = async (server: TestServer, projectId = 'default') =>
  server.client(await server.key({ projectId }))
const iso = (at: number) => new Date(at).toISOString()

/** 200: what happened to a session, and when. */
export function tellsTheStatus(server: TestServer, flow: Flow): void {
  it('returns PENDING after the send, with the fields of the send and the attempts that are left', async () => {
    const api = await byKey(server)
    const at = server.now
    const sent = await sendAndRead(server, flow, api, { email: 'Pending@Example.com', reference: 'order-1' })
    const { data, response } = await flow.status(api, sent.sessionId)
    expect(response.status).toBe(200)
    expect(data?.data).toEqual({
      sessionId: sent.sessionId,
      email: 'pending@example.com',
      status: 'PENDING',
      expiresAt: iso(at + 600_000),
      sentAt: iso(at),
      attemptsLeft: 5,
      reference: 'order-1',
      events: [{ type: 'SENT', at: iso(at) }],
    })
  })

  it('returns VERIFIED after the right code, and lists the wrong codes before it', async () => {
    const api = await byKey(server)
    const at = server.now
    const sent = await sendAndRead(server, flow, api, { email: 'verified-status@example.com' })
    server.now += 10_000
    await flow.verify(api, { ...sent, code: wrongCode(sent.code) })
    expect((await flow.status(api, sent.sessionId)).data?.data.attemptsLeft).toBe(4)
    server.now += 10_000
    await flow.verify(api, sent)
    server.now += 3_600_000
    expect((await flow.status(api, sent.sessionId)).data?.data).toMatchObject({
      status: 'VERIFIED',
      verifiedAt: iso(at + 20_000),
      attemptsLeft: 0,
      events: [
        { type: 'SENT', at: iso(at) },
        { type: 'WRONG_CODE', at: iso(at + 10_000) },
        { type: 'VERIFIED', at: iso(at + 20_000) },
      ],
    })
  })

  it('returns EXPIRED, ATTEMPTS_USED_UP or CANCELED, and stays available for a day', async () => {
    const api = await byKey(server)
    const at = server.now
    const open = (name: string) =>
      sendAndRead(server, flow, api, { email: `${name}-end@example.com`, expiresInSeconds: 60 })
    const [expired, usedUp, canceled] = [await open('expired'), await open('used-up'), await open('canceled')]
    server.now += 1000
    for (let n = 0; n < 5; n++) await flow.verify(api, { ...usedUp, code: wrongCode(usedUp.code) })
    await flow.cancel(api, canceled.sessionId)
    server.now += 60_000 + 24 * 3_600_000 - 1000
    await server.app.purge()
    const last = async ({ sessionId }: { sessionId: string }) => {
      const { data } = await flow.status(api, sessionId)
      return [data?.data.status, data?.data.attemptsLeft, data?.data.events.at(-1)]
    }
    expect(await last(expired)).toEqual(['EXPIRED', 0, { type: 'EXPIRED', at: iso(at + 60_000) }])
    expect(await last(usedUp)).toEqual(['ATTEMPTS_USED_UP', 0, { type: 'WRONG_CODE', at: iso(at + 1000) }])
    expect(await last(canceled)).toEqual(['CANCELED', 0, { type: 'CANCELED', at: iso(at + 1000) }])
  })

  it('returns FAILED if no mail server accepted the email', async () => {
    const api = await byKey(server)
    server.sink.atRecipient = 550
    const failed = await flow.send(api, { email: 'refused@example.com' })
    server.sink.atRecipient = 'accept'
    expect(failed.response.status).toBe(502)
    const [row] = await server.store.rows(
      "select id from sessions where email = 'refused@example.com' order by id desc",
    )
    const { data } = await flow.status(api, String(row?.['id']))
    expect(data?.data).toMatchObject({
      status: 'FAILED',
      attemptsLeft: 0,
      events: [{ type: 'DELIVERY_FAILED', at: iso(server.now) }],
    })
    expect(data?.data).not.toHaveProperty('sentAt')
  })

  it('shows a wrong code after a resend in both sessions', async () => {
    const api = await byKey(server)
    const first = await sendAndRead(server, flow, api, { email: 'row@example.com' })
    const second = await sendAndRead(server, flow, api, { email: 'row@example.com' })
    await flow.verify(api, { ...second, code: wrongCode(wrongCode(second.code)) })
    for (const { sessionId } of [first, second]) {
      const { data } = await flow.status(api, sessionId)
      expect(data?.data.events.map(({ type }) => type)).toEqual(['SENT', 'WRONG_CODE'])
    }
  })
}

/** 400 and 404. */
export function refusesOtherSessions(server: TestServer, flow: Flow): void {
  it.each(['', '?sessionId=', `?sessionId=${'x'.repeat(65)}`])('400: refuses %j', async (query) => {
    const { status, body } = await server.raw(flow.statusId, {
      query,
      headers: { Authorization: `Bearer ${await server.key()}` },
    })
    expect(status).toBe(400)
    expect(body.error?.['details']).toMatchObject([{ path: '/sessionId' }])
  })

  it('404: refuses a session of another project or flow, an unknown one, and a purged one', async () => {
    const api = await byKey(server)
    const sent = await sendAndRead(server, flow, api, { email: 'mine@example.com', expiresInSeconds: 60 })
    const [stranger, id] = [await byKey(server, 'stranger'), sent.sessionId]
    const refuses = async (client: typeof api, sessionId: string) => {
      const { response, error } = await flow.status(client, sessionId)
      expect(response.status).toBe(404)
      expect(error?.error.code).toBe('SESSION_NOT_FOUND')
    }
    await refuses(stranger, id)
    await refuses(api, 'x')
    await refuses(api, id.replace(flow.sessionIdPrefix, flow === instant ? 'ev_' : 'otp_sess_'))
    await refuses(api, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`)
    server.now += 60_000 + 24 * 3_600_000 + 1
    await server.app.purge()
    await refuses(api, id)
  })
}

/** A public token can read the status only together with its secret. */
export function opensWithTheSecret(server: TestServer): void {
  describe('401 UNAUTHORIZED with a public token alone', () => {
    it('returns the status for a token with its secret, and refuses the token alone or with another secret', async () => {
      const { token, secret } = await server.token()
      const another = await server.token()
      const sent = await sendAndRead(server, instant, server.client(token), { email: 'public@example.com' })
      const statusWith = async (bearer: string, headers: Record<string, string> = {}) =>
        (await instant.status(server.client(bearer, headers), sent.sessionId)).response.status
      expect(await statusWith(token, { 'X-Otp-Secret': secret })).toBe(200)
      expect(await statusWith(await server.key())).toBe(200)
      expect(await statusWith(token)).toBe(401)
      expect(await statusWith(token, { 'X-Otp-Secret': another.secret })).toBe(401)
      expect(await statusWith(token, { 'X-Otp-Secret': token })).toBe(401)
    })
  })
}
