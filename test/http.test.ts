import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { operationFacts } from './support/contract.ts'
import { useServer } from './support/server.ts'

const server = useServer()
const browserPaths = [
  ...new Set(operationFacts.filter(({ isForBrowsers }) => isForBrowsers).map(({ path }) => path)),
]
const otherPaths = operationFacts.filter(({ isForBrowsers }) => !isForBrowsers).map(({ path }) => path)

describe('the error body', () => {
  it.each([
    '/nope',
    '/api/v1',
    '/api/v1/backend-otp/send/',
    '//api/v1/backend-otp/verifications',
    '/API/v1/backend-otp/send',
    '/api/v1/backend-otp/send%2f',
    '/_dev/inbox',
  ])('follows the contract for the unknown path %s', async (path) => {
    const response = await fetch(server.url + path)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({
      success: false,
      error: {
        code: 'NOT_FOUND',
        message: 'Nothing is served at this path.',
        requestId: response.headers.get('x-request-id'),
      },
    })
  })

  it.each(operationFacts)(
    'follows the contract for a wrong method on $path, with an Allow header',
    async ({ path, method }) => {
      for (const wrong of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', method === 'GET' ? 'POST' : 'GET']) {
        const response = await fetch(server.url + path, { method: wrong })
        expect(response.status).toBe(405)
        expect(response.headers.get('allow')).toBe(method)
        expect(await response.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } })
      }
    },
  )
})

describe('X-Request-Id', () => {
  const idFor = async (wanted?: string) => {
    const response = await fetch(
      `${server.url}/nope`,
      wanted === undefined ? {} : { headers: { 'X-Request-Id': wanted } },
    )
    const { error } = (await response.json()) as { error: { requestId: string } }
    expect(error.requestId).toBe(response.headers.get('x-request-id'))
    return error.requestId
  }

  it('is generated if the caller sends none, and differs each time', async () => {
    expect(await idFor()).toMatch(/^[0-9A-Z]{26}$/)
    expect(await idFor()).not.toBe(await idFor())
  })

  it.each(['abc', 'trace-1.2_3', 'x'.repeat(64)])('is kept if it is short and plain: %s', async (id) => {
    expect(await idFor(id)).toBe(id)
  })

  it.each(['', 'x'.repeat(65), 'a b', 'a"b', '{}', 'é', 'risu_key_abc', 'x-risu_key_abc'])(
    'is replaced if it is not short and plain: %j',
    async (id) => {
      expect(await idFor(id)).toMatch(/^[0-9A-Z]{26}$/)
    },
  )
})

describe('CORS', () => {
  const preflight = (path: string) =>
    fetch(server.url + path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://app.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })

  it.each(browserPaths)('answers the preflight of %s', async (path) => {
    const { status, headers } = await preflight(path)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(headers.get('access-control-allow-methods')).toBe(
      operationFacts.find((facts) => facts.path === path)?.method,
    )
    for (const header of ['authorization', 'content-type', 'idempotency-key', 'x-otp-secret']) {
      expect(headers.get('access-control-allow-headers')?.toLowerCase()).toContain(header)
    }
    expect(headers.get('vary')).toBe('Origin')
  })

  it.each([...otherPaths, '/livez', '/nope'])('is not enabled for %s', async (path) => {
    const { headers } = await preflight(path)
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('lets any origin read the responses to a token with an empty allowlist, including errors', async () => {
    const { token } = await server.token()
    for (const [body, status] of [
      ['{"email":"a@x.co"}', 200],
      ['{}', 400],
    ] as const) {
      const response = await server.raw('sendInstantOtp', {
        body,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          Origin: 'https://any.example',
        },
      })
      expect(response.status).toBe(status)
      expect(response.headers.get('access-control-allow-origin')).toBe('https://any.example')
      expect(response.headers.get('access-control-expose-headers')).toBe(
        'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
      )
    }
  })
})

describe('the response headers', () => {
  it('prevent caching and content sniffing', async () => {
    const { headers } = await fetch(`${server.url}/livez`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('a proxy in front of the server', () => {
  const strange = useServer()
  const trusted = useServer({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const forwarded = { headers: { 'X-Forwarded-For': '203.0.113.7' } }
  const warnings = ({ log }: { log: string[] }) => log.filter((line) => line.includes('TRUSTED_PROXIES'))

  it('causes one warning, without any address, if TRUSTED_PROXIES does not name it', async () => {
    expect(warnings(strange)).toEqual([])
    await fetch(`${strange.directUrl}/livez`)
    expect(warnings(strange)).toEqual([])
    for (let n = 0; n < 3; n++) await fetch(`${strange.directUrl}/livez`, forwarded)
    expect(warnings(strange)).toHaveLength(1)
    expect(JSON.parse(warnings(strange)[0] ?? '')).toMatchObject({ level: 'warn' })
    expect(strange.log.join('')).not.toMatch(/203\.0\.113|127\.0\.0\.1/)
  })

  it('causes no warning if TRUSTED_PROXIES names it', async () => {
    await fetch(`${trusted.directUrl}/livez`, forwarded)
    expect(warnings(trusted)).toEqual([])
  })
})

describe('a body that ends early', () => {
  it('is a bad request, and the server keeps running', async () => {
    const key = await server.key()
    await new Promise<void>((resolve) => {
      const call = request(`${server.url}/api/v1/backend-otp/send`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          'Content-Length': 100,
        },
      })
      call.on('error', () => resolve())
      call.write('{"email"', () => call.destroy())
    })
    await expect.poll(() => server.log.join('')).toContain('"errorCode":"VALIDATION_FAILED"')
    expect((await fetch(`${server.url}/livez`)).status).toBe(200)
  })
})
