import { connect } from 'node:net'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { mintSecret } from '../../server/credentials/format.ts'
import { factsOf, type OperationFacts, operationFacts } from '../support/contract.ts'
import { type Credentials, castOf, eitherOf, groups, kinds } from '../support/credential-kinds.ts'
import { figure } from '../support/figures.ts'
import { backend, emailVerification, instant, sendAndRead } from '../support/flows.ts'
import { runs } from '../support/properties.ts'
import { useServer } from '../support/server.ts'
import { requestWith } from '../support/valid-requests.ts'
import { type Asked, askOf } from '../support/witnessed-request.ts'

vi.mock(import('../../server/store/open.ts'), async (original) => {
  const { witnessedStore } = await import('../support/witness.ts')
  return witnessedStore(await original())
})
vi.mock(import('node:crypto'), async (original) => {
  const { witnessedHashes } = await import('../support/witness.ts')
  return witnessedHashes(await original())
})

const server = useServer()
let cast: Credentials
beforeAll(async () => {
  cast = await castOf(server)
})

// Analytics secrets have their own lookup. Each kind of secret costs one lookup.
const lookups = ['store: credential_by_secret', 'store: credential_by_analytics_secret']

const ask = askOf(server)

const sentences: Record<string, string> = {
  '401 UNAUTHORIZED': 'The credential is missing, unknown, expired or revoked.',
  '403 SCOPE_REQUIRED': 'This operation needs a server key with the scope server_otp.',
  '403 OTP_PUBLIC_IP_NOT_ALLOWED': 'Your network address is not on the allowlist of this public token.',
  '403 ORIGIN_NOT_ALLOWED': 'The origin of this page is not on the allowlist of this public token.',
}

// If the server looked at these before it checked the credential, it would refuse some of them for another reason.
const bodies = (method: string, valid: string | undefined, validQuery: string): Asked[] =>
  method === 'GET'
    ? [{ query: validQuery }, { query: 'limit=0&unknown=1' }, { body: '{' }]
    : [
        { body: valid, headers: { 'Content-Type': 'application/json' } },
        { body: '{', headers: { 'Content-Type': 'application/json' } },
        { body: 'x'.repeat(20_000), headers: { 'Content-Type': 'text/plain' } },
      ]

describe('every operation of the contract', () => {
  it('has a known rule for its credentials', () => {
    expect([...new Set(operationFacts.map(({ opensWith }) => opensWith))].sort()).toEqual([...groups].sort())
  })

  it.each(kinds)('gives the documented response to %s', async (_kind, sent, ...outcomes) => {
    const { headers, query } = sent(cast)
    for (const facts of operationFacts) {
      const expected = [...outcomes, eitherOf(outcomes)][groups.indexOf(facts.opensWith)]
      const { body: valid, query: validQuery = '' } = requestWith(facts.id, undefined)
      const requests = bodies(facts.method, valid as string | undefined, validQuery.replace('?', ''))
      for (const [place, request] of requests.entries()) {
        const both = [query, request.query].filter(Boolean).join('&')
        const answer = await ask(facts, {
          ...request,
          query: both,
          headers: { ...request.headers, ...headers },
        })
        const { outcome, body, statements, mails, logged } = answer
        if (expected === 'opens') {
          expect(outcome, facts.id).not.toMatch(/^40[13]/)
          if (place === 0) expect(statements.slice(1), facts.id).not.toEqual([])
          continue
        }
        expect(outcome, facts.id).toBe(expected)
        expect(body).toEqual({
          success: false,
          error: {
            code: String(expected).slice(4),
            message: sentences[String(expected)],
            requestId: answer.headers['x-request-id'],
          },
        })
        expect(answer.headers['www-authenticate']).toBe(expected?.startsWith('401') ? 'Bearer' : undefined)
        // The server read, wrote and counted no session.
        expect(statements.filter((statement) => !lookups.includes(statement))).toEqual([])
        expect(mails).toBe(0)
        expect(logged).toMatchObject({ operationId: facts.id, status: Number(expected?.slice(0, 3)) })
        expect(logged).toHaveProperty('refused')
      }
    }
  })

  it('ignores a credential in the body', async () => {
    const everywhere = { token: cast.token, key: cast.key, secret: cast.secret, access_token: cast.key }
    for (const facts of operationFacts.filter(({ method }) => method === 'POST')) {
      const { body = '{}' } = requestWith(facts.id, undefined)
      for (const [type, text] of [
        ['application/json', JSON.stringify({ ...JSON.parse(String(body)), ...everywhere })],
        ['application/x-www-form-urlencoded', new URLSearchParams(everywhere).toString()], // RFC 6750, section 2.2
      ] as const) {
        const { outcome, statements } = await ask(facts, { body: text, headers: { 'Content-Type': type } })
        expect({ outcome, statements }).toEqual({ outcome: '401 UNAUTHORIZED', statements: [] })
      }
    }
  })

  it.each(['\0', '\x01', '\x1b', '\x7f', '\r', '\n'])(
    'refuses a key next to the control character %j',
    async (character) => {
      const { port } = new URL(server.directUrl)
      const lines = server.log.length
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1')
        let text = ''
        socket.on('data', (chunk) => {
          text += chunk
        })
        socket.on('close', () => resolve(text))
        socket.on('error', reject)
        socket.write(
          `GET /api/v1/backend-otp/verifications HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer${character}${cast.key}\r\n\r\n`,
        )
      })
      expect(answer).toMatch(/^HTTP\/1\.1 40[01] /)
      expect(server.log.slice(lines).join()).not.toMatch(/"status":(?!40[01])/)
    },
  )
})

describe('a credential of another project', () => {
  it('cannot verify, cancel or read a session, use up its attempts, or see it in the history', async () => {
    const stranger = {
      key: await server.key({ projectId: 'other' }),
      ...(await server.token({ projectId: 'other' })),
    }
    for (const flow of [instant, backend, emailVerification]) {
      const own = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, own, { email: 'mine@example.com' })
      const facts = factsOf(flow.verifyId)
      for (const credential of facts.isForBrowsers ? [stranger.key, stranger.token] : [stranger.key]) {
        const { outcome } = await ask(facts, {
          body: JSON.stringify(sent),
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${credential}` },
        })
        expect(outcome).toBe('404 SESSION_NOT_FOUND')
      }
      const foreign = server.client(stranger.key)
      const pair = server.client(stranger.token, { 'X-Otp-Secret': stranger.secret })
      const asked: Promise<{ error?: { error: { code: string } } }>[] = [
        flow.status(foreign, sent.sessionId),
        flow.cancel(foreign, sent.sessionId),
      ]
      if (flow === instant) asked.push(flow.status(pair, sent.sessionId))
      for (const { error } of await Promise.all(asked)) expect(error?.error.code).toBe('SESSION_NOT_FOUND')
      const rows = await server.store.rows('select attempts from sessions where id = $1', sent.sessionId)
      expect(rows).toEqual([{ attempts: 0 }])
      expect((await flow.verify(own, sent)).response.status).toBe(200)
    }
    for (const facts of operationFacts.filter(({ id }) => id.startsWith('list'))) {
      const bearer = facts.isForBrowsers ? stranger.token : stranger.key
      const { body } = await ask(facts, {
        headers: { Authorization: `Bearer ${bearer}`, 'X-Otp-Secret': stranger.secret },
      })
      expect(body).toEqual({ success: true, data: { verifications: [] } })
    }
  })
})

describe('the check of a credential, which does not reveal if it was ever valid', () => {
  const trace = async (facts: OperationFacts, credential: string, secret: string) => {
    const { body } = requestWith(facts.id, undefined)
    const { outcome, asked } = await ask(facts, {
      body: body as string | undefined,
      headers: {
        Authorization: `Bearer ${credential}`,
        'X-Otp-Secret': secret,
        'Content-Type': 'application/json',
      },
    })
    expect(outcome).toBe('401 UNAUTHORIZED')
    return asked
  }
  const hashThenOneLookup = ['createHash', lookups[0]]

  it('hashes the secret and looks up its hash once, and nothing more, if unknown, revoked or expired', async () => {
    const { secret } = cast
    for (const facts of operationFacts) {
      for (const credential of [
        mintSecret('server_key'),
        mintSecret('public_token'),
        cast.revokedKey,
        cast.expiredKey,
        cast.revokedToken.token,
        cast.expiredToken.token,
      ]) {
        expect(await trace(facts, credential, secret)).toEqual(hashThenOneLookup)
      }
    }
  })

  it('takes the same steps for every well-formed credential', async () => {
    const facts = factsOf('listBackendOtpVerifications')
    for (let n = 0; n < figure({ quick: 100, long: 10_000 }); n++) {
      const kind = (['server_key', 'public_token', 'analytics_secret'] as const)[n % 3]
      const lookup = lookups[kind === 'analytics_secret' ? 1 : 0]
      expect(await trace(facts, mintSecret(kind ?? 'server_key'), '')).toEqual(['createHash', lookup])
    }
  })

  it('hashes an analytics secret and compares it in constant time, right, wrong or missing', async () => {
    const facts = factsOf('listInstantOtpVerifications')
    for (const secret of [
      cast.secret,
      cast.other.secret,
      mintSecret('analytics_secret'),
      '',
      'x'.repeat(5000),
    ]) {
      const { asked } = await ask(facts, {
        headers: { Authorization: `Bearer ${cast.token}`, 'X-Otp-Secret': secret },
      })
      expect(asked.slice(0, 4)).toEqual([...hashThenOneLookup, 'createHash', 'timingSafeEqual'])
    }
  })

  it('refuses a malformed credential by its form alone, without asking the store', async () => {
    const facts = factsOf('listBackendOtpVerifications')
    const text = fc.string({ unit: fc.constantFrom(...'risu_keyotpsc0aZ-'), maxLength: 80 })
    const mutated = fc
      .tuple(fc.nat({ max: cast.key.length - 1 }), fc.constantFrom(...'0aZ_-'))
      .map(([at, letter]) => cast.key.slice(0, at) + letter + cast.key.slice(at + 1))
      .filter((key) => key !== cast.key)
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, mutated), async (credential) => {
        expect(await trace(facts, credential, '')).toEqual([])
      }),
      runs({ quick: 200, long: 10_000 }),
    )
  })
})
