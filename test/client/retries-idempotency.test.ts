import { describe, expect, it } from 'vitest'
import { RisumailOtpError } from '../../clients/typescript/src/index.ts'
import { broken, email, proxyError, refusal, ScriptedClient, type Step, sentMail } from '../support/client.ts'

describe('a send with an idempotency key', () => {
  const sends = ['sendInstantOtp', 'sendBackendOtp', 'sendEmailVerification'] as const
  const idempotencyKey = 'checkout-42'
  const keysOf = ({ requests }: ScriptedClient) =>
    requests.map(({ headers }) => headers.get('idempotency-key'))

  it.each<[string, () => Step]>([
    ['a broken connection', broken],
    ['a proxy’s 502', () => proxyError(502)],
    ['a proxy’s 503', () => proxyError(503)],
    ['a 429', () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 1 })],
    ['a 503', () => refusal(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })],
    [
      'a 409 while the first send is running',
      () => refusal(409, 'IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 }),
    ],
  ])(
    'is repeated with the same key after %s, because this cannot send a second email',
    async (_case, step) => {
      for (const send of sends) {
        const scripted = new ScriptedClient([step(), sentMail()])
        const call = scripted.client[send]({ email }, { idempotencyKey })
        expect(await scripted.outcome(call)).toMatchObject({ sent: true })
        expect(keysOf(scripted)).toEqual([idempotencyKey, idempotencyKey])
      }
    },
  )

  it.each<[string, () => Step]>([
    ['a failed delivery', () => refusal(502, 'SMTP_DELIVERY_FAILED')],
    ['a 422 for a key of another request', () => refusal(422, 'IDEMPOTENCY_KEY_REUSED')],
    ['a 500', () => refusal(500, 'INTERNAL_ERROR')],
  ])('is not repeated after %s, because waiting does not help', async (_case, step) => {
    for (const send of sends) {
      const scripted = new ScriptedClient([step()])
      const call = scripted.client[send]({ email }, { idempotencyKey })
      expect(await scripted.outcome(call)).toBeInstanceOf(RisumailOtpError)
      expect(scripted.requests).toHaveLength(1)
    }
  })

  const busy = () => refusal(409, 'IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 })
  const outcomeAfter = async (steps: Step[], options: { maxRetries?: number } = {}) => {
    const scripted = new ScriptedClient(steps, options)
    const outcome = await scripted.outcome(scripted.client.sendBackendOtp({ email }, { idempotencyKey }))
    return { outcome, waits: scripted.waits }
  }

  it('waits while the first send is running, and these waits do not count as retries', async () => {
    const { outcome, waits } = await outcomeAfter([broken(), ...Array.from({ length: 13 }, busy), sentMail()])
    expect(outcome).toMatchObject({ sent: true })
    expect(waits.slice(1)).toEqual(Array(13).fill(1000))
  })

  it('waits for the first send for at most 30 seconds, and not at all with maxRetries 0', async () => {
    const { outcome, waits } = await outcomeAfter(Array.from({ length: 31 }, busy))
    expect(outcome).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' })
    expect(waits).toEqual(Array(30).fill(1000))
    expect((await outcomeAfter([busy()], { maxRetries: 0 })).outcome).toMatchObject({ status: 409 })
  })

  it('is not repeated after a timeout, but the caller can safely repeat it with the same key', async () => {
    const scripted = new ScriptedClient(['silence', sentMail()])
    const send = () => scripted.outcome(scripted.client.sendBackendOtp({ email }, { idempotencyKey }))
    const outcome = send()
    await scripted.runOutOfTime()
    expect(await outcome).toMatchObject({ kind: 'timeout' })
    expect(await send()).toMatchObject({ sent: true })
    expect(keysOf(scripted)).toEqual([idempotencyKey, idempotencyKey])
  })

  it('sends the header only if the caller gave a key', async () => {
    for (const options of [undefined, {}, { idempotencyKey: undefined }]) {
      const scripted = new ScriptedClient([sentMail()])
      await scripted.outcome(scripted.client.sendBackendOtp({ email }, options))
      expect(keysOf(scripted)).toEqual([null])
    }
  })

  it.each(['two\nlines', 'ключ'])(
    'rejects with a TypeError if its key cannot be a header value: %j',
    async (key) => {
      const scripted = new ScriptedClient([])
      const call = scripted.client.sendBackendOtp({ email }, { idempotencyKey: key })
      expect(await scripted.outcome(call)).toBeInstanceOf(TypeError)
      expect(scripted.requests).toHaveLength(0)
    },
  )
})
