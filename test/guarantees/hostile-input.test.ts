import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { factsOf, operationFacts } from '../support/contract.ts'
import { backend, emailVerification, instant, sendAndRead } from '../support/flows.ts'
import { hostileAddresses, validAddress } from '../support/hostile-addresses.ts'
import { type MadeRequest, withText } from '../support/hostile-bodies.ts'
import { allowedOrigin, allowedSender } from '../support/hostile-fields.ts'
import { requestsTo } from '../support/hostile-requests.ts'
import { oddities } from '../support/mail-headers.ts'
import { runs } from '../support/properties.ts'
import { askRaw } from '../support/raw-http.ts'
import { useServer } from '../support/server.ts'

// The tests in operations/ show that every documented response of every operation occurs.
const server = useServer()
let openings: Record<string, Record<string, string>>
beforeAll(async () => {
  const allowedSenders = [allowedSender]
  const { token, secret } = await server.token({ allowedSenders })
  const Authorization = `Bearer ${token}`
  openings = {
    serverKey: {
      Authorization: `Bearer ${await server.key({ allowedSenders, allowedOrigins: [allowedOrigin] })}`,
    },
    publicToken: { Authorization },
    'publicToken and analyticsSecret': { Authorization, 'X-Otp-Secret': secret },
  }
})

/** Every operation, once for each credential that opens it. */
const ways = operationFacts.flatMap(({ id, opensWith }) => opensWith.split(' or ').map((by) => ({ id, by })))
type Way = (typeof ways)[number]

/** True for operations on one session. The requests here name sessions that do not exist. */
const isOfASession = (id: string) => /^(?:verify|cancel|get)/.test(id)

const dayMs = 24 * 60 * 60 * 1000

/** Sends a request with a credential that opens the operation. The response must be documented and no server error. */
async function ask({ id, by }: Way, { query, headers, body }: MadeRequest) {
  const { method, path, answers } = factsOf(id)
  server.sink.mails.length = 0
  server.log.length = 0
  const { status, text } = await askRaw(`${server.directUrl}${path}${query && `?${query}`}`, {
    method,
    headers: { ...headers, ...openings[by] },
    body,
  })
  server.now += dayMs // the next request must see no earlier Idempotency-Key, session or guess
  const { error } = JSON.parse(text) as { error?: { code: string; details?: { path: string }[] } }
  const code = error?.code
  const answer = code === undefined ? String(status) : `${status} ${code}`
  expect(answers).toContain(answer)
  expect(status).toBeLessThan(500)
  expect(server.violations.splice(0)).toEqual([])
  const places = error?.details?.map((detail) => detail.path) ?? []
  return { status, code, places, mails: [...server.sink.mails] }
}

/** Checks a valid send: exactly one email to its recipient. With a public token, its words may be refused instead. */
function expectOneMail(
  { by }: Way,
  request: MadeRequest,
  { status, code, places, mails }: Awaited<ReturnType<typeof ask>>,
) {
  const { subject, verificationLine, from } = JSON.parse(String(request.body)) as Record<
    string,
    string | undefined
  >
  const words = [subject, verificationLine].filter((text) => text !== undefined)
  if (by === 'publicToken' && status === 400) {
    // Words made only of letters are never refused.
    expect([...words, from?.replace(/<.*/, '') ?? ''].join('')).not.toMatch(/^[a-z ]*$/i)
    expect(code).toBe('VALIDATION_FAILED')
    for (const place of places) expect(['/subject', '/verificationLine', '/from']).toContain(place)
    expect(mails).toEqual([])
    return
  }
  expect(status).toBe(200)
  if (by === 'publicToken') expect(words.join('\n')).not.toMatch(/@|:\/\//)
  expect(mails).toHaveLength(1)
  expect(mails.flatMap((mail) => oddities(mail, request.email ?? ''))).toEqual([])
  expect(['login@acme.example', allowedSender]).toContain(mails[0]?.from.toLowerCase())
}

describe.each(ways)('$id with $by', (way) => {
  it('accepts every valid request, refuses every other one as documented, and emails only the given recipient', async () => {
    const answers = new Set<number>()
    await fc.assert(
      fc.asyncProperty(requestsTo(way.id), async (request) => {
        const answer = await ask(way, request)
        const { status, code, mails } = answer
        if (request.refusal !== undefined) {
          expect(status).toBe(request.refusal)
          if (status === 400) expect(code).toBe('VALIDATION_FAILED')
          expect(mails).toEqual([])
          return
        }
        expect([413, 415]).not.toContain(status)
        answers.add(status)
        if (way.id.startsWith('send')) {
          expectOneMail(way, request, answer)
          return
        }
        expect(code).not.toBe('VALIDATION_FAILED')
        expect(mails).toEqual([])
      }),
      runs({ quick: 200, long: 10_000 }),
    )
    const isSaidWithAToken = way.by === 'publicToken' && way.id.startsWith('send')
    expect([...answers].sort()).toEqual(isSaidWithAToken ? [200, 400] : [isOfASession(way.id) ? 404 : 200])
  })
})

// The comparison is the same for every credential. If possible, use the one that an attacker has.
const verifies = ways.filter(
  ({ id }, place) => id.startsWith('verify') && ways.findIndex((way) => way.id === id) === place,
)

describe.each(verifies)('$id of an open session with $by', (way) => {
  const flow = [instant, backend, emailVerification].find(({ verifyId }) => verifyId === way.id) ?? backend
  const valid = requestsTo(way.id).filter(({ refusal }) => refusal === undefined)

  it('compares any input with the code, and accepts none of it', async () => {
    const api = await flow.authorized(server)
    await fc.assert(
      fc.asyncProperty(valid, fc.constantFrom('code', 'email', undefined), async (request, known) => {
        // Ten digits, so that no text is the code by chance.
        const sent = await sendAndRead(server, flow, api, { email: 'user@example.com', otpDigits: 10 })
        const aimed = withText(request, 'sessionId', sent.sessionId)
        const { status, code, mails } = await ask(way, known ? withText(aimed, known, sent[known]) : aimed)
        expect({ status, code, mails }).toEqual({ status: 400, code: 'INVALID_CODE', mails: [] })
      }),
      runs({ quick: 60, long: 5_000 }),
    )
  })
})

describe.each(ways.filter(({ id }) => id.startsWith('send')))('$id with $by', (way) => {
  const withEmail = (email: string): MadeRequest => ({
    made: 'an address',
    refusal: undefined,
    query: '',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  })

  it(`sends no email for ${hostileAddresses.length} texts that are not exactly one address`, async () => {
    expect(new Set(hostileAddresses).size).toBeGreaterThan(200)
    for (const email of hostileAddresses) {
      const { code, mails } = await ask(way, withEmail(email))
      expect({ email, code, mails }).toEqual({ email, code: 'VALIDATION_FAILED', mails: [] })
    }
  })

  it('sends one email, to exactly the given address, however unusual', async () => {
    await fc.assert(
      fc.asyncProperty(validAddress, async (email) => {
        const { mails } = await ask(way, withEmail(email))
        expect(mails).toHaveLength(1)
        expect(mails.flatMap((mail) => oddities(mail, email))).toEqual([])
      }),
      runs({ quick: 50, long: 2000 }),
    )
  })
})
