import { describe, expect, it } from 'vitest'
import { mintSecret } from '../../server/credentials/format.ts'
import { issueServerKey } from '../../server/credentials/lifecycle.ts'
import { factsOf, type OperationId } from './contract.ts'
import type { RawRequest, TestServer } from './server.ts'
import { json, requestWith } from './valid-requests.ts'

/** 401: the answer is the same for every bad credential, and no handler runs. */
export function refusesBadCredentials(server: TestServer, id: OperationId): void {
  describe('401 UNAUTHORIZED', () => {
    const refuses = async (request: RawRequest) => {
      const { status, body, headers } = await server.raw(id, request)
      expect(status).toBe(401)
      expect(body.error).toMatchObject({ code: 'UNAUTHORIZED' })
      expect(headers.get('www-authenticate')).toBe('Bearer')
    }

    it('refuses a request without a credential', () => refuses(requestWith(id, undefined)))

    it.each([
      ['an empty credential', 'Bearer '],
      ['another scheme', `Basic ${Buffer.from('user:password').toString('base64')}`],
      ['a text that is not a credential', 'Bearer hello'],
      ['two credentials', 'Bearer a b'],
      ['an unknown server key', `Bearer ${mintSecret('server_key')}`],
      ['an unknown public token', `Bearer ${mintSecret('public_token')}`],
      ['an unknown analytics secret', `Bearer ${mintSecret('analytics_secret')}`],
    ])('refuses %s', (_case, bearer) => refuses(requestWith(id, bearer)))

    it('refuses a key whose checksum is wrong', async () => {
      const key = await server.key()
      const last = key.endsWith('0') ? '1' : '0'
      await refuses(requestWith(id, `Bearer ${key.slice(0, -1)}${last}`))
    })

    it('refuses a revoked credential', async () => {
      const { token, secret, id: tokenId } = await server.token()
      const { key, credential } = await issueServerKey(
        server.app.credentials,
        {
          name: 'test',
          projectId: 'default',
          scopes: ['server_otp'],
          allowedOrigins: [],
          allowedSenders: [],
          expiresInMs: undefined,
        },
        server.now,
      )
      expect(await server.app.credentials.revoke('public_token', tokenId, server.now)).toBe(true)
      expect(await server.app.credentials.revoke('server_key', credential.id, server.now)).toBe(true)
      await refuses(requestWith(id, `Bearer ${token}`, secret))
      await refuses(requestWith(id, `Bearer ${key}`))
    })

    it('refuses an expired key', async () => {
      const key = await server.key({ expiresInMs: 1000 })
      server.now += 1000
      await refuses(requestWith(id, `Bearer ${key}`))
    })

    it('checks the credential before the body', async () => {
      if (factsOf(id).method === 'GET') return refuses({ ...requestWith(id, undefined), query: '?limit=0' })
      await refuses({ body: '{', headers: { ...json, Authorization: 'Bearer hello' } })
      await refuses({ body: 'x'.repeat(20_000), headers: { Authorization: 'Bearer hello' } })
    })
  })
}

/** 403 for operations that need a server key with the right scope. */
export function requiresTheScope(server: TestServer, id: OperationId): void {
  describe('403 SCOPE_REQUIRED', () => {
    const refuses = async (credential: string) => {
      const { status, body } = await server.raw(id, requestWith(id, `Bearer ${credential}`))
      expect(status).toBe(403)
      expect(body.error).toMatchObject({ code: 'SCOPE_REQUIRED' })
    }

    it('refuses a server key without the server_otp scope, whatever other scopes it has', async () => {
      await refuses(await server.key({ scopes: [] }))
      await refuses(await server.key({ scopes: ['mail_api', 'analytics_read', 'forms_manage'] }))
    })

    it('refuses an analytics secret in place of a key', async () => {
      await refuses((await server.token()).secret)
    })

    if (!factsOf(id).isForBrowsers) {
      it('refuses a public token', async () => {
        await refuses((await server.token()).token)
      })
    }
  })
}

/** 403 for a public token that is used from outside its allowlists. */
export function enforcesTheAllowlists(server: TestServer, id: OperationId): void {
  describe('403 OTP_PUBLIC_IP_NOT_ALLOWED and ORIGIN_NOT_ALLOWED', () => {
    const call = (token: string, secret: string, headers: Record<string, string> = {}) => {
      const request = requestWith(id, `Bearer ${token}`, secret)
      return server.raw(id, { ...request, headers: { ...request.headers, ...headers } })
    }

    it('refuses an address that is not on the allowlist, even if X-Forwarded-For names one that is', async () => {
      const { token, secret } = await server.token({ allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] })
      for (const headers of [{}, { 'X-Forwarded-For': '203.0.113.7' }]) {
        const { status, body } = await call(token, secret, headers)
        expect(status).toBe(403)
        expect(body.error).toMatchObject({ code: 'OTP_PUBLIC_IP_NOT_ALLOWED' })
      }
    })

    it('allows an address that is on the allowlist', async () => {
      const { token, secret } = await server.token({ allowedAddresses: ['203.0.113.0/24', '127.0.0.0/8'] })
      expect((await call(token, secret)).status).not.toBe(403)
    })

    it('refuses a page whose origin is not on the allowlist, and lets the page read the error', async () => {
      const { token, secret } = await server.token({ allowedOrigins: ['https://app.example'] })
      for (const origin of [
        'https://evil.example',
        'https://app.example.evil.example',
        'http://app.example',
        'null',
      ]) {
        const { status, body, headers } = await call(token, secret, { Origin: origin })
        expect(status).toBe(403)
        expect(body.error).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' })
        expect(headers.get('access-control-allow-origin')).toBe(origin)
        expect(headers.get('access-control-allow-credentials')).toBeNull()
      }
    })

    it('allows an origin that is on the allowlist, and a caller that is not a browser', async () => {
      const { token, secret } = await server.token({ allowedOrigins: ['https://app.example'] })
      const fromBrowser = await call(token, secret, { Origin: 'https://app.example' })
      expect(fromBrowser.status).not.toBe(403)
      expect(fromBrowser.headers.get('access-control-allow-origin')).toBe('https://app.example')
      expect((await call(token, secret)).status).not.toBe(403)
    })
  })
}

/** The last test in an operation's file: the tests produced every response that the contract promises. */
export function producedEveryDocumentedAnswer(id: OperationId, servers: TestServer[]): void {
  describe('the tests above', () => {
    it(`produce every response that the contract documents for ${id}, and no other`, () => {
      const produced = servers
        .flatMap(({ log }) => log.map((line) => JSON.parse(line) as Record<string, unknown>))
        .filter(({ operationId }) => operationId === id)
        .map(({ status, errorCode }) => (errorCode === undefined ? String(status) : `${status} ${errorCode}`))
      expect([...new Set(produced)].sort()).toEqual([...factsOf(id).answers].sort())
    })
  })
}
