import { describe, expect, it } from 'vitest'
import type { Flow } from './flows.ts'
import type { TestServer } from './server.ts'

const minute = 60_000

/** 200: what every send does. */
export function sendsACode(server: TestServer, flow: Flow): void {
  it('emails a code, and returns a session with the documented form and lifetime', async () => {
    const api = await flow.authorized(server)
    const { data, response } = await flow.send(api, { email: 'form@example.com' })
    expect(response.status).toBe(200)
    expect(data?.success).toBe(true)
    expect(data?.data).toMatchObject({
      email: 'form@example.com',
      sent: true,
      expiresAt: new Date(server.now + 10 * minute).toISOString(),
    })
    expect(data?.data.sessionId).toMatch(new RegExp(`^${flow.sessionIdPrefix}[0-9A-HJKMNP-TV-Z]{26}$`))
    expect(server.sink.codeTo('form@example.com')).toMatch(/^\d{6}$/)
  })

  it('returns the address as the caller wrote it, and sends to exactly that address', async () => {
    const api = await flow.authorized(server)
    const { data } = await flow.send(api, { email: 'User.Name+tag@Example.COM' })
    expect(data?.data.email).toBe('User.Name+tag@Example.COM')
    const mail = server.sink.mails.at(-1)
    expect(mail?.recipients.map((address) => address.toLowerCase())).toEqual(['user.name+tag@example.com'])
    expect(mail?.recipients[0]).toMatch(/^User\.Name\+tag@/)
  })

  it('uses the requested number of digits and the requested lifetime', async () => {
    const api = await flow.authorized(server)
    for (const otpDigits of [4, 5, 10]) {
      const email = `digits${otpDigits}@example.com`
      const { data } = await flow.send(api, { email, otpDigits, expiresInSeconds: 90 })
      expect(server.sink.codeTo(email)).toHaveLength(otpDigits)
      expect(data?.data.expiresAt).toBe(new Date(server.now + 90_000).toISOString())
      expect(server.sink.mailTo(email).parsed.text).toContain('expires in 1 minute, 30 seconds')
    }
  })

  it('puts the subject and the instruction line into the email, escaped in the HTML part', async () => {
    // This uses a server key, because public tokens accept only plain words.
    const api = server.client(await server.key())
    await flow.send(api, {
      email: 'words@example.com',
      subject: 'Grüße & <b>Code</b>',
      verificationLine: '<script>alert("x")</script> & co',
    })
    const { parsed, raw } = server.sink.mailTo('words@example.com')
    expect(parsed.subject).toBe('Grüße & <b>Code</b>')
    expect(parsed.text).toContain('<script>alert("x")</script> & co')
    expect(parsed.html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co')
    expect(parsed.html).not.toContain('<script>')
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(parsed.from?.text).toBe('"Acme" <login@acme.example>')
  })
}

/** 400: every field has limits, and the response names the field. */
export function refusesBadFields(server: TestServer, flow: Flow): void {
  describe('400 VALIDATION_FAILED', () => {
    const send = async (fields: object) => {
      const key = await server.key()
      const { status, body } = await server.raw(flow.sendId, {
        body: JSON.stringify(fields),
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      })
      return { status, error: body.error as { code: string; details?: { path: string }[] } | undefined }
    }
    const refuses = async (fields: object, path: string) => {
      const before = server.sink.mails.length
      const { status, error } = await send(fields)
      expect(status).toBe(400)
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path }] })
      expect(server.sink.mails.length).toBe(before)
    }

    it.each([
      'a@x.co, b@y.co',
      'a@x.co;b@y.co',
      'a@x.co b@y.co',
      'a@x.co\r\nBcc: b@y.co',
      'a@x.co\n',
      'a@x.co\0',
      ' a@x.co',
      '<a@x.co>',
      'A <a@x.co>',
      'group: a@x.co, b@y.co;',
      '"a"@x.co',
      '"a@x.co, b"@y.co',
      'a@x.co(comment)',
      'a@[127.0.0.1]',
      'a@127.0.0.1',
      'a@localhost',
      'a@x..co',
      'a..b@x.co',
      '.a@x.co',
      'a.@x.co',
      'a@-x.co',
      'a@x_y.co',
      'a@x.co.',
      'a@b@x.co',
      '@x.co',
      'a@',
      'a',
      '',
      'ü@x.co',
      'a@x.co\u2028',
      'a@ex\u00adample.com\u202e',
      'a@x.co%0d%0aBcc:b@y.co',
      'a@xn--a.co',
      `${'a'.repeat(65)}@x.co`,
      `a@${'x'.repeat(64)}.co`,
      `a@${'x.'.repeat(126)}co`,
      `${'a'.repeat(60)}@${'ü'.repeat(40)}.${'ü'.repeat(50)}.${'ü'.repeat(50)}.co`,
      '=?utf-8?q?a=40x=2Eco?= <b@y.co>',
    ])('refuses %j as a recipient', (email) => refuses({ email }, '/email'))

    it.each([
      ['email', undefined],
      ['email', null],
      ['email', 5],
      ['email', ['a@x.co']],
      ['email', { address: 'a@x.co' }],
      ['otpDigits', 3],
      ['otpDigits', 11],
      ['otpDigits', 4.5],
      ['otpDigits', '6'],
      ['otpDigits', 1e300],
      ['otpDigits', null],
      ['expiresInSeconds', 59],
      ['expiresInSeconds', 3601],
      ['expiresInSeconds', 60.5],
      ['expiresInSeconds', '600'],
      ['expiresInSeconds', -1e300],
      ['subject', ''],
      ['subject', 'x'.repeat(151)],
      ['subject', 'a\r\nBcc: b@y.co'],
      ['subject', 'a\u0000'],
      ['subject', 'a\u0085b'],
      ['subject', 'a\u202eb'],
      ['subject', '=?utf-8?q?=0d=0aBcc=3a_b=40y.co?='],
      ['subject', 'a ==?utf-8?b?QQ==?='],
      ['subject', 5],
      ['verificationLine', ''],
      ['verificationLine', 'x'.repeat(301)],
      ['verificationLine', 'a\nb'],
      ['verificationLine', 'a\u2028b'],
      ['verificationLine', ['a']],
    ])('refuses %s = %j', (field, value) => refuses({ email: 'a@x.co', [field]: value }, `/${field}`))

    it('names every invalid field in one response', async () => {
      const { error } = await send({ email: 'a', otpDigits: 3, zzz: 1 })
      expect(error?.details?.map(({ path }) => path).sort()).toEqual(['/email', '/otpDigits', '/zzz'])
    })

    it('sends to an internationalized domain in its ASCII form, and to nobody else', async () => {
      const { status } = await send({ email: 'a@bücher.example' })
      expect(status).toBe(200)
      expect(server.sink.mails.at(-1)?.recipients).toEqual(['a@bücher.example']) // as smtp-server shows it
      expect(server.sink.mails.at(-1)?.raw).toMatch(/^To: a@xn--bcher-kva\.example\r$/m)
    })
  })
}
