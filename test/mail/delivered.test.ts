import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everyMail } from '../support/mails.ts'
import { type TestServer, useServer } from '../support/server.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const sendVerification = async (
  server: TestServer,
  body: { email: string; subject?: string; locale?: string },
) => {
  const api = server.client(await server.key())
  const { data } = await api.POST('/api/v1/email-verification/send', { body })
  return { data: data?.data, mail: server.sink.mailTo(body.email) }
}

describe('a delivered email', () => {
  const server = useServer({
    environment: { MAIL_FROM: 'login@acme.example', MAIL_BRAND_NAME: 'Acme, Inc. ö' },
  })

  it('is marked as automatic, with date, language and a Message-ID in the domain of its sender', async () => {
    const { mail } = await sendVerification(server, { email: 'headers@example.com', locale: 'de-AT' })
    expect(mail.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(mail.raw).toMatch(/^X-Auto-Response-Suppress: All\r$/m)
    expect(mail.raw).toMatch(/^Content-Language: de\r$/m)
    expect(mail.raw).toMatch(/^Message-ID: <[^<>@\s]+@acme\.example>\r$/m)
    expect(Math.abs((mail.parsed.date?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('attaches the logo only if configured, as an image inside the HTML', async () => {
    const path = join(server.folder, 'logo.png')
    writeFileSync(path, Buffer.from('89504e470d0a1a0a0000', 'hex'))
    await server.restart({ MAIL_LOGO: path })
    const without = await sendVerification(server, { email: 'no-logo@example.com' })
    expect(without.mail.parsed.attachments).toEqual([])
    await server.restart({ MAIL_LOGO: path, MAIL_LOGO_ATTACHED: 'true' })
    const { mail } = await sendVerification(server, { email: 'logo@example.com' })
    const [logo, ...others] = mail.parsed.attachments
    expect(others).toEqual([])
    expect(logo).toMatchObject({ contentType: 'image/png', related: true, size: 10 })
    expect(mail.raw).toContain('src=3D"cid:')
    await server.restart({})
  })

  it('has the brand as its sender name if MAIL_FROM has no name', async () => {
    const { mail } = await sendVerification(server, { email: 'brand@example.com' })
    expect(mail.parsed.from?.value).toEqual([{ name: 'Acme, Inc. ö', address: 'login@acme.example' }])
  })

  it.each(['Grüße — 確認 ✓', 'कोड '.repeat(30).trim()])(
    'has the subject %j, in ASCII on the wire',
    async (subject) => {
      const { mail } = await sendVerification(server, { email: 'subject@example.com', subject })
      expect(mail.parsed.subject).toBe(subject)
      const head = mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n'))
      expect(head).toMatch(/^[\x20-\x7e\r\n]*$/)
      expect(head.split('\r\n').every((line) => line.length <= 76 || !line.startsWith('Subject'))).toBe(true)
    },
  )

  it('links to the page of its session, and the code is in no URL', async () => {
    const { data, mail } = await sendVerification(server, { email: 'link@example.com' })
    const code = server.sink.codeTo('link@example.com')
    expect(mail.parsed.text).toContain(`\n${data?.hostedVerifyUrl}\n`)
    expect(mail.parsed.html).toContain(`href="${data?.hostedVerifyUrl}"`)
    const urls = `${mail.parsed.text}${mail.parsed.html}`.match(/https?:[^\s"<>]+/g) ?? []
    expect(urls.length).toBeGreaterThan(1)
    expect(urls.join()).not.toContain(code)
    expect(mail.parsed.text?.trimEnd().split('\n').at(-1)).toBe(`@otp.acme.example #${code}`)
  })

  it('is smaller than 20 KiB on the wire in every flow and language', async () => {
    for (const { language } of everyMail.filter(({ flow }) => flow === 'email_verification')) {
      const { mail } = await sendVerification(server, {
        email: `size-${language}@example.com`,
        locale: language,
      })
      expect(Buffer.byteLength(mail.raw)).toBeLessThan(20 * 1024)
    }
  })
})

describe('the line for autofill', () => {
  const server = useServer()
  const lineOf = (email: string) => /^@.*$/m.exec(server.sink.mailTo(email).parsed.text ?? '')?.[0]
  const sendInstantly = async (email: string, allowedOrigins: string[]) => {
    const { token } = await server.token({ allowedOrigins })
    const api = server.client(token, allowedOrigins[0] ? { Origin: allowedOrigins[0] } : {})
    expect((await api.POST('/api/v1/instant-otp/send', { body: { email } })).response.status).toBe(200)
    return lineOf(email)
  }

  it('names the host of the hosted page in an email verification', async () => {
    await sendVerification(server, { email: 'page@example.com' })
    expect(lineOf('page@example.com')).toMatch(/^@otp\.acme\.example #\d{6}$/)
  })

  it('names the site of a public token if that is a single https site, and no other host', async () => {
    expect(await sendInstantly('one@example.com', ['https://app.example:8443'])).toMatch(
      /^@app\.example #\d{6}$/,
    )
    expect(
      await sendInstantly('two@example.com', ['https://app.example', 'https://b.example']),
    ).toBeUndefined()
    expect(await sendInstantly('any@example.com', [])).toBeUndefined()
    expect(await sendInstantly('http@example.com', ['http://localhost:5173'])).toBeUndefined()
    expect(await sendInstantly('app@example.com', ['capacitor://localhost'])).toBeUndefined()
  })

  it('is missing for a back end, because the server does not know where the code is typed', async () => {
    const api = server.client(await server.key({ allowedOrigins: ['https://app.example'] }))
    await api.POST('/api/v1/backend-otp/send', { body: { email: 'back@example.com' } })
    await api.POST('/api/v1/instant-otp/send', { body: { email: 'key@example.com' } })
    expect([lineOf('back@example.com'), lineOf('key@example.com')]).toEqual([undefined, undefined])
  })
})

describe('a server without PUBLIC_URL', () => {
  const server = useServer({ environment: { PUBLIC_URL: '' } })

  it('sends no line for autofill, because it does not know its domain', async () => {
    const { mail } = await sendVerification(server, { email: 'local@example.com' })
    expect(mail.parsed.text).not.toMatch(/^@/m)
  })
})

describe('DKIM', () => {
  const key = { DKIM_DOMAIN: 'acme.example', DKIM_SELECTOR: 'otp2026', DKIM_PRIVATE_KEY: privateKey }
  const server = useServer({ environment: key })

  it('signs each email, so a changed header or body no longer matches (RFC 6376)', async () => {
    const { mail } = await sendVerification(server, {
      email: 'dkim@example.com',
      subject: 'Grüße',
      locale: 'ja',
    })
    const tags = tagsOf(mail.raw)
    expect(tags).toMatchObject({ a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'acme.example', s: 'otp2026' })
    expect(tags['h']?.toLowerCase().split(':')).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'date']),
    )
    expect(isSigned(mail.raw)).toBe(true)
    expect(isSigned(mail.raw.replace(/^Subject: .*/m, 'Subject: x'))).toBe(false)
    expect(isSigned(mail.raw.replace(/^From: .*/m, 'From: x@x.co'))).toBe(false)
    expect(isSigned(`${mail.raw}x\r\n`)).toBe(false)
  })

  it('reads its key from a file or from a single line', async () => {
    const file = join(server.folder, 'dkim.pem')
    writeFileSync(file, privateKey)
    for (const DKIM_PRIVATE_KEY of [file, privateKey.replaceAll('\n', '\\n')]) {
      await server.restart({ DKIM_PRIVATE_KEY })
      expect(isSigned((await sendVerification(server, { email: 'file@example.com' })).mail.raw)).toBe(true)
    }
  })
})

/** Checks the hash of the body, and the signature over the named headers (RFC 6376, section 3.7, relaxed/relaxed). */
function isSigned(raw: string): boolean {
  const tags = tagsOf(raw)
  const body = raw
    .slice(raw.indexOf('\r\n\r\n') + 4)
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(?:\r\n)*$/, '\r\n')
  if (createHash('sha256').update(body).digest('base64') !== tags['bh']) return false
  const fields = fieldsOf(raw)
  const relaxed = (name: string, strip = (value: string) => value) => {
    const field = fields.findLast((each) => each.toLowerCase().startsWith(`${name}:`))
    if (field === undefined) return undefined
    return `${name}:${strip(field.slice(name.length + 1).replace(/\s+/g, ' ')).trim()}`
  }
  const signed = (tags['h'] ?? '')
    .toLowerCase()
    .split(':')
    .flatMap((name) => relaxed(name) ?? [])
  const own = relaxed('dkim-signature', (value) => value.replace(/\bb=[^;]*$/, 'b=')) ?? ''
  return createVerify('RSA-SHA256')
    .update([...signed, own].join('\r\n'))
    .verify(publicKey, tags['b'] ?? '', 'base64')
}

function fieldsOf(raw: string): string[] {
  return raw.slice(0, raw.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/)
}

function tagsOf(raw: string): Record<string, string> {
  const field = fieldsOf(raw).find((each) => /^dkim-signature:/i.test(each)) ?? ''
  const tags = field
    .replace(/^[^:]*:/, '')
    .replace(/\s+/g, '')
    .split(';')
  return Object.fromEntries(
    tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  )
}
