import { describe, expect, it } from 'vitest'
import { RisumailOtpError } from '../../clients/typescript/src/index.ts'
import {
  broken,
  email,
  emptyPage,
  proxyError,
  refusal,
  ScriptedClient,
  type Step,
  sentMail,
  untilIdle,
} from '../support/client.ts'

describe('a list', () => {
  it.each<[string, () => Step]>([
    ['a 429 with the seconds to wait', () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 1 })],
    ['a 503 with the seconds to wait', () => refusal(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 5 })],
    ['a proxy’s 429', () => proxyError(429)],
    ['a proxy’s 502', () => proxyError(502)],
    ['a proxy’s 503', () => proxyError(503)],
    ['a broken connection', broken],
  ])('is repeated after %s', async (_case, step) => {
    const scripted = new ScriptedClient([step(), step(), emptyPage()])
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toEqual({
      verifications: [],
    })
    expect(scripted.requests).toHaveLength(3)
  })

  it.each<[string, () => Step]>([
    ['a 400', () => refusal(400, 'VALIDATION_FAILED', { details: [] })],
    ['a 401', () => refusal(401, 'UNAUTHORIZED')],
    ['a 500', () => refusal(500, 'INTERNAL_ERROR')],
    ['a 503 that waiting does not solve', () => refusal(503, 'SMTP_NOT_CONFIGURED')],
    ['a proxy’s 504', () => proxyError(504)],
    ['a 200 that breaks the contract', () => new Response('<html>Welcome</html>')],
  ])('is not repeated after %s', async (_case, step) => {
    const scripted = new ScriptedClient([step()])
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toBeInstanceOf(Error)
    expect(scripted.requests).toHaveLength(1)
  })

  it('is not repeated after a timeout, because the caller has already waited', async () => {
    const scripted = new ScriptedClient(['silence'])
    const outcome = scripted.outcome(scripted.client.listBackendOtpVerifications())
    await scripted.runOutOfTime()
    expect(await outcome).toMatchObject({ kind: 'timeout' })
    expect(scripted.requests).toHaveLength(1)
  })

  it('gives up after maxRetries with the last error', async () => {
    const scripted = new ScriptedClient([broken(), broken(), proxyError(502)], { maxRetries: 2 })
    const outcome = await scripted.outcome(scripted.client.listBackendOtpVerifications())
    expect(outcome).toMatchObject({ kind: 'unexpected-answer', status: 502 })
    expect(scripted.requests).toHaveLength(3)
  })

  it('is not repeated at all with maxRetries 0', async () => {
    const scripted = new ScriptedClient([broken()], { maxRetries: 0 })
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toBeInstanceOf(Error)
    expect([scripted.requests.length, scripted.waits.length]).toEqual([1, 0])
  })
})

describe('a send', () => {
  it.each<[string, () => Step]>([
    ['429', () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 2 })],
    ['503', () => refusal(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 2 })],
  ])('is repeated after a %s of the service with the seconds to wait', async (_case, step) => {
    const scripted = new ScriptedClient([step(), sentMail()])
    expect(await scripted.outcome(scripted.client.sendBackendOtp({ email }))).toMatchObject({ sent: true })
    expect(scripted.waits).toEqual([2000])
  })

  it.each<[string, () => Step]>([
    ['a failed delivery', () => refusal(502, 'SMTP_DELIVERY_FAILED')],
    ['a server without an SMTP route', () => refusal(503, 'SMTP_NOT_CONFIGURED')],
    ['a 500', () => refusal(500, 'INTERNAL_ERROR')],
    ['a broken connection', broken],
    ['a proxy’s 429', () => proxyError(429, { 'Retry-After': '1' })],
    ['a proxy’s 502', () => proxyError(502, { 'Retry-After': '1' })],
    ['a proxy’s 503', () => proxyError(503, { 'Retry-After': '1' })],
  ])(
    'is not repeated after %s: an email may have been sent, or waiting does not help',
    async (_case, step) => {
      for (const send of ['sendInstantOtp', 'sendBackendOtp', 'sendEmailVerification'] as const) {
        const scripted = new ScriptedClient([step()])
        expect(await scripted.outcome(scripted.client[send]({ email }))).toBeInstanceOf(Error)
        expect(scripted.requests).toHaveLength(1)
      }
    },
  )
})

describe('a verify', () => {
  it.each<[string, () => Step]>([
    ['429', () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 1 })],
    ['503', () => refusal(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })],
    ['broken connection', broken],
    ['proxy’s 502', () => proxyError(502)],
  ])('is never repeated, not even after a %s', async (_case, step) => {
    for (const verify of ['verifyInstantOtp', 'verifyBackendOtp', 'verifyEmailVerification'] as const) {
      const scripted = new ScriptedClient([step()])
      const call = scripted.client[verify]({ sessionId: 's', email, code: '1' })
      expect(await scripted.outcome(call)).toBeInstanceOf(Error)
      expect(scripted.requests).toHaveLength(1)
    }
  })
})

describe('the wait', () => {
  const waitsOf = async (steps: Step[], random: number, maxRetries = steps.length) => {
    const scripted = new ScriptedClient([...steps, emptyPage()], { maxRetries })
    scripted.random = random
    const outcome = await scripted.outcome(scripted.client.listBackendOtpVerifications())
    return { waits: scripted.waits, outcome }
  }

  it('doubles from half a second to at most eight seconds, and its upper half is random', async () => {
    const steps = Array.from({ length: 6 }, broken)
    expect((await waitsOf(steps, 0)).waits).toEqual([250, 500, 1000, 2000, 4000, 4000])
    expect((await waitsOf(steps.slice(0, 5), 1)).waits).toEqual([500, 1000, 2000, 4000, 8000])
  })

  it('is Retry-After, in seconds or as a date, plus up to half a second, and never less', async () => {
    const inSeconds = proxyError(503, { 'Retry-After': '7' })
    const asDate = proxyError(503, { 'Retry-After': 'Sun, 19 Apr 2026 11:45:09 GMT' })
    expect((await waitsOf([inSeconds, asDate], 0)).waits).toEqual([7000, 9000])
    const error = () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 3 })
    expect((await waitsOf([error()], 1)).waits).toEqual([3500])
  })

  it('falls back to the usual backoff if Retry-After is not valid', async () => {
    expect((await waitsOf([proxyError(503, { 'Retry-After': 'soon' })], 0)).waits).toEqual([250])
  })

  it('is at most 30 seconds in total for all tries of a call', async () => {
    const busy = (retryAfterSeconds: number) => refusal(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds })
    expect((await waitsOf([busy(31)], 0)).waits).toEqual([])
    const { waits, outcome } = await waitsOf([busy(20), busy(11)], 0)
    expect(waits).toEqual([20_000])
    expect(outcome).toBeInstanceOf(RisumailOtpError)
    expect(outcome).toMatchObject({ retryAfterSeconds: 11 })
  })

  it('ends at once when the caller aborts, and leaves no timer and no listener behind', async () => {
    const scripted = new ScriptedClient([broken()])
    const controller = new AbortController()
    const call = scripted.client.listBackendOtpVerifications({}, { signal: controller.signal })
    const rejection = expect(call).rejects.toBe('changed my mind')
    await untilIdle()
    expect(scripted.timers).toBe(1)
    controller.abort('changed my mind')
    await rejection
    expect([scripted.requests.length, scripted.timers]).toEqual([1, 0])
  })

  it('does not outlive the call', async () => {
    const scripted = new ScriptedClient([broken(), emptyPage()])
    await scripted.outcome(scripted.client.listBackendOtpVerifications())
    expect(scripted.timers).toBe(0)
  })
})

describe('an iteration over all pages', () => {
  const page = (nextCursor?: string) =>
    Response.json({ success: true, data: { verifications: [{ id: nextCursor ?? 'last' }], nextCursor } })

  it('requests only the failed page again', async () => {
    const scripted = new ScriptedClient([page('a'), broken(), page()])
    const ids: string[] = []
    const walk = async () => {
      for await (const { id } of scripted.client.allBackendOtpVerifications({ limit: 1 })) ids.push(id)
    }
    expect(await scripted.outcome(walk())).toBeUndefined()
    expect(ids).toEqual(['a', 'last'])
    expect(scripted.requests.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=1',
      '?limit=1&cursor=a',
      '?limit=1&cursor=a',
    ])
  })

  it('fetches no page that the loop does not reach', async () => {
    const scripted = new ScriptedClient([page('a')])
    for await (const _verification of scripted.client.allInstantOtpVerifications()) break
    expect(scripted.requests).toHaveLength(1)
  })

  it('starts at the given cursor', async () => {
    const scripted = new ScriptedClient([page()])
    for await (const _verification of scripted.client.allBackendOtpVerifications({ cursor: 'here' }));
    expect(scripted.requests[0]?.url).toMatch(/\?cursor=here$/)
  })

  it('ends with an error if a page names itself as the next page', async () => {
    const scripted = new ScriptedClient([page('a'), page('a')])
    const walk = async () => {
      for await (const _verification of scripted.client.allBackendOtpVerifications());
    }
    expect(await scripted.outcome(walk())).toMatchObject({ kind: 'unexpected-answer' })
  })
})
