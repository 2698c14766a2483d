import { describe, expect, it } from 'vitest'
import { backend, emailVerification, type Flow, instant, sendAndRead, wrongCode } from './flows.ts'
import type { TestServer } from './server.ts'

/** 200: the right code, once. */
export function verifiesTheCode(server: TestServer, flow: Flow): void {
  it('verifies the emailed code, and only once', async () => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'once@example.com' })
    const { data, response } = await flow.verify(api, sent)
    expect(response.status).toBe(200)
    expect(data).toEqual({ success: true, data: { verified: true } })
    expect((await flow.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
  })

  it.each([
    ['spaces', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\t\n`],
    ['dashes', (code: string) => `${code.slice(0, 2)}-${code.slice(2, 4)}–${code.slice(4)}`],
    [
      'full-width digits',
      (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    ],
  ])('accepts %s in the typed code', async (_case, spell) => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'typed@example.com' })
    expect((await flow.verify(api, { ...sent, code: spell(sent.code) })).response.status).toBe(200)
  })

  it('counts no attempt for a text that cannot be the code', async () => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'fumbled@example.com' })
    for (const code of ['', 'abcdef', '12345', '1234567', '12345x', '-', '1', '1234567890', '12345678901']) {
      const { response, error } = await flow.verify(api, { ...sent, code })
      expect([response.status, error?.error.code]).toEqual([400, 'INVALID_CODE'])
    }
    expect((await flow.verify(api, sent)).response.status).toBe(200)
  })

  it('ignores upper and lower case in the address', async () => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'mixed@example.com' })
    expect((await flow.verify(api, { ...sent, email: 'MIXED@Example.COM' })).response.status).toBe(200)
  })

  it('accepts the right code up to the last millisecond, after wrong codes, with any credential of the project', async () => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'late@example.com', expiresInSeconds: 60 })
    for (let n = 0; n < 4; n++) await flow.verify(api, { ...sent, code: wrongCode(sent.code) })
    server.now += 59_999
    expect((await flow.verify(await flow.authorized(server), sent)).response.status).toBe(200)
  })

  it('accepts exactly one of many simultaneous right codes', async () => {
    const api = await flow.authorized(server)
    const sent = await sendAndRead(server, flow, api, { email: 'parallel@example.com' })
    const answers = await Promise.all(Array.from({ length: 40 }, () => flow.verify(api, sent)))
    expect(answers.filter(({ response }) => response.status === 200)).toHaveLength(1)
    expect(answers.filter(({ response }) => response.status === 404)).toHaveLength(39)
  })
}

/** 400, 404 and 429: everything except the right code in time. */
export function refusesTheRest(server: TestServer, flow: Flow): void {
  describe('400 INVALID_CODE', () => {
    it.each([
      ['a wrong code', wrongCode],
      ['a code that is too short', (code: string) => code.slice(1)],
      ['a code that is too long', (code: string) => `${code}0`],
      ['letters', () => 'abcdef'],
      ['an empty code', () => ''],
      ['SQL', () => "' or 1=1 --"],
    ])('refuses %s', async (_case, spell) => {
      const api = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, api, { email: 'wrong@example.com' })
      const { response, error } = await flow.verify(api, { ...sent, code: spell(sent.code) })
      expect(response.status).toBe(400)
      expect(error?.error.code).toBe('INVALID_CODE')
    })

    it.each(['other@example.com', 'no address', ''])(
      'refuses the right code with the address %j, and counts an attempt',
      async (email) => {
        const api = await flow.authorized(server)
        const sent = await sendAndRead(server, flow, api, { email: 'mine@example.com' })
        for (let n = 0; n < 5; n++) {
          expect((await flow.verify(api, { ...sent, email })).error?.error.code).toBe('INVALID_CODE')
        }
        expect((await flow.verify(api, sent)).error?.error).toMatchObject({
          ...{ code: 'RATE_LIMITED', reason: 'ATTEMPTS_USED_UP' },
        })
      },
    )
  })

  describe('400 INVALID_CODE and attemptsLeft', () => {
    const isOfTokens = flow.sendLimitCode === 'OTP_RATE_LIMITED'

    it('shows attemptsLeft to a server key, and to the credential that opened the session', async () => {
      const opener = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, opener, { email: 'left@example.com', otpDigits: 4 })
      const key = server.client(await server.key())
      const leftFor = async (api: typeof key, code: string) =>
        (await flow.verify(api, { ...sent, code })).error?.error.attemptsLeft
      expect(await leftFor(opener, wrongCode(sent.code))).toBe(2)
      expect(await leftFor(key, wrongCode(sent.code))).toBe(1)
      expect(await leftFor(key, 'no code')).toBe(1)
      expect(await leftFor(opener, wrongCode(sent.code))).toBe(0)
    })

    it.runIf(isOfTokens)(
      'hides attemptsLeft from other public tokens, which could watch somebody else’s session',
      async () => {
        const sent = await sendAndRead(server, flow, await flow.authorized(server), {
          email: 'watched@example.com',
        })
        const { error } = await flow.verify(await flow.authorized(server), {
          ...sent,
          code: wrongCode(sent.code),
        })
        expect(error?.error.code).toBe('INVALID_CODE')
        expect(error?.error).not.toHaveProperty('attemptsLeft')
      },
    )
  })

  describe('400 VALIDATION_FAILED', () => {
    const valid = {
      sessionId: `${flow.sessionIdPrefix}01KPJRXTK0Q4T7V9X2B5N6C1DE`,
      email: 'a@x.co',
      code: '123456',
    }
    it.each([
      ['sessionId', undefined],
      ['sessionId', 5],
      ['sessionId', 'x'.repeat(65)],
      ['email', undefined],
      ['email', null],
      ['email', 'x'.repeat(255)],
      ['code', undefined],
      ['code', 123456],
      ['code', ['123456']],
      ['code', '1'.repeat(65)],
    ])('refuses %s = %j', async (field, value) => {
      const { status, body } = await server.raw(flow.verifyId, {
        body: JSON.stringify({ ...valid, [field]: value }),
        headers: { Authorization: `Bearer ${await server.key()}`, 'Content-Type': 'application/json' },
      })
      expect(status).toBe(400)
      expect(body.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: `/${field}` }] })
    })
  })

  describe('404 SESSION_NOT_FOUND', () => {
    it.each(['', 'x', `${flow.sessionIdPrefix}01KPJRXTK0Q4T7V9X2B5N6C1DE`, '\0', '%', '../..'])(
      'refuses the unknown session %j',
      async (sessionId) => {
        const api = await flow.authorized(server)
        const { response, error } = await flow.verify(api, { sessionId, email: 'a@x.co', code: '123456' })
        expect(response.status).toBe(404)
        expect(error?.error.code).toBe('SESSION_NOT_FOUND')
      },
    )

    it('refuses the code from the millisecond at which the session expires', async () => {
      const api = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, api, {
        email: 'expired@example.com',
        expiresInSeconds: 60,
      })
      server.now += 60_000
      expect((await flow.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
    })

    it('refuses a session of another flow or another project', async () => {
      const api = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, api, { email: 'foreign@example.com' })
      for (const other of [instant, backend, emailVerification].filter(
        ({ sendId }) => sendId !== flow.sendId,
      )) {
        const { error } = await other.verify(await other.authorized(server), sent)
        expect(error?.error.code).toBe('SESSION_NOT_FOUND')
      }
      const stranger = await flow.authorized(server, 'another-project')
      expect((await flow.verify(stranger, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
      expect((await flow.verify(api, sent)).response.status).toBe(200)
    })
  })

  describe('429 RATE_LIMITED', () => {
    it.each([
      [4, 3],
      [5, 3],
      [6, 5],
      [10, 5],
    ])(
      'allows a code of %i digits %i attempts, then refuses even the right code',
      async (otpDigits, attempts) => {
        const api = await flow.authorized(server)
        const sent = await sendAndRead(server, flow, api, { email: 'guess@example.com', otpDigits })
        for (let n = 0; n < attempts; n++) {
          expect((await flow.verify(api, { ...sent, code: wrongCode(sent.code) })).error?.error.code).toBe(
            'INVALID_CODE',
          )
        }
        const { response, error } = await flow.verify(api, sent)
        expect(response.status).toBe(429)
        expect(error?.error.code).toBe('RATE_LIMITED')
        expect(error?.error.message).toBe('The attempts of this session are used up. Send a new code.')
        expect(response.headers.has('retry-after')).toBe(false) // waiting does not help
      },
    )

    it('compares at most 5 of 40 codes that arrive at the same time', async () => {
      const api = await flow.authorized(server)
      const sent = await sendAndRead(server, flow, api, { email: 'burst@example.com' })
      const wrong = { ...sent, code: wrongCode(sent.code) }
      const answers = await Promise.all(Array.from({ length: 40 }, () => flow.verify(api, wrong)))
      expect(answers.filter(({ response }) => response.status === 400)).toHaveLength(5)
      expect(answers.filter(({ response }) => response.status === 429)).toHaveLength(35)
    })
  })
}
