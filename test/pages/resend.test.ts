import { describe, expect, it } from 'vitest'
import { backend, emailVerification, wrongCode } from '../support/flows.ts'
import { askPage, requestNewCode, sendVerification, submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

const sandboxKey = { projectId: 'default/sandbox' }

describe('"Send a new code" on the page', () => {
  const server = useServer({ environment: { PUBLIC_URL: 'https://otp.acme.example' } })
  const mailsTo = (email: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(email)).length
  const newSessionIn = (location: string | null) =>
    /^verify-email\?sessionId=(ev_[0-9A-Z]{26})&new$/.exec(location ?? '')?.[1] ?? ''

  it('emails a new code to the same recipient, and redirects to the page for it', async () => {
    const email = 'again@example.com'
    const { sessionId, code } = await sendVerification(server, {
      email,
      otpDigits: 8,
      locale: 'de',
      reference: 'o-1',
    })
    const answer = await requestNewCode(server, { sessionId, email })
    expect(answer.status).toBe(303)
    const newId = newSessionIn(answer.headers.get('location'))
    expect(newId).not.toBe(sessionId)
    expect(mailsTo(email)).toBe(2)
    const newCode = server.sink.codeTo(email)
    expect(newCode).toMatch(/^\d{8}$/)
    expect(newCode).not.toBe(code)

    const page = await askPage(server, `/${answer.headers.get('location')}`)
    expect(page.html).toContain('<html lang="de"')
    expect(page.text).toContain('Wir haben Ihnen einen neuen Code gesendet.')
    expect((await submitForm(server, { sessionId: newId, code: newCode })).status).toBe(200)
    const api = server.client(await server.key())
    const { data } = await api.GET('/api/v1/email-verification/verifications', {
      params: { query: { reference: 'o-1' } },
    })
    expect(data?.data.verifications.map(({ id }) => id)).toEqual([newId])
  })

  it.each([
    ['open', async () => {}],
    [
      'expired',
      async () => {
        server.now += 600_000
      },
    ],
    [
      'used up',
      async (sessionId: string, code: string) => {
        for (let n = 0; n < 5; n++) await submitForm(server, { sessionId, code: wrongCode(code) })
      },
    ],
  ])('is offered and works while the code is %s', async (state, reach) => {
    const email = `${state.replace(' ', '-')}@example.com`
    const { sessionId, code, path } = await sendVerification(server, { email })
    await reach(sessionId, code)
    expect((await askPage(server, path)).hasResend).toBe(true)
    expect((await requestNewCode(server, { sessionId, email })).status).toBe(303)
    expect(mailsTo(email)).toBe(2)
  })

  it('is not offered and sends nothing once the address is verified or the session canceled', async () => {
    const email = 'over@example.com'
    const verified = await sendVerification(server, { email })
    await submitForm(server, verified)
    const canceled = await sendVerification(server, { email })
    await canceled.api.POST('/api/v1/email-verification/cancel', { body: { sessionId: canceled.sessionId } })
    for (const { sessionId, path } of [verified, canceled]) {
      const page = await askPage(server, path)
      expect(page.hasForm || page.hasResend).toBe(false)
      expect((await requestNewCode(server, { sessionId, email })).headers.get('location')).toBeNull()
    }
    expect((await askPage(server, canceled.path)).text).toContain('This request was canceled')
    expect(mailsTo(email)).toBe(2)
  })

  it.each([
    ['an empty text', '', 400],
    ['white space', ' \t', 400],
    ['another address', 'other@example.com', 400],
    ['a spelling that may be another mailbox', 'scanned+x@example.com', 400],
    ['a text that is not an address', 'scanned', 400],
    ['two addresses', 'scanned@example.com, other@example.com', 400],
    ['a line break', 'scanned@example.com\r\nBcc: other@example.com', 400],
  ])('sends no email if a scanner or stranger submits %s', async (_case, typed, status) => {
    const email = 'scanned@example.com'
    const { sessionId } = await sendVerification(server, { email })
    const before = server.sink.mails.length
    const answer = await requestNewCode(server, { sessionId, email: typed })
    expect(answer.status).toBe(status)
    expect(answer.hasResend).toBe(true)
    expect(answer.html).not.toContain('other@example.com')
    expect(server.sink.mails.length).toBe(before)
  })

  it('sends one new code however often one page requests it', async () => {
    const email = 'often@example.com'
    const { sessionId } = await sendVerification(server, { email })
    const first = await requestNewCode(server, { sessionId, email: ' OFTEN@example.com ' })
    const again = await requestNewCode(server, { sessionId, email })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(mailsTo(email)).toBe(2)
  })

  it('shares its attempts with the code before it, so a new code gives no new guesses', async () => {
    const email = 'guesses@example.com'
    const { sessionId, code } = await sendVerification(server, { email })
    for (let n = 0; n < 3; n++) await submitForm(server, { sessionId, code: wrongCode(code) })
    const answer = await requestNewCode(server, { sessionId, email })
    const newId = newSessionIn(answer.headers.get('location'))
    const wrong = await submitForm(server, { sessionId: newId, code: wrongCode(server.sink.codeTo(email)) })
    expect(wrong.text).toContain('You have 1 attempt left.')
  })

  it('says that the email was not sent if the mail server refuses, and works again afterwards', async () => {
    const email = 'refused@example.com'
    const { sessionId } = await sendVerification(server, { email })
    server.sink.atData = 554
    const refused = await requestNewCode(server, { sessionId, email })
    server.sink.atData = 'accept'
    expect(refused.status).toBe(502)
    expect(refused.text).toContain('We couldn’t send the email')
    expect(refused.hasResend).toBe(true)
    expect((await requestNewCode(server, { sessionId, email })).status).toBe(303)
  })

  it('sends nothing for a revoked key, and says that no new code can be sent', async () => {
    const email = 'revoked@example.com'
    const { sessionId } = await sendVerification(server, { email })
    for (const { id } of await server.app.credentials.list('server_key'))
      await server.app.credentials.revoke('server_key', id, server.now)
    const refused = await requestNewCode(server, { sessionId, email })
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('We can’t send a new code')
    expect(refused.hasResend).toBe(false)
    expect(mailsTo(email)).toBe(1)
    expect(JSON.parse(server.log.at(-1) ?? '{}')).toMatchObject({ level: 'info', errorCode: 'UNAUTHORIZED' })
  })

  it('sends no email for a sandbox session, and redirects there too', async () => {
    const api = server.client(await server.key(sandboxKey))
    const { data } = await emailVerification.send(api, { email: 'user@example.com' })
    const { sessionId = '' } = data?.data ?? {}
    const before = server.sink.mails.length
    const answer = await requestNewCode(server, { sessionId, email: 'user@example.com' })
    expect(answer.status).toBe(303)
    expect(server.sink.mails.length).toBe(before)
    expect(JSON.parse(server.log.at(-1) ?? '{}')).toMatchObject({ status: 303, sandbox: true })
  })

  it('answers 404 for sessions of other flows, and 403 for requests from another site', async () => {
    const api = await backend.authorized(server)
    const { data } = await backend.send(api, { email: 'flow@example.com' })
    const sessionId = data?.data.sessionId ?? ''
    expect((await requestNewCode(server, { sessionId, email: 'flow@example.com' })).status).toBe(404)
    const sent = await sendVerification(server, { email: 'site@example.com' })
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    expect((await requestNewCode(server, { ...sent, email: 'site@example.com' }, headers)).status).toBe(403)
    expect(mailsTo('flow@example.com') + mailsTo('site@example.com')).toBe(2)
  })

  it('is logged as a send, with its session and without the address', async () => {
    const email = 'logged-again@example.com'
    const { sessionId } = await sendVerification(server, { email })
    server.log.length = 0
    await requestNewCode(server, { sessionId, email })
    const line = JSON.parse(server.log.at(-1) ?? '{}')
    expect(line).toMatchObject({
      project: 'default',
      credentialId: expect.stringMatching(/^key_/),
      status: 303,
      sessionId: expect.stringMatching(/^ev_/),
      delivery: { phase: 'accepted' },
    })
    expect(server.log.join('')).not.toContain('logged-again')
  })
})

describe('the limits of "Send a new code"', () => {
  const server = useServer({
    environment: {
      LIMIT_PER_RECIPIENT: '2/10m',
      LIMIT_PAGE_PER_ADDRESS: '4/10m',
      TRUSTED_PROXIES: '127.0.0.0/8',
    },
  })
  const from = (address: string) => ({ 'X-Forwarded-For': address })

  it('count it for the recipient like any send, and say how long to wait', async () => {
    const email = 'limited@example.com'
    const { sessionId } = await sendVerification(server, { email })
    const second = await requestNewCode(server, { sessionId, email }, from('203.0.113.1'))
    const newId = /sessionId=(\w+)/.exec(second.headers.get('location') ?? '')?.[1] ?? ''
    const refused = await requestNewCode(server, { sessionId: newId, email }, from('203.0.113.1'))
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('You can request a new code in 10 minutes.')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500)
    server.now += 600_001
    expect((await requestNewCode(server, { sessionId: newId, email }, from('203.0.113.2'))).status).toBe(303)
  })

  it('count typed addresses like typed codes, so nobody can search for the address', async () => {
    const { sessionId } = await sendVerification(server, { email: 'hidden@example.com' })
    const guess = (n: number) =>
      requestNewCode(server, { sessionId, email: `h${n}n@example.com` }, from('203.0.113.3'))
    // An empty form is not a try: scanners send those, and must not use up the tries of a person.
    for (let n = 0; n < 6; n++) {
      const empty = await requestNewCode(server, { sessionId, email: ' ' }, from('203.0.113.3'))
      expect(empty.text).toContain('Enter your email address')
    }
    for (let n = 0; n < 4; n++) expect((await guess(n)).status).toBe(400)
    const refused = await guess(5)
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('Too many attempts')
  })
})
