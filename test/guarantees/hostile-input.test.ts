import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { factsOf, type OperationId, operationFacts } from '../support/contract.ts'
import { hostileAddresses, validAddress } from '../support/hostile-addresses.ts'
import { allowedOrigin, allowedSender, type MadeRequest } from '../support/hostile-bodies.ts'
import { requestsTo } from '../support/hostile-requests.ts'
import { oddities } from '../support/mail-headers.ts'
import { runs } from '../support/properties.ts'
import { askRaw } from '../support/raw-http.ts'
import { useServer } from '../support/server.ts'

// That every documented answer of every operation can be had is shown by the tests in operations/.
const server = useServer()
let credentials: Record<string, string>
beforeAll(async () => {
  const grants = { allowedOrigins: [allowedOrigin], allowedSenders: [allowedSender] }
  const { token, secret } = await server.token()
  credentials = { key: `Bearer ${await server.key(grants)}`, token: `Bearer ${token}`, secret }
})

const dayMs = 24 * 60 * 60 * 1000

/** Sends a request with a credential that opens its operation; whatever comes back is documented, and no fault of ours. */
async function ask(id: OperationId, { query, headers, body }: MadeRequest) {
  const { method, path, opensWith, answers } = factsOf(id)
  const opening = opensWith.includes('serverKey')
    ? { Authorization: credentials['key'] }
    : { Authorization: credentials['token'], 'X-Otp-Secret': credentials['secret'] }
  server.sink.mails.length = 0
  server.log.length = 0
  server.now += dayMs // no Idempotency-Key is remembered from an earlier request
  const { status, text } = await askRaw(`${server.directUrl}${path}${query && `?${query}`}`, {
    method,
    headers: { ...headers, ...opening },
    body,
  })
  const code = (JSON.parse(text) as { error?: { code: string } }).error?.code
  const answer = code === undefined ? String(status) : `${status} ${code}`
  expect(answers).toContain(answer)
  expect(status).toBeLessThan(500)
  expect(server.violations.splice(0)).toEqual([])
  return { status, code, mails: [...server.sink.mails] }
}

describe.each(operationFacts)('$id', ({ id }) => {
  it('takes every valid request, refuses every other one as documented, and mails only whom it was asked to', async () => {
    await fc.assert(
      fc.asyncProperty(requestsTo(id), async (request) => {
        const { status, code, mails } = await ask(id, request)
        if (request.refusal !== undefined) {
          expect(status).toBe(request.refusal)
          if (status === 400) expect(code).toBe('VALIDATION_FAILED')
          expect(mails).toEqual([])
          return
        }
        expect(code).not.toBe('VALIDATION_FAILED')
        expect([413, 415]).not.toContain(status)
        if (!id.startsWith('send')) {
          expect(mails).toEqual([])
          return
        }
        expect(status).toBe(200)
        expect(mails).toHaveLength(1)
        expect(mails.flatMap((mail) => oddities(mail, request.email ?? ''))).toEqual([])
        expect(['login@acme.example', allowedSender]).toContain(mails[0]?.from.toLowerCase())
      }),
      runs({ quick: 200, long: 10_000 }),
    )
  })
})

describe.each(operationFacts.filter(({ id }) => id.startsWith('send')))('$id', ({ id }) => {
  const withEmail = (email: string): MadeRequest => ({
    made: 'an address',
    refusal: undefined,
    query: '',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  })

  it(`mails nobody for ${hostileAddresses.length} texts that are not exactly one address`, async () => {
    expect(new Set(hostileAddresses).size).toBeGreaterThan(200)
    for (const email of hostileAddresses) {
      const { code, mails } = await ask(id, withEmail(email))
      expect({ email, code, mails }).toEqual({ email, code: 'VALIDATION_FAILED', mails: [] })
    }
  })

  it('mails exactly the one whose address it is, however unusual', async () => {
    await fc.assert(
      fc.asyncProperty(validAddress, async (email) => {
        const { mails } = await ask(id, withEmail(email))
        expect(mails).toHaveLength(1)
        expect(mails.flatMap((mail) => oddities(mail, email))).toEqual([])
      }),
      runs({ quick: 50, long: 2000 }),
    )
  })
})
