import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  createClient,
  RisumailOtpError,
  RisumailOtpTransportError,
} from '../../clients/typescript/src/index.ts'
import {
  emptyPage,
  list,
  proxyError,
  refusal,
  ScriptedClient,
  type Step,
  untilIdle,
} from '../support/client.ts'

const afterOne = (step: Step) => {
  const scripted = new ScriptedClient([step], { maxRetries: 0 })
  return list(scripted)
}

describe('a response that breaks the contract', () => {
  it.each<[string, () => Response, number]>([
    ['a proxy’s HTML', () => proxyError(502), 502],
    ['an error page with status 200', () => new Response('<html>Sign in</html>'), 200],
    ['an empty 200', () => new Response(''), 200],
    ['a 204', () => new Response(null, { status: 204 }), 204],
    ['an empty 500', () => new Response('', { status: 500 }), 500],
    ['JSON without data', () => Response.json({ success: true }), 200],
    ['a success with status 500', () => Response.json({ success: true, data: {} }, { status: 500 }), 500],
    ['JSON null', () => Response.json(null), 200],
    ['another API’s error', () => Response.json({ message: 'no' }, { status: 403 }), 403],
    [
      'an error without a request id',
      () => Response.json({ success: false, error: {} }, { status: 400 }),
      400,
    ],
    ['an error with status 200', () => refusal(200, 'NOT_FOUND'), 200],
  ])('becomes a RisumailOtpTransportError that names the status: %s', async (_case, answer, status) => {
    const error = await afterOne(answer())
    expect(error).toBeInstanceOf(RisumailOtpTransportError)
    expect(error).toMatchObject({ kind: 'unexpected-answer', status, name: 'RisumailOtpTransportError' })
    expect((error as Error).message).toContain(`status ${status}`)
  })

  it('becomes an error with its request id and Retry-After, but with no part of its body', async () => {
    const error = await afterOne(proxyError(429, { 'X-Request-Id': 'abc', 'Retry-After': '9' }))
    expect(error).toMatchObject({ requestId: 'abc', retryAfterSeconds: 9 })
    expect(inspect(error, { depth: 9 })).not.toContain('Bad Gateway')
  })
})

describe('a redirect', () => {
  it('is not followed, so no credential reaches its target', async () => {
    const seen: string[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.url ?? '')
      response.writeHead(302, { Location: '/elsewhere' }).end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const baseUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    const client = createClient({ baseUrl, token: 'risu_otp_token', otpSecret: 'risu_otp_sec_secret' })
    const error = await client.listInstantOtpVerifications().catch((thrown: unknown) => thrown)
    elsewhere.closeAllConnections()
    elsewhere.close()
    expect(error).toMatchObject({ kind: 'unexpected-answer', status: 302 })
    expect(seen).toEqual(['/api/v1/instant-otp/verifications'])
  })
})

describe('a network failure', () => {
  it('names the call, and has the error that fetch threw as its cause', async () => {
    const cause = new TypeError('fetch failed')
    const error = await afterOne(cause)
    expect(error).toMatchObject({
      kind: 'network',
      cause,
      message:
        'GET https://otp.example/api/v1/backend-otp/verifications failed before the full response arrived: fetch failed.',
    })
  })

  it('is also reported when the response breaks off', async () => {
    const body = new ReadableStream({
      start: (controller) => controller.error(new TypeError('terminated')),
    })
    expect(await afterOne(new Response(body))).toMatchObject({ kind: 'network' })
  })

  it('is reported with the real fetch when nothing listens', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1', token: 'risu_key_secret', maxRetries: 0 })
    const error = await client.listBackendOtpVerifications().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'network' })
    expect((error as Error).message).toMatch(/ http:\/\/127\.0\.0\.1:1\/api.*: fetch failed \(bad port\)\.$/)
  })
})

describe('a body that cannot be converted to JSON', () => {
  it('rejects with a TypeError, not with a network failure', async () => {
    const scripted = new ScriptedClient([])
    const body = { email: 'user@example.com', otpDigits: 6n as unknown as number }
    expect(await scripted.outcome(scripted.client.sendBackendOtp(body))).toBeInstanceOf(TypeError)
    expect(scripted.requests).toHaveLength(0)
  })
})

describe('a timeout', () => {
  it('ends the call even if fetch ignores its signal, and aborts the request', async () => {
    const scripted = new ScriptedClient(['silence'])
    const outcome = list(scripted)
    await scripted.runOutOfTime()
    expect(await outcome).toMatchObject({
      kind: 'timeout',
      message: 'GET https://otp.example/api/v1/backend-otp/verifications timed out after 12345 ms.',
    })
    expect(scripted.requests[0]?.signal.aborted).toBe(true)
  })

  it('covers the body as well as the head of a response', async () => {
    const scripted = new ScriptedClient([new Response(new ReadableStream())])
    const outcome = list(scripted)
    await scripted.runOutOfTime()
    expect(await outcome).toMatchObject({ kind: 'timeout' })
  })

  it('can be infinite', async () => {
    const client = createClient({
      baseUrl: 'https://otp.example',
      token: 'risu_key_secret',
      timeoutMs: Number.POSITIVE_INFINITY,
      fetch: async () => {
        await untilIdle()
        return emptyPage()
      },
    })
    expect(await client.listBackendOtpVerifications()).toEqual({ verifications: [] })
  })
})

describe('a caller’s abort', () => {
  it.each<[string, unknown]>([
    ['the given reason', new Error('changed my mind')],
    ['a reason that is not an Error', 'changed my mind'],
  ])('rejects with %s', async (_case, reason) => {
    const scripted = new ScriptedClient(['silence'])
    const controller = new AbortController()
    const outcome = list(scripted, controller.signal)
    await untilIdle()
    controller.abort(reason)
    expect(await outcome).toBe(reason)
    expect(scripted.requests[0]?.signal.aborted).toBe(true)
  })

  it('rejects with the platform’s AbortError if no reason was given', async () => {
    const scripted = new ScriptedClient(['silence'])
    const controller = new AbortController()
    const outcome = list(scripted, controller.signal)
    controller.abort()
    expect(await outcome).toMatchObject({ name: 'AbortError' })
  })

  it('causes no retry, even if its reason looks like a network failure', async () => {
    const scripted = new ScriptedClient(['silence'])
    const controller = new AbortController()
    const outcome = list(scripted, controller.signal)
    await untilIdle()
    const reason = new RisumailOtpTransportError('network', 'the caller’s own')
    controller.abort(reason)
    expect(await outcome).toBe(reason)
    expect([scripted.requests.length, scripted.waits.length]).toEqual([1, 0])
  })

  it('sends nothing if it comes before the call', async () => {
    const scripted = new ScriptedClient([])
    expect(await list(scripted, AbortSignal.abort('too late'))).toBe('too late')
    expect(scripted.requests).toHaveLength(0)
  })

  it('ends an iteration over all pages', async () => {
    const scripted = new ScriptedClient(['silence'])
    const walk = scripted.client.allBackendOtpVerifications({}, { signal: AbortSignal.abort('stop') })
    await expect(walk.next()).rejects.toBe('stop')
  })
})

describe('the errors', () => {
  it('can be distinguished by their class', () => {
    const error = new RisumailOtpError(404, { code: 'SESSION_NOT_FOUND', message: 'm', requestId: 'r' })
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(RisumailOtpTransportError)
    expect(String(error)).toBe('RisumailOtpError: m')
  })
})
