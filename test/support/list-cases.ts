import type { Client } from 'openapi-fetch'
import { describe, expect, it } from 'vitest'
import type { paths } from '../../server/generated/contract.ts'
import { backendWithHistory, type FlowWithHistory, instantWithHistory, sendAndRead } from './flows.ts'
import type { TestServer } from './server.ts'

type Api = Client<paths>

/** 200: completed verifications, newest first, page by page. */
export function listsTheHistory(server: TestServer, flow: FlowWithHistory): void {
  const verifyOne = async (api: Api, email: string) => {
    const sent = await sendAndRead(server, flow, api, { email })
    const sentAt = new Date(server.now).toISOString()
    server.now += 1000
    expect((await flow.verify(api, sent)).response.status).toBe(200)
    return { id: sent.sessionId, email, sentAt, verifiedAt: new Date(server.now).toISOString() }
  }
  const walk = async (api: Api, limit: number) => {
    const ids: string[] = []
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages++) {
      const { data } = await flow.list(api, cursor === undefined ? { limit } : { limit, cursor })
      ids.push(...(data?.data.verifications.map(({ id }) => id) ?? []))
      cursor = data?.data.nextCursor
    }
    return ids
  }

  it('returns an empty list before anything is verified', async () => {
    const { data } = await flow.list(await flow.historian(server, 'empty'))
    expect(data).toEqual({ success: true, data: { verifications: [] } })
  })

  it('lists verified sessions only, not pending or expired ones, newest first, with all four fields', async () => {
    const api = await flow.historian(server, 'history')
    await sendAndRead(server, flow, api, { email: 'pending@example.com' })
    await sendAndRead(server, flow, api, { email: 'expired@example.com', expiresInSeconds: 60 })
    const first = { ...(await verifyOne(api, 'First@Example.com')), email: 'first@example.com' }
    server.now += 61_000
    const second = await verifyOne(api, 'second@example.com')
    const { data, response } = await flow.list(api)
    expect(response.status).toBe(200)
    expect(data).toEqual({ success: true, data: { verifications: [second, first] } })
  })

  it('shows one spelling for each mailbox, however each send spelled it', async () => {
    const api = await flow.historian(server, 'spellings')
    for (const email of ['User@bücher.example', 'user@xn--bcher-kva.example', 'USER@XN--BCHER-KVA.EXAMPLE']) {
      const { data } = await flow.send(api, { email })
      const code = /^\d{6}$/m.exec(server.sink.mails.at(-1)?.parsed.text ?? '')?.[0] ?? ''
      const verified = await flow.verify(api, { sessionId: data?.data.sessionId ?? '', email, code })
      expect(verified.response.status).toBe(200)
    }
    const { data } = await flow.list(api)
    const spellings = data?.data.verifications.map(({ email }) => email)
    expect(spellings).toEqual(Array(3).fill('user@xn--bcher-kva.example'))
  })

  it('shows the time at which the email was accepted, not the time of the request', async () => {
    const api = await flow.historian(server, 'slow')
    const askedAt = server.now
    server.sink.whenReceived = async () => {
      server.now += 5000
    }
    const sent = await sendAndRead(server, flow, api, { email: 'slow@example.com' })
    server.sink.whenReceived = async () => {}
    await flow.verify(api, sent)
    const { data } = await flow.list(api)
    expect(data?.data.verifications[0]?.sentAt).toBe(new Date(askedAt + 5000).toISOString())
  })

  it('lists only sessions of the project and the flow, also after the credential is replaced', async () => {
    const mine = await verifyOne(await flow.historian(server, 'mine'), 'mine@example.com')
    const other = flow.listId === 'listInstantOtpVerifications' ? backendWithHistory : instantWithHistory
    expect((await other.list(await other.historian(server, 'mine'))).data?.data.verifications).toEqual([])
    expect((await flow.list(await flow.historian(server, 'yours'))).data?.data.verifications).toEqual([])
    expect((await flow.list(await flow.historian(server, 'mine'))).data?.data.verifications).toEqual([mine])
  })

  it('returns pages of 50 by default, and never more than 100', async () => {
    const api = await flow.historian(server, 'many')
    const ids: string[] = []
    for (let n = 0; n < 103; n++) ids.unshift((await verifyOne(api, `many${n}@example.com`)).id)
    const sizeOf = async (limit?: number) =>
      (await flow.list(api, limit === undefined ? {} : { limit })).data?.data.verifications.length
    expect(await sizeOf()).toBe(50)
    expect(await sizeOf(1)).toBe(1)
    expect(await sizeOf(100)).toBe(100)
    expect(await sizeOf(101)).toBe(100)
    expect(await sizeOf(1e15)).toBe(100)
    for (const limit of [1, 7, 50, 100, 1000]) expect(await walk(api, limit)).toEqual(ids)
  })

  it('repeats and skips nothing if verifications arrive between two pages or share a millisecond', async () => {
    const api = await flow.historian(server, 'moving')
    const sent = []
    for (let n = 0; n < 6; n++)
      sent.push(await sendAndRead(server, flow, api, { email: `moving${n}@example.com` }))
    for (const session of sent) await flow.verify(api, session)
    const first = (await flow.list(api, { limit: 2 })).data?.data
    await verifyOne(api, 'newcomer@example.com')
    const rest = (await flow.list(api, { limit: 100, cursor: first?.nextCursor ?? '' })).data?.data
    const ids = [...(first?.verifications ?? []), ...(rest?.verifications ?? [])].map(({ id }) => id)
    expect(ids.sort()).toEqual(sent.map(({ sessionId }) => sessionId).sort())
    expect(rest?.nextCursor).toBeUndefined()
  })
}

/** 200 with a reference: the list shows the caller's own id and can filter by it. */
export function filtersByReference(server: TestServer, flow: FlowWithHistory): void {
  it('shows the reference of each send, and filters by it, page by page', async () => {
    const api = await flow.historian(server, 'references')
    const wanted: string[] = []
    for (const [n, reference] of ['mine', 'mine', 'other', undefined, 'mine', 'Mine'].entries()) {
      const email = `reference${n}@example.com`
      const sent = await sendAndRead(server, flow, api, { email, ...(reference && { reference }) })
      server.now += 1000
      await flow.verify(api, sent)
      if (reference === 'mine') wanted.unshift(sent.sessionId)
    }
    const all = (await flow.list(api)).data?.data.verifications ?? []
    expect(all.map(({ reference }) => reference)).toEqual([
      ...['Mine', 'mine', undefined, 'other', 'mine', 'mine'],
    ])
    const first = (await flow.list(api, { reference: 'mine', limit: 2 })).data?.data
    const cursor = first?.nextCursor ?? ''
    const second = (await flow.list(api, { reference: 'mine', limit: 2, cursor })).data?.data
    const found = [...(first?.verifications ?? []), ...(second?.verifications ?? [])]
    expect(found.map(({ id }) => id)).toEqual(wanted)
    expect(second?.nextCursor).toBeUndefined()
    expect((await flow.list(api, { reference: 'nobody' })).data?.data.verifications).toEqual([])
    expect(
      (await flow.list(await flow.historian(server, 'yours'), { reference: 'mine' })).data?.data,
    ).toEqual({
      verifications: [],
    })
  })

  it.each(['', 'a b', 'ä', 'a\u0000', 'x'.repeat(129)])('refuses the reference %j', async (reference) => {
    const api = await flow.historian(server)
    for (const { response, error } of [
      await flow.list(api, { reference }),
      await flow.send(api, { email: 'user@example.com', reference }),
    ]) {
      expect(response.status).toBe(400)
      expect(error?.error.details).toMatchObject([{ path: '/reference' }])
    }
  })
}

/** 400: the query has limits too. */
export function refusesBadQueries(server: TestServer, flow: FlowWithHistory): void {
  describe('400 VALIDATION_FAILED', () => {
    it.each([
      ['limit=0', '/limit'],
      ['limit=-1', '/limit'],
      ['limit=1.5', '/limit'],
      ['limit=ten', '/limit'],
      ['limit=', '/limit'],
      ['limit=%20', '/limit'],
      ['limit=1e2', '/limit'],
      ['limit=0x10', '/limit'],
      ['limit=Infinity', '/limit'],
      ['limit=NaN', '/limit'],
      ['limit=true', '/limit'],
      ['limit=5&limit=6', '/limit'],
      ['limit[]=5', '/limit[]'],
      ['cursor=', '/cursor'],
      ['cursor=x', '/cursor'],
      ['cursor=%00', '/cursor'],
      [`cursor=${'x'.repeat(201)}`, '/cursor'],
      [`cursor=${Buffer.from('1.a').toString('base64')}`, '/cursor'],
      [`cursor=${Buffer.from("1.' or 1=1 --").toString('base64url')}`, '/cursor'],
      ['page=2', '/page'],
      ['__proto__=1', '/__proto__'],
    ])('refuses ?%s', async (query, path) => {
      const { token, secret } = await server.token()
      const bearer = flow.listId === 'listInstantOtpVerifications' ? token : await server.key()
      const { status, body } = await server.raw(flow.listId, {
        query: `?${query}`,
        headers: { Authorization: `Bearer ${bearer}`, 'X-Otp-Secret': secret },
      })
      expect(status).toBe(400)
      expect(body.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path }] })
    })
  })
}
