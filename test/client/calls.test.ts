import { inspect } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createClient,
  isRisumailOtpError,
  RisumailOtpError,
  RisumailOtpTransportError,
} from '../../clients/typescript/src/index.ts'
import { emptyPage, proxyError, refusal, ScriptedClient } from '../support/client.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const options = { baseUrl: 'https://otp.example', token: 'risu_key_secret', maxRetries: 0 }

describe('one call', () => {
  it('can set its own timeout, retries and headers', async () => {
    const scripted = new ScriptedClient([proxyError(503), emptyPage()], { maxRetries: 0 })
    const headers = { 'X-Request-Id': 'my-own', Authorization: 'Bearer somebody-else' }
    const call = scripted.client.listBackendOtpVerifications({}, { timeoutMs: 99, maxRetries: 1, headers })
    expect(await scripted.outcome(call)).toEqual({ verifications: [] })
    expect(scripted.requests).toHaveLength(2)
    for (const { headers: sent } of scripted.requests) {
      expect(sent.get('x-request-id')).toBe('my-own')
      expect(sent.get('authorization')).toBe('Bearer risu_key_secret')
    }
    const late = new ScriptedClient(['silence'])
    const outcome = late.outcome(late.client.listBackendOtpVerifications({}, { timeoutMs: 99 }))
    await late.runOutOfTime()
    expect(await outcome).toMatchObject({ kind: 'timeout', message: expect.stringContaining('after 99 ms') })
  })

  it.each([{ timeoutMs: 0 }, { maxRetries: -1 }])(
    'refuses an option that is not valid: %o',
    async (wrong) => {
      const scripted = new ScriptedClient([])
      expect(await scripted.outcome(scripted.client.listBackendOtpVerifications({}, wrong))).toBeInstanceOf(
        TypeError,
      )
    },
  )

  it('returns the data and, with withResponse, also the response, from one HTTP request', async () => {
    const page = Response.json(await emptyPage().json(), { headers: { RateLimit: '"credential";r=5;t=1' } })
    const scripted = new ScriptedClient([page])
    const call = scripted.client.listBackendOtpVerifications()
    const { data, response } = await call.withResponse()
    expect(data).toEqual(await call)
    expect(response.headers.get('ratelimit')).toBe('"credential";r=5;t=1')
    expect(scripted.requests).toHaveLength(1)
  })

  it('rejects once, and leaves no unhandled rejection behind', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const scripted = new ScriptedClient([refusal(400, 'INVALID_CODE'), refusal(400, 'INVALID_CODE')], {
      maxRetries: 0,
    })
    await expect(scripted.client.listBackendOtpVerifications().withResponse()).rejects.toBeInstanceOf(
      RisumailOtpError,
    )
    await expect(scripted.client.listBackendOtpVerifications()).rejects.toBeInstanceOf(RisumailOtpError)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})

describe('the hooks', () => {
  it('see every request and every response, and can add headers', async () => {
    const seen: string[] = []
    const scripted = new ScriptedClient([proxyError(503), emptyPage()], {
      onRequest: (request) => {
        seen.push(`${request.method} ${new URL(request.url).pathname}`)
        request.headers.set('traceparent', '00-1-2-01')
      },
      onResponse: async (response, request) => {
        seen.push(
          `${response.status} ${request.headers.get('traceparent')} ${(await response.clone().text()).length > 0}`,
        )
      },
    })
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toEqual({
      verifications: [],
    })
    expect(seen).toEqual([
      'GET /api/v1/backend-otp/verifications',
      '503 00-1-2-01 true',
      'GET /api/v1/backend-otp/verifications',
      '200 00-1-2-01 true',
    ])
  })

  it.each(['onRequest', 'onResponse'])('end the call with the error that they throw: %s', async (hook) => {
    const broken = new Error('a mistake in the hook')
    const scripted = new ScriptedClient([emptyPage()], {
      [hook]: () => {
        throw broken
      },
    })
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toBe(broken)
  })
})

describe('a server that is newer than this client', () => {
  it('can return unknown codes and reasons, which arrive as a RisumailOtpError', async () => {
    const scripted = new ScriptedClient(
      [
        refusal(409, 'SENT_ELSEWHERE', {
          reason: 'ADDED_LATER',
          retryAfterSeconds: 7,
          attemptsLeft: 2,
          hint: 'new',
        }),
      ],
      { maxRetries: 0 },
    )
    const error = await scripted.outcome(scripted.client.sendBackendOtp({ email: 'a@example.com' }))
    expect(error).toBeInstanceOf(RisumailOtpError)
    expect(error).toMatchObject({
      ...{
        status: 409,
        code: 'SENT_ELSEWHERE',
        reason: 'ADDED_LATER',
        retryAfterSeconds: 7,
        attemptsLeft: 2,
      },
    })
    expect(isRisumailOtpError(error)).toBe(true)
  })

  it('can return unknown fields, which do no harm', async () => {
    const page = (await emptyPage().json()) as { data: object }
    const body = { ...page, meta: 1, data: { ...page.data, total: 5 } }
    const scripted = new ScriptedClient([Response.json(body)])
    expect(await scripted.outcome(scripted.client.listBackendOtpVerifications())).toMatchObject({
      verifications: [],
    })
  })
})

describe('isRisumailOtpError', () => {
  it('also recognizes an error of another copy of the package, and accepts nothing else', () => {
    const facts = { code: 'NOT_FOUND', message: 'm', requestId: 'r' }
    const foreign = Object.assign(new Error('m'), { name: 'RisumailOtpError', status: 404, ...facts })
    expect(isRisumailOtpError(foreign)).toBe(true)
    expect(isRisumailOtpError(new RisumailOtpError(404, facts))).toBe(true)
    for (const other of [
      new RisumailOtpTransportError('network', 'm'),
      new Error('m'),
      facts,
      null,
      undefined,
    ])
      expect(isRisumailOtpError(other)).toBe(false)
  })
})

describe('fetch', () => {
  it('is looked up at each call, so a later replacement is used', async () => {
    const client = createClient(options)
    vi.stubGlobal('fetch', async () => emptyPage())
    expect(await client.listBackendOtpVerifications()).toEqual({ verifications: [] })
  })
})

describe('the credentials', () => {
  it.each([undefined, null, ''])('count as missing if the token is %j, and the error says so', (token) => {
    expect(() => createClient({ ...options, token: token as string })).toThrow('token is missing')
  })

  it('are redacted in an error message as whole words, and nothing else is redacted', async () => {
    const message = 'abc: the token abc, "abc" and Bearer abc; but abcdef, xabc and a-abc stay'
    const step = refusal(400, 'INVALID_CODE', { message })
    const scripted = new ScriptedClient([step], { token: 'abc', maxRetries: 0 })
    const error = (await scripted.outcome(scripted.client.listBackendOtpVerifications())) as Error
    expect(error.message).toBe(
      '[redacted]: the token [redacted], "[redacted]" and Bearer [redacted]; but abcdef, xabc and a-abc stay',
    )
  })

  it('are redacted in the message of a network failure too', async () => {
    const scripted = new ScriptedClient([new TypeError('cannot send risu_key_secret')], { maxRetries: 0 })
    const error = await scripted.outcome(scripted.client.listBackendOtpVerifications())
    expect((error as Error).message).toContain('cannot send [redacted]')
    expect(inspect((error as Error).message)).not.toContain('risu_key_secret')
  })
})
