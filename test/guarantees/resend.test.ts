import { describe, expect, it } from 'vitest'
import { backend, emailVerification, type Flow, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

describe.each([
  ['instant', instant],
  ['backend', backend],
  ['email verification', emailVerification],
])('a resend (%s)', (_name, flow: Flow) => {
  const server = useServer()
  let recipients = 0

  /** Creates a new recipient, with functions to ask for a code and to verify it. */
  const asking = async () => {
    const api = await flow.authorized(server)
    const email = `r${++recipients}@example.com`
    const ask = (options: object = {}) => sendAndRead(server, flow, api, { email, ...options })
    const verify = async ({ sessionId }: { sessionId: string }, code: string, address = email) => {
      const { response, error } = await flow.verify(api, { sessionId, email: address, code })
      return error ? `${response.status} ${error.error.code}` : response.status
    }
    return { api, email, ask, verify }
  }

  it('lets the newer session accept the earlier code, which is then used up', async () => {
    const { ask, verify } = await asking()
    const earlier = await ask()
    server.now += 30_000
    const newer = await ask()
    expect(await verify(newer, earlier.code)).toBe(200)
    expect(await verify(newer, newer.code)).toBe('404 SESSION_NOT_FOUND')
    expect(await verify(earlier, earlier.code)).toBe('404 SESSION_NOT_FOUND')
  })

  it('lets each session accept its own code, and a code used in one session then fails in the other', async () => {
    const { ask, verify } = await asking()
    const earlier = await ask()
    const newer = await ask()
    expect(await verify(earlier, earlier.code)).toBe(200)
    expect(await verify(newer, earlier.code)).toBe('400 INVALID_CODE')
    expect(await verify(newer, newer.code)).toBe(200)
  })

  it('does not let the earlier session accept the newer code', async () => {
    const { ask, verify } = await asking()
    const earlier = await ask()
    const newer = await ask()
    expect(await verify(earlier, newer.code)).toBe('400 INVALID_CODE')
  })

  it('lets the newest session accept at most the last two codes', async () => {
    const { ask, verify } = await asking()
    const [first, second, third] = [await ask(), await ask(), await ask()]
    expect(await verify(third, first.code)).toBe('400 INVALID_CODE')
    expect(await verify(third, second.code)).toBe(200)
  })

  it('lets a newer session accept the earlier code exactly until it expires', async () => {
    const { ask, verify } = await asking()
    const short = await ask({ expiresInSeconds: 60 })
    const newer = await ask()
    server.now += 59_999
    const newest = await ask()
    expect(await verify(newer, short.code)).toBe(200)
    server.now += 1
    expect(await verify(newest, short.code)).toBe('400 INVALID_CODE')
    const next = await asking()
    const gone = await next.ask({ expiresInSeconds: 60 })
    const stays = await next.ask()
    server.now += 60_000
    expect(await next.verify(stays, gone.code)).toBe('400 INVALID_CODE')
  })

  it('gives both sessions one budget of attempts, whichever session gets the guesses', async () => {
    const { ask, verify } = await asking()
    const earlier = await ask()
    expect(await verify(earlier, wrongCode(earlier.code))).toBe('400 INVALID_CODE')
    const newer = await ask()
    const wrong = String((Number(earlier.code) + 500_000) % 1_000_000).padStart(6, '0')
    expect([earlier.code, newer.code]).not.toContain(wrong)
    for (const session of [newer, earlier, newer, earlier]) {
      expect(await verify(session, wrong)).toBe('400 INVALID_CODE')
    }
    for (const session of [earlier, newer]) {
      expect(await verify(session, earlier.code)).toBe('429 RATE_LIMITED')
      expect(await verify(session, newer.code)).toBe('429 RATE_LIMITED')
    }
  })

  it('starts with new attempts if the earlier ones are used up, and the earlier code no longer works', async () => {
    const { ask, verify } = await asking()
    const earlier = await ask()
    for (let n = 0; n < 5; n++) await verify(earlier, wrongCode(earlier.code))
    const newer = await ask()
    expect(await verify(newer, earlier.code)).toBe('400 INVALID_CODE')
    for (let n = 0; n < 3; n++) expect(await verify(newer, wrongCode(newer.code))).toBe('400 INVALID_CODE')
    expect(await verify(newer, newer.code)).toBe(200)
  })

  it('accepts no code of another recipient, project, flow or failed send', async () => {
    const { api, ask, verify } = await asking()
    const earlier = await ask()
    const stranger = await asking()
    const theirs = await stranger.ask()
    expect(await stranger.verify(theirs, earlier.code)).toBe('400 INVALID_CODE')

    const { email } = earlier
    const elsewhere = await flow.authorized(server, 'another-project')
    const there = await sendAndRead(server, flow, elsewhere, { email })
    const answer = await flow.verify(elsewhere, { ...there, code: earlier.code })
    expect(answer.error?.error.code).toBe('INVALID_CODE')

    const other = flow.sendId === 'sendBackendOtp' ? emailVerification : backend
    const inOther = await sendAndRead(server, other, await other.authorized(server), { email })
    expect(
      (await other.verify(await other.authorized(server), { ...inOther, code: earlier.code })).error?.error
        .code,
    ).toBe('INVALID_CODE')

    server.sink.atRecipient = 550
    expect((await flow.send(api, { email })).response.status).toBe(502)
    server.sink.atRecipient = 'accept'
    const newer = await ask()
    expect(await verify(newer, earlier.code)).toBe(200)
  })

  it('accepts no code of another address, even if both addresses lead to one mailbox and count as one', async () => {
    const { api } = await asking()
    const box = `box${++recipients}`
    const [one, other] = [`${box}+a@gmail.com`, `${box}+b@gmail.com`]
    const toOne = await sendAndRead(server, flow, api, { email: one })
    const toOther = await sendAndRead(server, flow, api, { email: other })
    const status = async (session: { sessionId: string }, email: string, code: string) =>
      (await flow.verify(api, { sessionId: session.sessionId, email, code })).response.status

    for (const email of [one, other]) expect(await status(toOther, email, toOne.code)).toBe(400)
    // Two of five attempts are gone. If the sessions were linked, the next four would use up the rest, and one more.
    for (let n = 0; n < 4; n++) expect(await status(toOne, one, wrongCode(toOne.code))).toBe(400)
    expect(await status(toOther, other, toOther.code)).toBe(200)
    expect(await status(toOne, one, toOne.code)).toBe(200)
  })
})

describe('a resend, on the hosted page', () => {
  const server = useServer()

  it('lets the newer session accept the earlier code', async () => {
    const api = await emailVerification.authorized(server)
    const earlier = await sendAndRead(server, emailVerification, api, { email: 'page@example.com' })
    const { sessionId } = await sendAndRead(server, emailVerification, api, { email: 'page@example.com' })
    expect((await submitForm(server, { sessionId, code: earlier.code })).status).toBe(200)
  })
})
