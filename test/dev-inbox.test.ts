import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hintsFor } from '../server/dev/hints.ts'
import { startInbox } from '../server/dev/inbox.ts'
import { inboxRoutes } from '../server/dev/inbox-routes.ts'
import { createSmtpMailer } from '../server/mail/smtp.ts'
import { mailerOptions } from './support/mailers.ts'
import { acme, codeMail } from './support/mails.ts'

const logo = { contentType: 'image/png', base64: 'iVBORw0KGgo=' } as const

/** An inbox with one email in it, served on loopback. */
async function inboxWith(mail = codeMail({ flow: 'email_verification' })) {
  const inbox = await startInbox()
  const mailer = createSmtpMailer(
    mailerOptions(inbox.smtpUrl, { brandOf: async () => ({ ...acme, logo }), isLogoSent: true }),
  )
  await mailer.deliver(mail)
  mailer.close()
  const koa = new Koa()
  koa.use(inboxRoutes(inbox).routes())
  const server = createServer(koa.callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await inbox.close()
  })
  const { port } = server.address() as { port: number }
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  return { inbox, get }
}

describe('the development inbox', () => {
  it('shows the HTML, text, headers and size of an email, and spam hints', async () => {
    const { get } = await inboxWith()
    const page = await (await get('/_dev/inbox')).text()
    for (const part of ['Text', 'HTML', 'Headers', 'Spam hints']) expect(page).toContain(`<h3>${part}</h3>`)
    expect(page).toContain('Enter this code to verify your email address:')
    expect(page).toContain('Auto-Submitted: auto-generated')
    expect(page).toMatch(/\d\.\d KiB/)
    expect(page).toContain('src="/_dev/inbox/1/html"')
    expect(page).not.toContain('http-equiv="refresh"')
  })

  it('shows the HTML in a frame that runs and loads nothing, with the logo of the email', async () => {
    const { get } = await inboxWith()
    const frame = await get('/_dev/inbox/1/html')
    expect(frame.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    )
    const html = await frame.text()
    expect(html).toContain(`<img src="data:image/png;base64,${logo.base64}" alt="Acme"`)
    expect(html).not.toContain('cid:')
  })

  it('escapes the texts of an email', async () => {
    const { get } = await inboxWith(
      codeMail({ subject: '<script>1</script>', verificationLine: '</pre><b>' }),
    )
    const page = await (await get('/_dev/inbox')).text()
    expect(page).not.toContain('<script>1')
    expect(page).not.toContain('</pre><b>')
  })

  it('answers 404 for an email or a path that does not exist', async () => {
    const { get } = await inboxWith()
    for (const path of ['/_dev/inbox/2', '/_dev/inbox/1/text', '/_dev/inbox/x/html'])
      expect((await get(path)).status).toBe(404)
  })

  it('warns about properties of an email that spam filters dislike', async () => {
    const { inbox } = await inboxWith()
    const [mail] = inbox.mails()
    if (mail === undefined) throw new Error('no email')
    const bad = (change: Partial<typeof mail>) =>
      hintsFor({ ...mail, ...change }).filter(({ isGood }) => !isGood).length
    const usual = bad({})
    expect(usual).toBe(2) // acme.example is no real domain, and nothing is signed here
    expect(bad({ from: '"Acme" <login@acme.com>', html: '' })).toBe(2)
    expect(bad({ subject: 'HURRY UP!' })).toBe(usual + 1)
    expect(bad({ bytes: 200_000 })).toBe(usual + 1)
    expect(bad({ from: 'login@acme.example' })).toBe(usual + 1)
    expect(bad({ html: mail.html.replaceAll('https://otp.acme.example', 'http://elsewhere.example') })).toBe(
      usual + 2,
    )
    expect(bad({ headers: [] })).toBe(usual + 1)
  })
})
