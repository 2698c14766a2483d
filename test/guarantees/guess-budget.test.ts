import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backend, emailVerification, sendAndRead, wrongCode } from '../support/flows.ts'
import { submitForm } from '../support/page.ts'
import { runs } from '../support/properties.ts'
import { useServer } from '../support/server.ts'
import { type ModelSession, VerifyModel } from '../support/verify-model.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe('the budget of wrong codes for one recipient', () => {
  const server = useServer()
  const wrongFor = async (email: string) => {
    const api = await backend.authorized(server)
    const sent = await sendAndRead(server, backend, api, { email })
    const { response, error } = await backend.verify(api, { ...sent, code: wrongCode(sent.code) })
    return { ...sent, api, status: response.status, error: error?.error, headers: response.headers }
  }

  it('spans all sessions and flows of a project; once spent, even a right code is refused until the day ends', async () => {
    const start = server.now
    for (let n = 0; n < 50; n++) {
      const { status } = await wrongFor(n % 2 ? 'budget@example.com' : 'Budget@Example.COM')
      expect(status).toBe(400)
      server.now += 11 * minute
    }
    const { status, error, headers, api, ...sent } = await wrongFor('budget@example.com')
    const seconds = Math.ceil((start + day + 1 - server.now) / 1000)
    expect(status).toBe(429)
    expect(error).toMatchObject({
      ...{ code: 'RATE_LIMITED', reason: 'GUESS_LIMIT', retryAfterSeconds: seconds },
    })
    expect(error?.message).toBe('Too many wrong codes were entered. Wait before you try again.')
    expect(headers.get('retry-after')).toBe(String(seconds))
    expect((await backend.verify(api, sent)).response.status).toBe(429)

    const otherFlow = await emailVerification.authorized(server)
    const there = await sendAndRead(server, emailVerification, otherFlow, { email: 'budget@example.com' })
    expect((await emailVerification.verify(otherFlow, there)).response.status).toBe(429)
    const page = await submitForm(server, { sessionId: there.sessionId, code: there.code })
    expect(page.status).toBe(429)
    expect(page.headers.get('retry-after')).toBe(String(seconds))

    expect((await wrongFor('somebody-else@example.com')).status).toBe(400)
    const stranger = await emailVerification.authorized(server, 'another-project')
    const elsewhere = await sendAndRead(server, emailVerification, stranger, { email: 'budget@example.com' })
    expect((await emailVerification.verify(stranger, elsewhere)).response.status).toBe(200)
    server.now = start + day
    expect((await wrongFor('budget@example.com')).error?.retryAfterSeconds).toBe(1)
    server.now += 1
    const next = await sendAndRead(server, backend, api, { email: 'budget@example.com' })
    expect((await backend.verify(api, next)).response.status).toBe(200)
  })

  it('is not used by a refused try, and neither are the attempts of the session', async () => {
    server.now += 2 * day
    await server.restart({ LIMIT_GUESSES_PER_RECIPIENT: '1/1h' })
    const first = await wrongFor('free@example.com')
    server.now += 55 * minute
    const api = await backend.authorized(server)
    const sent = await sendAndRead(server, backend, api, { email: 'free@example.com' })
    for (let n = 0; n < 9; n++) {
      const { error } = await backend.verify(api, { ...sent, code: wrongCode(sent.code) })
      expect(error?.error.retryAfterSeconds).toBe(5 * 60 + 1)
    }
    server.now += 5 * minute + 1
    expect((await backend.verify(api, sent)).response.status).toBe(200)
    expect(first.status).toBe(400)
    await server.restart({})
  })

  it('holds when the guesses arrive at once', async () => {
    await server.restart({ LIMIT_GUESSES_PER_RECIPIENT: '7/1h' })
    const api = await backend.authorized(server)
    const sessions = []
    for (let n = 0; n < 8; n++) {
      sessions.push(await sendAndRead(server, backend, api, { email: 'at-once@example.com' }))
      server.now += 11 * minute // the previous session is over, so each one has its own attempts
    }
    const open = await Promise.all(['a', 'b', 'c'].map(() => backend.authorized(server)))
    const guesses = await Promise.all(
      open.map(async (client) => ({
        client,
        sent: await sendAndRead(server, backend, client, { email: 'at-once@example.com' }),
      })),
    )
    const answers = await Promise.all(
      guesses.flatMap(({ client, sent }) =>
        Array.from({ length: 5 }, () => backend.verify(client, { ...sent, code: wrongCode(sent.code) })),
      ),
    )
    expect(answers.filter(({ response }) => response.status === 400)).toHaveLength(7)
    expect(answers.filter(({ response }) => response.status === 429)).toHaveLength(8)
    await server.restart({})
  })
})

describe('the server, in any sequence of sends, resends, right and wrong codes, waits and restarts', () => {
  // More than the attempts of a short code, and fewer than those of a long one. So either the guesses or the attempts
  // can run out first.
  const rules = { maxGuesses: 4, windowMs: 10 * minute }
  const server = useServer({ environment: { LIMIT_GUESSES_PER_RECIPIENT: '4/10m' } })

  interface World {
    emails: string[]
    ids: Map<ModelSession, string>
    /** The recipients who had no guesses left when last checked. */
    refused: Set<number>
  }
  class Step implements fc.AsyncCommand<VerifyModel, World> {
    readonly title: string
    readonly check: (model: Readonly<VerifyModel>) => boolean
    readonly run: (model: VerifyModel, world: World) => Promise<void>

    constructor(title: string, run: Step['run'], check: Step['check'] = () => true) {
      this.title = title
      this.run = run
      this.check = check
    }

    toString(): string {
      return this.title
    }
  }

  let key = ''
  const client = () => server.client(key) // the server's address changes with a restart

  const send = (recipient: number, options: { otpDigits: number; expiresInSeconds: number }) =>
    new Step(`send to ${recipient} ${JSON.stringify(options)}`, async (model, { emails, ids }) => {
      const email = emails[recipient] as string
      const { sessionId, code } = await sendAndRead(server, backend, client(), { email, ...options })
      model.send(recipient, code, server.now, options.expiresInSeconds * 1000)
      ids.set(model.sessions.at(-1) as ModelSession, sessionId)
    })

  const kinds = [
    '200',
    '400 INVALID_CODE',
    '404 SESSION_NOT_FOUND',
    '429 RATE_LIMITED',
    'no guesses left',
    'guesses again',
  ]
  /** How often each kind happened, in all runs together. If a kind never happens, the property proves nothing. */
  const happened: Record<string, number> = {}
  const note = (what: string) => {
    happened[what] = (happened[what] ?? 0) + 1
  }

  const verify = (title: string, back: number, codeFor: (of: ModelSession, all: ModelSession[]) => string) =>
    new Step(
      `type ${title} into the session ${back} before the last`,
      async (model, { emails, ids, refused }) => {
        const session = model.sessions.at(-1 - back) as ModelSession
        const { recipient } = session
        const code = codeFor(session, model.sessions)
        const { response, error } = await backend.verify(client(), {
          sessionId: ids.get(session) as string,
          email: emails[recipient] as string,
          code,
        })
        const { code: errorCode, retryAfterSeconds } = error?.error ?? {}
        const answer = [response.status, errorCode, retryAfterSeconds].filter((part) => part !== undefined)
        expect(answer.join(' ')).toBe(model.verify(session, code, server.now))

        const areGuessesUsedUp = retryAfterSeconds !== undefined
        note(areGuessesUsedUp ? 'no guesses left' : answer.join(' '))
        if (areGuessesUsedUp) refused.add(recipient)
        else if ([200, 400].includes(response.status) && refused.delete(recipient)) note('guesses again')
      },
      ({ sessions }) => sessions.length > back,
    )

  /** Returns a code that no session of this recipient has. */
  const wrong = ({ recipient, code: { length } }: ModelSession, all: ModelSession[]) => {
    const codes = new Set(all.filter((session) => session.recipient === recipient).map(({ code }) => code))
    let guess = 0
    while (codes.has(String(guess).padStart(length, '0'))) guess++
    return String(guess).padStart(length, '0')
  }

  const advance = (ms: number) =>
    new Step(`wait ${ms} ms`, async () => {
      server.now += ms
    })
  const restart = new Step('restart', () => server.restart({}))

  const options = fc.record({
    otpDigits: fc.constantFrom(5, 6),
    expiresInSeconds: fc.constantFrom(60, 3600, 3600),
  })
  const back = fc.nat({ max: 1 })
  const commands = fc.commands(
    [
      ...Array.from({ length: 3 }, () =>
        fc.tuple(fc.constantFrom(0, 0, 1), options).map(([to, wanted]) => send(to, wanted)),
      ),
      ...Array.from({ length: 8 }, () => back.map((n) => verify('a wrong code', n, wrong))),
      back.map((n) => verify('its code', n, (session) => session.code)),
      back.map((n) => verify('the code before', n, (of) => of.earlier?.code ?? of.code)),
      fc.constantFrom(...[1, 59_999, 5 * minute, 50 * minute].map(advance), restart),
      fc.constantFrom(...[10 * minute, 10 * minute + 1].map(advance)),
    ],
    { maxCommands: 60, size: 'max' },
  )

  it('answers every verify by the rules for attempts, shared by resends, and for guesses in every window', async () => {
    key = await server.key()
    let run = 0
    await fc.assert(
      fc.asyncProperty(commands, (steps) => {
        run++
        const emails = [`model-${run}-a@example.com`, `model-${run}-b@example.com`]
        return fc.asyncModelRun(
          () => ({ model: new VerifyModel(rules), real: { emails, ids: new Map(), refused: new Set() } }),
          steps,
        )
      }),
      runs({ quick: 20, long: 1_000 }),
    )
    for (const what of kinds) expect(happened[what] ?? 0, what).toBeGreaterThanOrEqual(3)
  })
})
