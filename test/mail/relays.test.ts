import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseMailbox } from '../../server/address.ts'
import { parseSmtpUrl, usualEhloName } from '../../server/config/smtp.ts'
import { createSmtpMailer } from '../../server/mail/smtp.ts'
import { certificate } from '../support/certificate.ts'
import { hangsUp, isSilent, replies } from '../support/fault-acts.ts'
import type { Act, Step } from '../support/fault-server.ts'
import { mailerOptions } from '../support/mailers.ts'
import { runs } from '../support/properties.ts'
import { failureOf, oneMail, relayWith } from '../support/relays.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

describe('the log of a failed delivery', () => {
  const encrypted = { extensions: ['STARTTLS', 'AUTH PLAIN'], authorities: certificate.cert, timeoutMs: 1500 }
  it.each<[Step, Act, object]>([
    ['connect', isSilent, { phase: 'greeting', problem: 'not-ready' }],
    [
      'connect',
      replies('554 5.7.1 login user@example.com'),
      { phase: 'greeting', smtpCode: 554, enhancedCode: '5.7.1' },
    ],
    ['EHLO', replies('550 user@example.com'), { phase: 'greeting', problem: 'not-ready' }],
    [
      'STARTTLS',
      replies('554 5.7.0 no'),
      { phase: 'tls', problem: 'tls-failed', smtpCode: 554, enhancedCode: '5.7.0' },
    ],
    ['STARTTLS', hangsUp, { phase: 'session' }],
    ['STARTTLS', isSilent, { phase: 'session' }],
    ['AUTH', isSilent, { phase: 'session' }],
    ['AUTH', hangsUp, { phase: 'session', problem: 'hung-up' }],
    ['connect', hangsUp, { phase: 'session' }],
    ['MAIL', isSilent, { phase: 'envelope' }],
    ['RCPT', hangsUp, { phase: 'envelope' }],
    [
      'AUTH',
      replies('535 5.7.8 login password'),
      { phase: 'auth', problem: 'login-refused', smtpCode: 535, enhancedCode: '5.7.8' },
    ],
    [
      'MAIL',
      replies('550 5.7.1 no'),
      { phase: 'sender', problem: 'sender-refused', smtpCode: 550, enhancedCode: '5.7.1' },
    ],
    [
      'RCPT',
      replies('550 5.1.1 <user@example.com>'),
      { phase: 'recipient', problem: 'recipient-refused', smtpCode: 550, enhancedCode: '5.1.1' },
    ],
    [
      'RCPT',
      replies('450 4.2.1 busy'),
      { phase: 'recipient', problem: 'refused-for-now', smtpCode: 450, enhancedCode: '4.2.1' },
    ],
    ['MAIL', replies('530 5.7.0 log in first'), { phase: 'sender', problem: 'login-missing' }],
    [
      'DATA',
      replies('554 5.5.1 no'),
      { phase: 'data', problem: 'message-refused', smtpCode: 554, enhancedCode: '5.5.1' },
    ],
    [
      'message',
      replies('552 5.3.4 user@example.com'),
      { phase: 'end', problem: 'message-refused', smtpCode: 552, enhancedCode: '5.3.4' },
    ],
    ['message', isSilent, { phase: 'end', problem: 'outcome-unknown', mayRetry: false }],
  ])('names route and phase, and only the numeric codes of the reply: %s', async (step, act, facts) => {
    const { mailer } = await relayWith({ [step]: act }, encrypted)
    const failure = await failureOf(mailer)
    expect(failure.delivery).toMatchObject({
      route: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      tries: expect.any(Number),
      ...facts,
    })
    expect(JSON.stringify(failure)).not.toMatch(/user@example\.com|password/)
  })

  it('names the problem with a certificate, and neither login nor email is sent', async () => {
    const { relay, mailer } = await relayWith({}, { extensions: ['STARTTLS', 'AUTH PLAIN'], timeoutMs: 5000 })
    expect(await failureOf(mailer)).toMatchObject({
      delivery: {
        phase: 'tls',
        tries: 1,
        problem: 'certificate-untrusted',
        errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      },
    })
    expect(relay.ledger).toEqual([])
  })

  it('says that nothing listens', async () => {
    const mailer = createSmtpMailer(mailerOptions('smtp://127.0.0.1:1', { timeoutMs: 300 }))
    expect(await failureOf(mailer)).toMatchObject({
      delivery: { route: '127.0.0.1:1', phase: 'connect', problem: 'unreachable', errorCode: 'ECONNREFUSED' },
    })
    mailer.close()
  })
})

it.each([
  ['smtp://user:12/hunter@host', /percent-encode/],
  ['smtp://user:ab#hunter@host', /percent-encode/],
  ['smtp://user:ab?hunter@host', /percent-encode/],
  ['smtp://user:ab?hunter@host:587', /percent-encode/],
  ['smtp://user:hunter%@host', /%25/],
  ['smtp://user:hunter%zz@host', /%25/],
  ['smtp://user:hunter@host/path', /after the host/],
  ['smtp://user:hunter@host#x', /after the host/],
  ['smtp://user@host', /both a user and a password/],
  ['smtp://:hunter@host', /both a user and a password/],
  ['smtp://host:0', /port 0/],
  ['smtp://host:99999', /must be smtp/],
  ['smtp://host?requiretls=true', /unknown parameter requiretls; did you mean requireTLS\?/],
  ['smtp://host?tls.rejectUnauthorized=false', /unknown parameter tls\.rejectUnauthorized/],
  ['smtp://host?requireTLS', /set requireTLS to true or false/],
  ['smtp://host?requireTLS=yes', /set requireTLS to true or false/],
  ['smtp://host?requireTLS=true&requireTLS=false', /once/],
  ['smtps://host?requireTLS=false', /contradicts/],
  ['smtp:host', /must be smtp/],
  ['smtp://user:hun\tter@host', /percent-encode/],
  ['smtp://user:hunter@host\n', /percent-encode/],
  [' smtp://user:hunter@host', /percent-encode/],
  ['smtp://user:hunter@ho%0Ast', /must name a host/],
  ['smtp://user:hunter@a%20b', /must name a host/],
])('SMTP_URL=%s is refused with a hint that repeats no part of its password', (url, hint) => {
  expect(() => parseSmtpUrl(url)).toThrow(hint)
  expect(() => parseSmtpUrl(url)).not.toThrow(/hunter|ab\b|zz/)
})

it('any percent-encoded login in an SMTP_URL is read unchanged', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ minLength: 1 }),
      (user, password) => {
        const url = `smtps://${encodeURIComponent(user)}:${encodeURIComponent(password)}@mail.example`
        expect(parseSmtpUrl(url).login).toEqual({ user, password })
      },
    ),
    runs({ quick: 300, long: 10_000 }),
  )
})

describe('EHLO', () => {
  it('uses a host name that can be looked up', () => {
    expect(usualEhloName('https://otp.acme.example/base', 'login@mail.example')).toBe('otp.acme.example')
    expect(usualEhloName('http://localhost:3000', 'login@mail.example')).toBe('mail.example')
    expect(usualEhloName('http://192.0.2.7', 'login@mail.example')).toBe('mail.example')
    expect(usualEhloName('http://[2001:db8::1]:3000', 'login@mail.example')).toBe('mail.example')
  })

  it('uses the configured name', async () => {
    const names: string[] = []
    const sink = new SmtpSink({
      onMailFrom: (_address, session, done) => {
        names.push(session.hostNameAppearsAs)
        done()
      },
    })
    const options = mailerOptions(await sink.start(), { ehloName: 'otp.acme.example' })
    const mailer = createSmtpMailer(options)
    onTestFinished(async () => {
      mailer.close()
      await sink.stop()
    })
    await mailer.deliver(oneMail)
    expect(names).toEqual(['otp.acme.example'])
  })
})

describe('a mailbox', () => {
  it.each([
    ['login@acme.example', { name: '', address: 'login@acme.example' }],
    ['<login@acme.example>', { name: '', address: 'login@acme.example' }],
    ['Acme <login@acme.example>', { name: 'Acme', address: 'login@acme.example' }],
    ['"Acme, Inc." <login@acme.example>', { name: 'Acme, Inc.', address: 'login@acme.example' }],
    ['"A \\"quoted\\" \\\\ name" <a@x.co>', { name: 'A "quoted" \\ name', address: 'a@x.co' }],
    [
      'Müller & Söhne <info@bücher.example>',
      { name: 'Müller & Söhne', address: 'info@xn--bcher-kva.example' },
    ],
    [
      'Acme (Shop) [EU] Ltd. <login@acme.example>',
      { name: 'Acme (Shop) [EU] Ltd.', address: 'login@acme.example' },
    ],
    ['株式会社アクメ <login@acme.example>', { name: '株式会社アクメ', address: 'login@acme.example' }],
  ])('is parsed: %s', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox)
  })

  it.each([
    'Acme, Inc. <login@acme.example>',
    'a@x.co, b@y.co',
    '<a@x.co> <b@y.co>',
    'a@x.co <b@y.co>',
    '"a@x.co" <b@y.co>',
    '"Acme <login@acme.example>',
    'Acme" <login@acme.example>',
    'Acme <login@acme.example',
    'Group: a@x.co;',
    'Acme\r\nBcc: b@y.co <a@x.co>',
    '"Acme\r\nBcc: b@y.co" <a@x.co>',
    '=?utf-8?q?b=40y.co?= <a@x.co>',
    '\u202eevil <a@x.co>',
    'Acme <a@x>',
    'Acme <>',
    '',
  ])('is refused: %j', (text) => {
    expect(parseMailbox(text)).toBeUndefined()
  })

  it('is read back from the email as configured, whatever its name', async () => {
    const sink = new SmtpSink()
    const options = mailerOptions(await sink.start())
    const mailer = createSmtpMailer(options)
    onTestFinished(async () => {
      mailer.close()
      await sink.stop()
    })
    const letters = fc.constantFrom(...'aZ9 ,.;:()[]"\\\'&üß株अ😀-')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letters, maxLength: 40 }), async (text) => {
        const name = text.trim().replace(/\s+/g, ' ')
        const quoted = `"${name.replace(/["\\]/g, '\\$&')}" <login@acme.example>`
        const mailbox = parseMailbox(quoted)
        expect(mailbox).toEqual({ name, address: 'login@acme.example' })
        await mailer.deliver({ ...oneMail, from: mailbox })
        const { from } = await simpleParser(sink.mails.at(-1)?.raw ?? '')
        expect(from?.value).toEqual([{ name, address: 'login@acme.example' }])
      }),
      runs({ quick: 50, long: 500 }),
    )
  })
})
