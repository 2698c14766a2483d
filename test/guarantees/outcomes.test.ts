import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emailVerification, wrongCode } from '../support/flows.ts'
import { OutcomeModel, type OutcomeSession } from '../support/outcome-model.ts'
import { submitForm } from '../support/page.ts'
import { runs } from '../support/properties.ts'
import { listen, Receiver } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'

const second = 1000
const environment = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1', LIMIT_GUESSES_PER_RECIPIENT: 'off' }

type Act =
  | { act: 'send' | 'fail'; recipient: number }
  | { act: 'api' | 'page'; which: number; typed: 'own' | 'earlier' | 'wrong' }
  | { act: 'cancel'; which: number }
  | { act: 'wait'; ms: number }
  | { act: 'restart' }

const recipient = fc.integer({ min: 0, max: 1 })
const which = fc.integer({ min: 0, max: 3 })
const typed = fc.constantFrom('own', 'earlier', 'wrong', 'wrong') as fc.Arbitrary<'own' | 'earlier' | 'wrong'>
const acts = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('send' as const), recipient }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('fail' as const), recipient }) },
  {
    weight: 8,
    arbitrary: fc.record({ act: fc.constantFrom('api' as const, 'page' as const), which, typed }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('cancel' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(second, 20 * second, 61 * second),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ act: 'restart' as const }) },
) satisfies fc.Arbitrary<Act>

const typeOfEnd: Record<string, string> = {
  VERIFIED: 'verification.completed',
  EXPIRED: 'verification.expired',
  ATTEMPTS_USED_UP: 'verification.attempts_used_up',
  CANCELED: 'verification.canceled',
  FAILED: 'delivery.failed',
}

describe('the outcome of a session', () => {
  const server = useServer({ environment })
  const receiver = new Receiver()
  beforeAll(async () => {
    await receiver.start()
    await listen(server.store, receiver.url, {}, () => server.now)
  })
  afterAll(() => receiver.stop())

  let people = 0

  /** Does one thing on the server, and applies its rules to the model. */
  async function perform(act: Act, model: OutcomeModel, emails: string[], key: string): Promise<void> {
    const api = server.client(key)
    server.now += 1
    const now = server.now
    const chosen = (place: number): OutcomeSession | undefined => model.sessions.at(-1 - place)
    switch (act.act) {
      case 'wait':
        server.now += act.ms
        return
      case 'restart':
        return server.restart({})
      case 'send':
      case 'fail': {
        const email = emails[act.recipient] as string
        server.sink.atRecipient = act.act === 'fail' ? 550 : 'accept'
        const { data } = await emailVerification.send(api, { email, expiresInSeconds: 60 })
        server.sink.atRecipient = 'accept'
        const [row] = await server.store.rows(
          'select id from sessions where email = $1 and issued_at = $2',
          email,
          now,
        )
        const code = data && server.sink.codeTo(email)
        return model.send(String(row?.['id']), act.recipient, code, now, 60 * second)
      }
      case 'cancel': {
        const session = chosen(act.which)
        if (session === undefined) return
        await emailVerification.cancel(api, session.id)
        return model.cancel(session, now)
      }
      default: {
        const session = chosen(act.which)
        if (session === undefined) return
        const real = { own: session.code, earlier: session.earlier?.code }[act.typed as 'own' | 'earlier']
        const code = real || notAmong([session.code, session.earlier?.code ?? ''])
        const { id: sessionId } = session
        const email = emails[session.recipient] as string
        if (act.act === 'api') await emailVerification.verify(api, { sessionId, email, code })
        else await submitForm(server, { sessionId, code })
        return model.type(session, code, now)
      }
    }
  }

  function notAmong(codes: string[]): string {
    let code = wrongCode(codes[0] || '000000')
    while (codes.includes(code)) code = wrongCode(code)
    return code
  }

  it('matches its status and its list of events at every step, and causes exactly one webhook at the end', async () => {
    const key = await server.key()
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 24 }), async (sequence) => {
        const model = new OutcomeModel()
        const emails = [0, 1].map((n) => `person${people + n}@example.com`)
        people += 2
        receiver.received.splice(0)
        for (const act of sequence) {
          await perform(act, model, emails, key)
          for (const session of model.sessions) {
            const { data } = await emailVerification.status(server.client(key), session.id)
            const email = emails[session.recipient] as string
            expect(data?.data).toEqual(model.answerOf(session, email, server.now))
          }
        }
        await server.app.deliverWebhooks()
        for (const session of model.sessions) {
          const heard = receiver.events.filter(({ data }) => data['sessionId'] === session.id)
          // A restart may cut off a delivery that had already arrived. The event then comes again, with the same id.
          const told = [...new Map(heard.map((each) => [each.event_id, each])).values()]
          const status = model.statusOf(session, server.now)
          const expected = status === 'PENDING' ? [] : [typeOfEnd[status]]
          expect(told.map(({ type }) => type)).toEqual(expected)
          const { events: _, ...view } = model.answerOf(
            session,
            emails[session.recipient] as string,
            server.now,
          ) as {
            events: unknown
          }
          for (const { data } of told) expect(data).toEqual(view)
        }
        // End the open sessions now. Otherwise their events would arrive in the middle of the next sequence.
        server.now += 61 * second
        await server.app.deliverWebhooks()
      }),
      runs({ quick: 20, long: 500 }),
    )
  })
})
