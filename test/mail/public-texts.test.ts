import { describe, expect, it } from 'vitest'
import type { SendInstantOtpBody } from '../../server/generated/contract.ts'
import { useServer } from '../support/server.ts'

const mails = ['from@acme.example']

describe('a text that a public token puts into an email', () => {
  const server = useServer({ environment: { MAIL_BRAND_NAME: 'Acme' } })
  const locked = useServer({ environment: { PUBLIC_TOKEN_TEXTS: 'locked' } })
  const sendWith = (credential: string, body: Partial<SendInstantOtpBody>, to = server) =>
    to.client(credential).POST('/api/v1/instant-otp/send', { body: { email: 'user@example.com', ...body } })
  const token = async (on = server) => (await on.token({ allowedSenders: mails })).token

  it.each([
    'See https://evil.example/login',
    'ftp://evil',
    'Go to www.evil',
    'Go to WWW.evil.example',
    'Go to evil.example/login now',
    'Your account at evil.com is locked',
    'evil.example:8080',
    'Пишите на злой.рф',
    'xn--80a.xn--p1ai',
    'Call 203.0.113.7/x',
    'Write to boss@evil',
    'Go to evil．ｃｏｍ',
    'Go to e\u200bvil.\u200bcom',
    'Go to evil\u00ad.com',
    'https:\u200b//x',
    'mail ＠evil',
  ])('cannot be %j: 400 VALIDATION_FAILED names the field, and no email is sent', async (text) => {
    for (const field of ['subject', 'verificationLine'] as const) {
      const before = server.sink.mails.length
      const { response, error } = await sendWith(await token(), { [field]: text })
      expect(response.status).toBe(400)
      expect(error?.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: `/${field}` }] })
      expect(server.sink.mails.length).toBe(before)
    }
  })

  it.each([
    'Your Acme code: 10% off!',
    'Code, z. B. für Acme Inc. & Co. (rund um die Uhr)',
    'コードです。入力してください。',
    'यह आपका कोड है। इसे दर्ज करें…',
    'Version 2 is 3 times faster. And this?',
    '¿Su código? Aquí está.',
  ])('can be plain words such as %j', async (text) => {
    const answer = await sendWith(await token(), { subject: text, verificationLine: text })
    expect(answer.response.status).toBe(200)
    expect(server.sink.mails.at(-1)?.parsed.subject).toBe(text)
    expect(server.sink.mails.at(-1)?.parsed.text).toContain(text)
  })

  it('is refused with an error that names every such field at once', async () => {
    const { error } = await sendWith(await token(), { subject: 'www.x', verificationLine: 'a@b' })
    expect(error?.error.details?.map(({ path }) => path)).toEqual(['/subject', '/verificationLine'])
  })

  it.each(
    ['evil.com', '"evil.com, Inc." <from@acme.example>', 'Call 030 123456 <from@acme.example>'].map((name) =>
      name.includes('<') ? name : `${name} <from@acme.example>`,
    ),
  )('cannot be a link or a phone number in the name of a sender either: %s', async (from) => {
    const { response, error } = await sendWith(await token(), { from })
    expect(response.status).toBe(400)
    expect(error?.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: '/from' }] })
  })

  it('is refused with an error that names the character and its position, in a name too', async () => {
    const { error } = await sendWith(await token(), {
      subject: 'Code\u200b',
      verificationLine: 'Call 03ー1234ー5678',
      from: '"Acme evil.com" <from@acme.example>',
    })
    const start = 'must be plain text when sent with a public token: '
    expect(error?.error.details).toEqual([
      {
        path: '/subject',
        message: `${start}the invisible or combining character U+200B is not allowed (character 5)`,
      },
      {
        path: '/verificationLine',
        message: `${start}at most four digits may come before the next word (character 11)`,
      },
      { path: '/from', message: `${start}a space must follow “.” (character 11 of the name)` },
    ])
  })

  it('can be a sender that is allowed for the token', async () => {
    const { response } = await sendWith(await token(), { from: 'Till <from@acme.example>' })
    expect(response.status).toBe(200)
  })

  it.each([
    ['subject', 'Code'],
    ['verificationLine', 'Type this:'],
    ['from', 'from@acme.example'],
  ])('cannot be set if the operator locks the texts: 400 for %s', async (field, value) => {
    const { response, error } = await sendWith(await token(locked), { [field]: value }, locked)
    expect(response.status).toBe(400)
    expect(error?.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: `/${field}` }] })
    expect((await sendWith(await token(locked), {}, locked)).response.status).toBe(200)
  })

  it('follows stricter rules than a text of a server key, by default and if locked', async () => {
    const texts = { subject: 'acme.example', verificationLine: 'Or open https://acme.example/login' }
    for (const each of [server, locked]) {
      const key = await each.key({ allowedSenders: mails })
      expect((await sendWith(key, { ...texts, from: 'from@acme.example' }, each)).response.status).toBe(200)
      expect(each.sink.mails.at(-1)?.parsed.text).toContain('https://acme.example/login')
    }
  })
})
