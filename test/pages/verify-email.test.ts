import { describe, expect, it } from 'vitest'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { backend, emailVerification, sendAndRead, wrongCode } from '../support/flows.ts'
import { askPage, sendVerification, submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

describe('the page of an email verification', () => {
  const server = useServer({ storeTimeoutMs: 50 })

  it('asks for the code and shows the masked address of the recipient', async () => {
    const { path } = await sendVerification(server, { email: 'ulrich.meier@example.com' })
    const page = await askPage(server, path)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Enter the code we sent to u••r@example.com.')
    expect(page.html).not.toMatch(/ulrich|meier/i)
    expect(page.hasForm).toBe(true)
  })

  it.each([
    ['as it was emailed', (code: string) => code],
    ['with spaces', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `],
    ['with dashes', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ])('verifies the code %s, and never shows the form again', async (_case, spell) => {
    const { sessionId, code, path } = await sendVerification(server)
    const done = await submitForm(server, { sessionId, code: spell(code) })
    expect(done.status).toBe(200)
    expect(done.text).toContain('Email address verified')
    expect(done.hasForm).toBe(false)
    expect((await askPage(server, path)).hasForm).toBe(false)
  })

  it('answers 200 if the address is already verified, because coming back is not an error', async () => {
    const { sessionId, code, path } = await sendVerification(server)
    await submitForm(server, { sessionId, code })
    for (const again of [
      await askPage(server, path),
      await submitForm(server, { sessionId, code }),
      await submitForm(server, { sessionId, code: wrongCode(code) }),
      await submitForm(server, { sessionId, code: '' }),
    ]) {
      expect(again.status).toBe(200)
      expect(again.text).toContain('Already verified')
      expect(again.hasForm).toBe(false)
    }
  })

  it('says how many attempts are left after a wrong code, and refuses even the right one after the last', async () => {
    const { sessionId, code, path } = await sendVerification(server, { otpDigits: 4 })
    for (const left of ['2 attempts', '1 attempt']) {
      const wrong = await submitForm(server, { sessionId, code: wrongCode(code) })
      expect(wrong.status).toBe(400)
      expect(wrong.text).toContain(`That code isn’t right You have ${left} left.`)
      expect(wrong.hasForm).toBe(true)
      expect(wrong.html).not.toContain(wrongCode(code))
    }
    for (const page of [
      await submitForm(server, { sessionId, code: wrongCode(code) }),
      await submitForm(server, { sessionId, code }),
      await askPage(server, path),
    ]) {
      expect(page.status).toBe(429)
      expect(page.text).toContain('Too many wrong codes')
      expect(page.headers.has('retry-after')).toBe(false) // waiting does not help
      expect(page.hasForm).toBe(false)
    }
  })

  it('shares one budget of attempts with the API', async () => {
    const { api, sent } = await sendVerification(server)
    const wrong = wrongCode(sent.code)
    for (let n = 0; n < 3; n++) await emailVerification.verify(api, { ...sent, code: wrong })
    expect((await submitForm(server, { ...sent, code: wrong })).text).toContain('You have 1 attempt left.')
    await submitForm(server, { ...sent, code: wrong })
    expect((await emailVerification.verify(api, sent)).error?.error.code).toBe('RATE_LIMITED')
  })

  it('limits simultaneous guesses as the API does, and verifies a right code only once', async () => {
    const { sessionId, code } = await sendVerification(server)
    const guesses = Array.from({ length: 20 }, () => submitForm(server, { sessionId, code: wrongCode(code) }))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 400).length).toBeLessThan(5)
    expect((await submitForm(server, { sessionId, code })).status).toBe(429)

    const other = await sendVerification(server)
    const right = Array.from({ length: 20 }, () => submitForm(server, other))
    const texts = (await Promise.all(right)).map(({ text }) => text)
    expect(texts.filter((text) => text.includes('Email address verified'))).toHaveLength(1)
    expect(texts.filter((text) => text.includes('Already verified'))).toHaveLength(19)
  })

  it('closes the session for the API once it is verified here', async () => {
    const { api, sent } = await sendVerification(server)
    await submitForm(server, sent)
    expect((await emailVerification.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
  })

  it('says that a code has expired, from the millisecond of its expiry', async () => {
    const { sessionId, code, path } = await sendVerification(server, { expiresInSeconds: 60 })
    server.now += 59_999
    expect((await askPage(server, path)).status).toBe(200)
    server.now += 1
    for (const page of [await askPage(server, path), await submitForm(server, { sessionId, code })]) {
      expect(page.status).toBe(410)
      expect(page.text).toContain('This code has expired')
      expect(page.hasForm).toBe(false)
      expect(page.html).not.toContain('example.com')
    }
  })

  it.each(['', 'x', 'ev_', 'ev_01KPJRXTK0Q4T7V9X2B5N6C1DE', "ev_' or 1=1 --", '%00', '%', '<script>'])(
    'answers 404 for the link %j',
    async (id) => {
      for (const page of [
        await askPage(server, `/verify-email?sessionId=${id}`),
        await submitForm(server, { sessionId: id, code: '123456' }),
        await submitForm(server, { sessionId: id, code: '' }),
      ]) {
        expect(page.status).toBe(404)
        expect(page.text).toContain('This link isn’t valid')
        expect(page.html).not.toContain('<script')
      }
    },
  )

  it('answers 404 for a link without a session, with two, or with one of another flow', async () => {
    const { path, sessionId } = await sendVerification(server)
    const other = await sendAndRead(server, backend, await backend.authorized(server), {
      email: 'user@example.com',
    })
    for (const wrong of [
      '/verify-email',
      `${path}&sessionId=${sessionId}`,
      `/verify-email?sessionId=${other.sessionId}`,
    ]) {
      expect((await askPage(server, wrong)).status).toBe(404)
    }
  })

  it('answers 404 for a session whose email was never sent', async () => {
    server.sink.atData = 554
    const api = server.client(await server.key())
    await emailVerification.send(api, { email: 'failed@example.com' })
    server.sink.atData = 'accept'
    const other = openConnection(server.databasePath, { readonly: true })
    const { id } = other.prepare('select id from sessions where failed_at is not null').get() as {
      id: string
    }
    other.close()
    expect((await askPage(server, `/verify-email?sessionId=${id}`)).status).toBe(404)
  })

  it('answers 503 with Retry-After while the store is locked, costs no attempt, and then works again', async () => {
    const { sessionId, code } = await sendVerification(server)
    const other = openConnection(server.databasePath)
    other.exec('begin exclusive')
    const held = await submitForm(server, { sessionId, code })
    other.exec('rollback')
    other.close()
    expect(held.status).toBe(503)
    expect(held.headers.get('retry-after')).toBe('5')
    expect(held.text).toContain('We can’t check your code right now.')
    expect((await submitForm(server, { sessionId, code })).status).toBe(200)
  })

  it('answers 500 in words for an internal error, does not show its cause, and logs it', async () => {
    const { path } = await sendVerification(server)
    const other = openConnection(server.databasePath)
    other.exec('alter table sessions rename to elsewhere')
    const page = await askPage(server, path)
    other.exec('alter table elsewhere rename to sessions')
    other.close()
    expect(page.status).toBe(500)
    expect(page.html).not.toMatch(/sql|table|sessions/i)
    expect(JSON.parse(server.log.at(-1) ?? '{}')).toMatchObject({
      level: 'error',
      err: { type: 'SqliteError' },
    })
  })

  it('logs every request without code, address and session', async () => {
    const { sessionId, code, path } = await sendVerification(server, { email: 'logged@example.com' })
    server.log.length = 0
    await askPage(server, path)
    await submitForm(server, { sessionId, code: wrongCode(code) })
    await submitForm(server, { sessionId, code })
    expect(server.log.map((line) => JSON.parse(line))).toMatchObject([
      { method: 'GET', status: 200 },
      { method: 'POST', status: 400, errorCode: 'INVALID_CODE' },
      { method: 'POST', status: 200 },
    ])
    const log = server.log.join('').replace(/"requestId":"[^"]*"|"time":"[^"]*"/g, '')
    for (const secret of [sessionId, code, wrongCode(code), 'logged', '127.0.0.1']) {
      expect(log).not.toContain(secret)
    }
  })
})
