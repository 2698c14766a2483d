import { describe, expect, it } from 'vitest'
import { testEnvironment } from '../support/environment.ts'
import { figure } from '../support/figures.ts'
import { useFleet } from '../support/fleet.ts'
import { backend, emailVerification, instant } from '../support/flows.ts'
import { keyedSender } from '../support/idempotency-cases.ts'
import { Command } from '../support/process.ts'
import { type TestServer, useServer } from '../support/server.ts'

const processes = 4
const day = 24 * 60 * 60_000

function mailsTo(server: TestServer, email: string): number {
  return server.sink.mails.filter(({ recipients }) => recipients.includes(email)).length
}

describe('a send with an Idempotency-Key', () => {
  const server = useServer()

  it.each([
    ['instant', instant],
    ['backend', backend],
    ['email verification', emailVerification],
  ])('causes one email and one response, even if 20 arrive at once (%s)', async (name, flow) => {
    for (let round = 0; round < figure({ quick: 3, long: 100 }); round++) {
      const body = { email: `${name.replace(' ', '-')}-${round}@example.com` }
      const send = await keyedSender(server, flow)
      const answers = await Promise.all(Array.from({ length: 20 }, () => send('at-once', body)))
      const again = await Promise.all(Array.from({ length: 20 }, () => send('at-once', body)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
      expect(again.map(({ status }) => status)).toEqual(Array(20).fill(200))
      const texts = [...answers, ...again].filter(({ status }) => status === 200).map(({ text }) => text)
      expect(new Set(texts).size).toBe(1)
      expect(mailsTo(server, body.email)).toBe(1)
    }
  })

  it('counts once against the limits, and its repeat still gets the response when a new send is refused', async () => {
    await server.restart({ LIMIT_PER_RECIPIENT: '1/1h' })
    const send = await keyedSender(server, backend)
    const body = { email: 'counted@example.com' }
    const first = await send('counted', body)
    expect((await send('counted', body)).text).toBe(first.text)
    expect((await send('new', body)).status).toBe(429)
    server.now += 60 * 60_000 + 1
    expect((await send('new', body)).status).toBe(200)
    await server.restart({})
  })

  it('gets the same response for 24 hours, and is a new send after that', async () => {
    const send = await keyedSender(server, backend)
    const body = { email: 'a-day@example.com' }
    const first = await send('a-day', body)
    server.now += day - 1
    expect((await send('a-day', body)).text).toBe(first.text)
    server.now += 1
    const next = await send('a-day', { ...body, otpDigits: 8 })
    expect(next.status).toBe(200)
    expect(next.text).not.toBe(first.text)
    expect(mailsTo(server, body.email)).toBe(2)
  })

  it('belongs to its credential: another credential can use the same key', async () => {
    const [mine, theirs] = [await keyedSender(server, backend), await keyedSender(server, backend)]
    const first = await mine('shared', { email: 'mine@example.com' })
    const other = await theirs('shared', { email: 'theirs@example.com' })
    expect([first.status, other.status]).toEqual([200, 200])
    expect(other.text).not.toBe(first.text)
  })

  it('also belongs to its recipient if it uses a public token, which many people can have', async () => {
    const send = await keyedSender(server, instant)
    const recipients = Array.from({ length: 10 }, (_, n) => ({ email: `guessed-${n}@example.com` }))
    const answers = []
    for (const body of recipients) answers.push(await send('1', body))
    expect(answers.map(({ status }) => status)).toEqual(recipients.map(() => 200))
    const sessions = answers.map(({ text }) => JSON.parse(text).data.sessionId)
    expect(new Set(sessions).size).toBe(recipients.length)
    for (const { email } of recipients) expect(mailsTo(server, email)).toBe(1)
    expect((await send('1', { ...recipients[0], otpDigits: 8 })).status).toBe(422)
  })

  it.each([
    ['refuses the recipient', { atRecipient: 550 as const }],
    ['refuses the message', { atData: 451 as const }],
  ])('can be repeated as a new try with the same key when the mail server %s', async (how, fault) => {
    const send = await keyedSender(server, backend)
    const body = { email: `${how.replaceAll(' ', '-')}@example.com` }
    Object.assign(server.sink, fault)
    expect((await send('try', body)).status).toBe(502)
    Object.assign(server.sink, { atRecipient: 'accept', atData: 'accept' })
    expect((await send('try', body)).status).toBe(200)
    expect(mailsTo(server, body.email)).toBe(1)
  })

  it('sends no second email while the first send is in progress, even if the clock goes back', async () => {
    const send = await keyedSender(server, backend)
    const body = { email: 'clock-back@example.com' }
    let letGo = () => {}
    const received = new Promise<void>((resolve) => {
      server.sink.whenReceived = () => {
        resolve()
        return new Promise<void>((release) => {
          letGo = release
        })
      }
    })
    const first = send('clock-back', body)
    await received
    expect((await send('clock-back', body)).error?.code).toBe('IDEMPOTENCY_IN_PROGRESS')
    server.now -= 60 * 60_000
    expect((await send('clock-back', body)).error?.code).toBe('IDEMPOTENCY_IN_PROGRESS')
    server.sink.whenReceived = async () => {}
    letGo()
    const { text } = await first
    expect((await send('clock-back', body)).text).toBe(text)
    expect(mailsTo(server, body.email)).toBe(1)
    server.now += 60 * 60_000
  })

  it('accepts a key of any visible characters, up to 255 of them', async () => {
    const send = await keyedSender(server, backend)
    const visible = Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n)).join('')
    for (const key of ['!', visible, 'x'.repeat(255)]) {
      expect((await send(key, { email: 'visible@example.com' })).status).toBe(200)
    }
  })
})

describe(`a send with an Idempotency-Key, over ${processes} processes`, () => {
  const fleet = useFleet(processes)

  it('causes one email and one response, even if 20 arrive at once at different processes', async () => {
    fleet.ledger.delayMs = () => 50 // so that the others arrive while the first is in progress
    for (let round = 0; round < figure({ quick: 5, long: 100 }); round++) {
      const body = { email: fleet.newAddress() }
      const options = { headers: { 'Idempotency-Key': `round-${round}` } }
      const send = (turn: number) => fleet.server(turn).post('/api/v1/backend-otp/send', body, options)
      const twenty = () => Promise.all(Array.from({ length: 20 }, (_, turn) => send(round + turn)))
      const [answers, again] = [await twenty(), await twenty()]
      for (const { status } of answers) expect([200, 409]).toContain(status)
      expect(again.map(({ status }) => status)).toEqual(Array(20).fill(200))
      const texts = [...answers, ...again].filter(({ status }) => status === 200).map(({ text }) => text)
      expect(new Set(texts).size).toBe(1)
      expect(fleet.ledger.entries.filter(({ to }) => to === body.email)).toHaveLength(1)
    }
  })
})

describe('a send with an Idempotency-Key whose server is killed', () => {
  const server = useServer()
  const options = { SMTP_TIMEOUT: '2s' }

  /** Starts another server on the same store and the same mail server. The test kills it. */
  const victim = async () => {
    const command = new Command(server.folder, ['serve'], {
      ...testEnvironment,
      DATABASE_URL: server.store.databaseUrl,
      SMTP_URL: server.sink.url,
      ...options,
    })
    const url = await command.printed(/"url":"([^"]+)"/)
    const kill = () => {
      command.signal('SIGKILL')
      return command.finished()
    }
    return { url, kill }
  }

  it('gets the same response byte for byte afterwards, without a second email', async () => {
    const { url, kill } = await victim()
    server.now = Date.now()
    const body = { email: 'before@example.com' }
    const sendThere = await keyedSender(server, emailVerification, url)
    const first = await sendThere('crash', body)
    await kill()
    expect(first.status).toBe(200)
    server.now = Date.now() + 60_000
    const after = await victim()
    const repeats = await Promise.all(
      Array.from({ length: 20 }, () => sendThere.at(after.url)('crash', body)),
    )
    await after.kill()
    expect(repeats.map(({ status, text }) => ({ status, text }))).toEqual(
      Array(20).fill({ status: 200, text: first.text }),
    )
    expect(mailsTo(server, body.email)).toBe(1)
  })

  it('gets 502 and sends no second email if the first one may have been accepted', async () => {
    const { url, kill } = await victim()
    server.now = Date.now()
    const body = { email: 'unknown@example.com' }
    const send = await keyedSender(server, backend, url)
    const received = new Promise<void>((resolve) => {
      server.sink.whenReceived = () => {
        resolve()
        return new Promise<void>(() => {})
      }
    })
    const lost = send('unknown', body).catch((error: unknown) => error)
    await received
    await kill()
    expect(await lost).toBeInstanceOf(Error)
    server.sink.whenReceived = async () => {}

    const here = send.at(server.directUrl)
    server.now = Date.now()
    expect((await here('unknown', body)).error?.code).toBe('IDEMPOTENCY_IN_PROGRESS')
    server.now = Date.now() + 60_000
    for (let n = 0; n < 3; n++) {
      const { status, error } = await here('unknown', body)
      expect({ status, code: error?.code }).toEqual({ status: 502, code: 'SMTP_DELIVERY_FAILED' })
    }
    expect(mailsTo(server, body.email)).toBe(1)
    expect((await here('another', body)).status).toBe(200)
  })
})
