import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintSecret } from '../../server/credentials/format.ts'
import { sandboxOf } from '../../server/sandbox.ts'
import { backendWithHistory, emailVerification, instantWithHistory } from '../support/flows.ts'
import { submitForm } from '../support/page.ts'
import { runs } from '../support/properties.ts'
import { listen, Receiver } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'

const flows = [instantWithHistory, backendWithHistory, emailVerification] as const
const labels = ['', '+delivery-failed', '+rate-limited', '+expired', '+attempts-used-up', '+slow']
const testCode = '424242'
const limit = 2

const flow = fc.constantFrom(...flows)
const acts = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('test' as const),
      flow,
      label: fc.constantFrom(...labels),
      verifies: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('send' as const), flow }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('guess' as const), which: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('type' as const), which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('erase' as const) }) },
)

describe('a sandbox credential', () => {
  const environment = {
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
    // The most that live sends can reach by themselves. One extra counted send would be noticed.
    LIMIT_PER_RECIPIENT: `${limit}/1h`,
    LIMIT_PER_MAILBOX: `${limit}/1h`,
    LIMIT_PER_RECIPIENT_TOTAL: `${2 * limit}/1h`,
    LIMIT_PER_CREDENTIAL: '10000/1h',
    LIMIT_PER_ADDRESS: '100000/1h',
  }
  const server = useServer({ environment })
  const [live, sandbox] = [new Receiver(), new Receiver()]
  beforeAll(async () => {
    for (const [receiver, projectId] of [
      [live, 'default'],
      [sandbox, sandboxOf('default')],
    ] as const) {
      await receiver.start()
      await listen(server.store, receiver.url, { projectId }, () => server.now)
    }
  })
  afterAll(() => Promise.all([live.stop(), sandbox.stop()]))

  let people = 0

  it('sends no email, counts for no live limit and appears in no live data, and no live credential accepts its code', async () => {
    const [liveKey, testKey] = [await server.key(), await server.key({ projectId: sandboxOf('default') })]
    const [liveToken, testToken] = [
      await server.token(),
      await server.token({ projectId: sandboxOf('default') }),
    ]
    const clientOf = (isTest: boolean, { sendId }: { sendId: string }) => {
      if (sendId !== 'sendInstantOtp') return server.client(isTest ? testKey : liveKey)
      const { token, secret } = isTest ? testToken : liveToken
      return server.client(token, { 'X-Otp-Secret': secret })
    }
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 30 }), async (sequence) => {
        const name = `person${people++}`
        const email = `${name}@example.com`
        const mailsBefore = server.sink.mails.length
        const liveIds = new Map<string, { flow: (typeof flows)[number]; code: string }>()
        const testIds = new Set<string>()
        // Public tokens and server keys of a project are counted separately.
        const sent = { token: 0, key: 0 }
        let mails = 0
        for (const act of sequence) {
          switch (act.act) {
            case 'test': {
              const address = `${name}${act.label}@example.com`
              const api = clientOf(true, act.flow)
              const { data } = await act.flow.send(api, { email: address })
              if (data === undefined) break
              const { sessionId } = data.data
              testIds.add(sessionId)
              // A live credential cannot see this session.
              const crossed = await act.flow.verify(clientOf(false, act.flow), {
                sessionId,
                email: address,
                code: testCode,
              })
              expect(crossed.error?.error.code).toBe('SESSION_NOT_FOUND')
              if (act.verifies) await act.flow.verify(api, { sessionId, email: address, code: testCode })
              break
            }
            case 'send': {
              const side = act.flow === instantWithHistory ? 'token' : 'key'
              const { data, error } = await act.flow.send(clientOf(false, act.flow), { email })
              expect(error?.error.code, JSON.stringify(sent)).toBe(
                sent[side] < limit ? undefined : act.flow.sendLimitCode,
              )
              if (data === undefined) break
              sent[side]++
              mails++
              liveIds.set(data.data.sessionId, { flow: act.flow, code: server.sink.codeTo(email) })
              const crossed = await act.flow.verify(clientOf(true, act.flow), {
                sessionId: data.data.sessionId,
                email,
                code: server.sink.codeTo(email),
              })
              expect(crossed.error?.error.code).toBe('SESSION_NOT_FOUND')
              break
            }
            case 'guess':
            case 'type': {
              const [sessionId, session] = [...liveIds][act.which] ?? []
              if (sessionId === undefined || session === undefined) break
              const code = act.act === 'type' ? session.code : testCode
              const api = clientOf(false, session.flow)
              const { data } = await session.flow.verify(api, { sessionId, email, code })
              if (data) expect([...liveIds.values()].map((known) => known.code)).toContain(code)
              break
            }
            case 'erase':
              await server.client(testKey).POST('/api/v1/recipients/erase', { body: { email } })
          }
        }
        expect(server.sink.mails.length - mailsBefore).toBe(mails)
        for (const { list, ...each } of [instantWithHistory, backendWithHistory]) {
          const listed = async (isTest: boolean) =>
            (await list(clientOf(isTest, each), { limit: 100 })).data?.data.verifications ?? []
          expect((await listed(false)).filter(({ id, sandbox: is }) => testIds.has(id) || is)).toEqual([])
          expect((await listed(true)).filter(({ id, sandbox: is }) => liveIds.has(id) || !is)).toEqual([])
        }
        // A live erase removes the live sessions, even if the sandbox has erased before.
        const erased = await server.client(liveKey).POST('/api/v1/recipients/erase', { body: { email } })
        expect(erased.data?.data.sessions).toBe(liveIds.size)
        await server.app.deliverWebhooks()
      }),
      runs({ quick: 15, long: 300 }),
    )
    expect(live.events.filter(({ data }) => data['sandbox'] !== undefined)).toEqual([])
    expect(sandbox.events.filter(({ data }) => data['sandbox'] !== true)).toEqual([])
    expect(sandbox.events.map(({ type }) => type)).toContain('verification.completed')
  }, 600_000)

  it('uses up no try of clients that enter a live code on the hosted page', async () => {
    const test = server.client(await server.key({ projectId: sandboxOf('default') }))
    const { data } = await emailVerification.send(test, { email: 'page@example.com' })
    const sessionId = data?.data.sessionId ?? ''
    await server.restart({ LIMIT_PAGE_PER_ADDRESS: '2/1h' })
    for (let n = 0; n < 3; n++) await submitForm(server, { sessionId, code: '000000' })
    const { data: sent } = await emailVerification.send(server.client(await server.key()), {
      email: 'b@example.com',
    })
    const answer = await submitForm(server, {
      sessionId: sent?.data.sessionId ?? '',
      code: server.sink.codeTo('b@example.com'),
    })
    expect(answer.status).toBe(200)
  })

  it('opens nothing if its own kind and the kind in the store differ', async () => {
    for (const [projectId, isSandbox] of [
      ['default', true],
      [sandboxOf('default'), false],
    ] as const) {
      const secret = mintSecret('server_key', { isSandbox })
      await server.key({ projectId }, secret)
      const { error } = await backendWithHistory.send(server.client(secret), { email: 'c@example.com' })
      expect(error?.error.code).toBe('UNAUTHORIZED')
    }
  })
})
