import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createClient, type RisumailOtpClient, RisumailOtpError } from '../clients/typescript/src/index.ts'
import { type Mock, startMock } from '../scripts/mock/server.ts'
import { testOutcomes } from '../server/generated/test-outcomes.ts'
import { type Contract, compileContract } from '../server/http/contract.ts'
import { sandboxOf } from '../server/sandbox.ts'
import { contractFile } from './support/contract.ts'
import { TestServer } from './support/server.ts'

// Makes the same calls to the mock and to the sandbox of the real server: a front end's tests must pass on both.

const worlds = {
  mock: async () => {
    const waits: number[] = []
    const clock = { now: Date.parse('2026-04-19T11:45:00.000Z') }
    const wait = async (ms: number) => void waits.push(ms)
    const mock: Mock = await startMock({ port: 0, host: '127.0.0.1', now: () => clock.now, wait })
    return { url: mock.url, key: async () => 'risu_key_test_mock', clock, waits, stop: () => mock.close() }
  },
  sandbox: async () => {
    const server = await new TestServer().start()
    const clock = {
      get now() {
        return server.now
      },
      set now(time) {
        server.now = time
      },
    }
    const key = () => server.key({ projectId: sandboxOf('default') })
    const stop = async () => {
      expect(server.violations).toEqual([])
      expect(server.sink.mails).toEqual([])
      await server.stop()
    }
    return { url: server.url, key, clock, waits: server.waits, stop }
  },
}

const flows = {
  instant: ['sendInstantOtp', 'verifyInstantOtp', 'getInstantOtpStatus'],
  backend: ['sendBackendOtp', 'verifyBackendOtp', 'getBackendOtpStatus'],
  'email verification': ['sendEmailVerification', 'verifyEmailVerification', 'getEmailVerificationStatus'],
} as const

// A handwritten copy of what the docs promise. Tests of front ends depend on it.
it('each label has its documented outcome', () => {
  const outcomes = Object.entries(testOutcomes).map(([label, outcome]) => [
    label,
    [outcome.at, outcome.error, outcome.reason, outcome.status].filter(Boolean).join(' '),
  ])
  expect(Object.fromEntries(outcomes)).toEqual({
    'delivery-failed': 'send SMTP_DELIVERY_FAILED RECIPIENT_REFUSED',
    'smtp-not-configured': 'send SMTP_NOT_CONFIGURED',
    unavailable: 'send SERVICE_UNAVAILABLE',
    'rate-limited': 'send RATE_LIMITED SEND_LIMIT',
    'recipient-limited': 'send RATE_LIMITED SEND_LIMIT',
    'guess-limited': 'verify RATE_LIMITED GUESS_LIMIT',
    slow: 'send',
    expired: 'session EXPIRED',
    'attempts-used-up': 'session ATTEMPTS_USED_UP',
  })
})

describe.each(Object.entries(worlds))('test outcomes: the %s', (_world, start) => {
  let world: Awaited<ReturnType<typeof start>>
  let contract: Contract
  let client: RisumailOtpClient
  const violations: string[] = []

  beforeAll(async () => {
    world = await start()
    contract = await compileContract(parse(readFileSync(contractFile, 'utf8')))
  }, 60_000)
  afterAll(() => world.stop())

  beforeEach(async () => {
    client = createClient({
      baseUrl: world.url,
      token: await world.key(),
      maxRetries: 0,
      async onResponse(response, request) {
        const { pathname } = new URL(request.url)
        const operation = contract.operations.find(({ path }) => path === pathname)
        if (operation === undefined) throw new Error(`no operation at ${pathname}`)
        const headers = Object.fromEntries(response.headers)
        const body: unknown = await response.clone().json()
        violations.push(...contract.violationsOf(operation.operationId, response.status, body, headers))
      },
    })
  })

  const refusal = async (call: Promise<unknown>) => {
    const error = await call.then(
      (value) => ({ resolved: value }),
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(RisumailOtpError)
    return error as RisumailOtpError
  }

  describe.each(Object.entries(flows))('the %s flow', (flow, [send, verify, status]) => {
    const code = '424242'

    it('returns the given address, a new session for each send, and the requested expiry', async () => {
      const sent = await client[send]({ email: 'Ann@Example.com', expiresInSeconds: 120 })
      expect(sent).toMatchObject({
        email: 'Ann@Example.com',
        sent: true,
        expiresAt: new Date(world.clock.now + 120_000).toISOString(),
      })
      const again = await client[send]({ email: 'Ann@Example.com' })
      expect(again.sessionId).not.toBe(sent.sessionId)
      if ('hostedVerifyUrl' in again) expect(again.hostedVerifyUrl).toContain(String(again.sessionId))
    })

    it.each([4, 6, 10])(
      'accepts the fixed code cut to %i digits once, and no other code',
      async (otpDigits) => {
        const email = `right-${otpDigits}@example.com`
        const { sessionId } = await client[send]({ email, otpDigits })
        const right = '4242424242'.slice(0, otpDigits)
        expect((await client[status]({ sessionId })).testCode).toBe(right)
        const wrong = await refusal(client[verify]({ sessionId, email, code: right.replace(/^4/, '5') }))
        const attempts = otpDigits < 6 ? 3 : 5
        expect(wrong).toMatchObject({ code: 'INVALID_CODE', attemptsLeft: attempts - 1 })
        expect(await client[verify]({ sessionId, email, code: right })).toEqual({ verified: true })
        expect((await refusal(client[verify]({ sessionId, email, code: right }))).code).toBe(
          'SESSION_NOT_FOUND',
        )
        expect(await client[status]({ sessionId })).toMatchObject({ status: 'VERIFIED', sandbox: true })
      },
    )

    it('reports how many attempts are left, and when they are used up', async () => {
      const email = 'attempts@example.com'
      const { sessionId } = await client[send]({ email })
      for (const attemptsLeft of [4, 3, 2, 1, 0])
        expect(await refusal(client[verify]({ sessionId, email, code: '000000' }))).toMatchObject({
          attemptsLeft,
        })
      const used = await refusal(client[verify]({ sessionId, email, code }))
      expect(used).toMatchObject({
        code: 'RATE_LIMITED',
        reason: 'ATTEMPTS_USED_UP',
        retryAfterSeconds: undefined,
      })
    })

    it('lets a code expire', async () => {
      const email = 'late@example.com'
      const { sessionId } = await client[send]({ email })
      world.clock.now += 600_000
      expect((await refusal(client[verify]({ sessionId, email, code }))).code).toBe('SESSION_NOT_FOUND')
      expect(await client[status]({ sessionId })).toMatchObject({ status: 'EXPIRED' })
    })

    it.each(Object.entries(testOutcomes))('simulates the outcome of the label %s', async (label, outcome) => {
      const email = `anyone+run-7+${label}@example.com`
      const expected =
        outcome.error === 'RATE_LIMITED' && flow === 'instant' && outcome.at === 'send'
          ? 'OTP_RATE_LIMITED'
          : outcome.error
      const { reason, retryAfterSeconds } = outcome
      const facts = { code: expected, reason, retryAfterSeconds }
      world.waits.splice(0)
      if (outcome.at === 'send' && outcome.error) {
        expect(await refusal(client[send]({ email }))).toMatchObject(facts)
        return
      }
      const { sessionId, expiresAt } = await client[send]({ email })
      expect(world.waits).toEqual(outcome.delaySeconds ? [outcome.delaySeconds * 1000] : [])
      if (outcome.at === 'verify') {
        expect(await refusal(client[verify]({ sessionId, email, code }))).toMatchObject(facts)
        return
      }
      expect(await client[status]({ sessionId })).toMatchObject({ status: outcome.status ?? 'PENDING' })
      if (outcome.status === 'EXPIRED') {
        expect(Date.parse(expiresAt)).toBeLessThanOrEqual(world.clock.now)
        expect((await refusal(client[verify]({ sessionId, email, code }))).code).toBe('SESSION_NOT_FOUND')
      } else if (outcome.status === 'ATTEMPTS_USED_UP') {
        expect((await refusal(client[verify]({ sessionId, email, code }))).reason).toBe('ATTEMPTS_USED_UP')
      } else {
        expect(await client[verify]({ sessionId, email, code })).toEqual({ verified: true })
      }
    })

    it.each(['anyone+unknown-label@example.com', 'delivery-failed@example.com', 'a@slow.example.com'])(
      'finds no label in %s',
      async (email) => {
        expect(await client[send]({ email })).toMatchObject({ email, sent: true })
      },
    )
  })

  it('returns the same session for the same Idempotency-Key, and refuses the key for another request', async () => {
    const send = (email: string) => client.sendBackendOtp({ email }, { idempotencyKey: 'click-1' })
    const first = await send('once@example.com')
    expect(await send('once@example.com')).toEqual(first)
    expect((await refusal(send('twice@example.com'))).code).toBe('IDEMPOTENCY_KEY_REUSED')
    const failing = () =>
      client.sendBackendOtp({ email: 'a+delivery-failed@x.co' }, { idempotencyKey: 'click-2' })
    for (let n = 0; n < 2; n++) expect((await refusal(failing())).code).toBe('SMTP_DELIVERY_FAILED')
    const other = await client.sendBackendOtp({ email: 'b@x.co' }, { idempotencyKey: 'click-2' })
    expect(other.sessionId).not.toBe(first.sessionId)
  })

  it('lists verifications, cancels, erases, and says what is wrong with a request', async () => {
    const email = 'everything@example.com'
    const { sessionId } = await client.sendBackendOtp({ email, reference: 'order-1' })
    await client.verifyBackendOtp({ sessionId, email, code: '424242' })
    const { verifications } = await client.listBackendOtpVerifications({ reference: 'order-1' })
    expect(verifications).toMatchObject([{ id: sessionId, email, sandbox: true, reference: 'order-1' }])
    expect((await refusal(client.cancelBackendOtp({ sessionId }))).code).toBe('SESSION_CLOSED')
    const open = await client.sendEmailVerification({ email })
    const canceled = { sessionId: open.sessionId, status: 'CANCELED' }
    expect(await client.cancelEmailVerification({ sessionId: open.sessionId })).toEqual(canceled)
    expect(await client.cancelEmailVerification({ sessionId: open.sessionId })).toEqual(canceled)
    await client.listEmailVerifications()
    await client.eraseRecipient({ email })
    const typed = { email: 'a@localhost', otpDigit: 6 }
    expect(await refusal(client.sendInstantOtp(typed))).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: expect.arrayContaining([
        { path: '/email', message: 'must be exactly one email address' },
        { path: '/otpDigit', message: 'is not a field of this request: did you mean otpDigits?' },
      ]),
    })
    const tooMany = { limit: -1 }
    expect((await refusal(client.listEmailVerifications(tooMany))).details).toEqual([
      { path: '/limit', message: 'must be a whole number of at least 1' },
    ])
  })

  it('returns only responses that follow the contract', () => {
    expect(violations).toEqual([])
  })
})
