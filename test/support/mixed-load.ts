import type { Fleet, FleetServer, MailedSession } from './fleet.ts'
import { wrongCode } from './flows.ts'
import type { RawAnswer } from './raw-http.ts'

const json = { 'Content-Type': 'application/json' }
const sendPath = '/api/v1/backend-otp/send'
const unknownSession = 'ev_01KPJRXTK0Q4T7V9X2B5N6C1DE'

/** One kind of request, with the status that it must get. */
interface Kind {
  status: number
  make(server: FleetServer, journey: Journey): Promise<RawAnswer>
}

/** What the requests of one caller share. */
interface Journey {
  backend: MailedSession
  hosted: MailedSession
  /** The session of a browser, with a public token. */
  instant: MailedSession
  byBrowser: { headers: Record<string, string> }
}

const submit = (server: FleetServer, sessionId: string, code: string) =>
  server.call('/verify-email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ sessionId, code })),
  })

const sendRaw = (server: FleetServer, body: string, headers: Record<string, string> = json) =>
  server.call(sendPath, { method: 'POST', headers, body })

/** The right and wrong requests of callers, in this order. */
const kinds: Record<string, Kind> = {
  'wrong code': {
    status: 400,
    make: (server, { backend }) => server.verify({ ...backend, code: wrongCode(backend.code) }),
  },
  'right code': { status: 200, make: (server, { backend }) => server.verify(backend) },
  'same code again': { status: 404, make: (server, { backend }) => server.verify(backend) },
  'right code by a browser': {
    status: 200,
    make: (server, { instant, byBrowser }) => server.post('/api/v1/instant-otp/verify', instant, byBrowser),
  },
  list: { status: 200, make: (server) => server.call('/api/v1/backend-otp/verifications?limit=20') },
  page: {
    status: 200,
    make: (server, { hosted }) => server.call(`/verify-email?sessionId=${hosted.sessionId}`),
  },
  'wrong code on the page': {
    status: 400,
    make: (server, { hosted }) => submit(server, hosted.sessionId, wrongCode(hosted.code)),
  },
  'right code on the page': {
    status: 200,
    make: (server, { hosted }) => submit(server, hosted.sessionId, hosted.code),
  },
  'page of nobody': {
    status: 404,
    make: (server) => server.call(`/verify-email?sessionId=${unknownSession}`),
  },
  'refused by the mail server': {
    status: 502,
    make: (server) => server.send({ email: 'refused@example.com' }),
  },
  'bad credential': { status: 401, make: (server) => sendRaw(server, '{}', { Authorization: 'Bearer x' }) },
  'bad JSON': { status: 400, make: (server) => sendRaw(server, '{"email"') },
  'bad address': { status: 400, make: (server) => sendRaw(server, '{"email":"nobody"}') },
  'bad type': { status: 415, make: (server) => sendRaw(server, 'email', { 'Content-Type': 'text/plain' }) },
  'too large': { status: 413, make: (server) => sendRaw(server, 'x'.repeat(20_000)) },
  'unknown path': { status: 404, make: (server) => server.call('/nope') },
  ready: { status: 200, make: (server) => server.call('/readyz') },
}

/** Sends every kind of request once, on three new sessions. @returns the answers that were not as expected */
export async function makeJourney(
  fleet: Fleet,
  server: FleetServer,
  pause: () => Promise<unknown>,
): Promise<string[]> {
  const unexpected: string[] = []
  const expectStatus = async (kind: string, status: number, call: Promise<RawAnswer>) => {
    const answer = await call.catch((error: unknown) => ({ status: String(error), text: '' }))
    if (answer.status !== status) unexpected.push(`${kind}: ${answer.status} ${answer.text}`)
    await pause()
    return answer
  }
  const mailed = async (
    path: string,
    options: Parameters<FleetServer['post']>[2] = {},
  ): Promise<MailedSession> => {
    const email = fleet.newAddress()
    const { text } = await expectStatus(path, 200, server.post(path, { email }, options))
    const { data } = JSON.parse(text || '{}') as { data?: { sessionId: string } }
    return { sessionId: data?.sessionId ?? '', email, code: data ? fleet.ledger.codeTo(email) : '' }
  }
  const byBrowser = { headers: { Authorization: `Bearer ${fleet.token}` } }
  const journey: Journey = {
    backend: await mailed(sendPath),
    hosted: await mailed('/api/v1/email-verification/send'),
    instant: await mailed('/api/v1/instant-otp/send', byBrowser),
    byBrowser,
  }
  for (const [kind, { status, make }] of Object.entries(kinds)) {
    await expectStatus(kind, status, make(server, journey))
  }

  const email = fleet.newAddress()
  const keyed = { headers: { 'Idempotency-Key': email } }
  const once = () => expectStatus('send under a key', 200, server.post(sendPath, { email }, keyed))
  const [first, repeat] = [await once(), await once()]
  if (repeat.text !== first.text) unexpected.push(`repeat under a key: ${repeat.text} after ${first.text}`)
  return unexpected
}
