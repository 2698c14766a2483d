import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createSmtpMailer } from '../server/mail/smtp.ts'
import { nameless } from './support/mails.ts'
import { SmtpSink } from './support/smtp-sink.ts'

const mail = {
  to: 'user@example.com',
  from: undefined,
  flow: 'backend',
  locale: undefined,
  subject: 'Code',
  verificationLine: 'Your code is:',
  code: '012345',
  expiresInSeconds: 3660,
  hostedVerifyUrl: undefined,
} as const
const mailerTo = (url: string, timeoutMs = 2000) =>
  createSmtpMailer({
    url,
    defaultFrom: { name: 'Acme', address: 'login@acme.example' },
    timeoutMs,
    settings: nameless,
  })

describe('delivery', () => {
  it('mails text and HTML, with the code on a line of its own and the expiry in words', async () => {
    const sink = new SmtpSink()
    const mailer = mailerTo(await sink.start())
    await mailer.deliver(mail)
    const { parsed, recipients, from } = sink.mailTo('user@example.com')
    expect(from).toBe('login@acme.example')
    expect(recipients).toEqual(['user@example.com'])
    expect(parsed.text?.split('\n')).toContain('012345')
    expect(parsed.text).toContain('This code expires in 1 hour, 1 minute.')
    expect(parsed.html).toContain('>012345<')
    mailer.close()
    await sink.stop()
  })

  it('encrypts when the server offers STARTTLS', async () => {
    const sink = new SmtpSink({ disabledCommands: [] })
    const mailer = mailerTo(`${await sink.start()}?tls.rejectUnauthorized=false`)
    await mailer.deliver(mail)
    expect(sink.mailTo('user@example.com').isEncrypted).toBe(true)
    mailer.close()
    await sink.stop()
  })

  it('does not send to a server whose certificate it cannot trust', async () => {
    const sink = new SmtpSink({ disabledCommands: [] })
    const mailer = mailerTo(await sink.start())
    await expect(mailer.deliver(mail)).rejects.toThrow()
    expect(sink.mails).toEqual([])
    mailer.close()
    await sink.stop()
  })

  it('uses one connection for one mail after another', async () => {
    let connections = 0
    const sink = new SmtpSink({
      onConnect: (_session, done) => {
        connections += 1
        done()
      },
    })
    const mailer = mailerTo(await sink.start())
    for (let n = 0; n < 5; n++) await mailer.deliver(mail)
    expect(sink.mails).toHaveLength(5)
    expect(connections).toBe(1)
    mailer.close()
    await sink.stop()
  })

  it('fails when nobody listens, and when whoever listens never greets', async () => {
    await expect(mailerTo('smtp://127.0.0.1:1').deliver(mail)).rejects.toThrow()
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const mailer = mailerTo(`smtp://127.0.0.1:${port}`, 200)
    await expect(mailer.deliver(mail)).rejects.toThrow()
    mailer.close()
    silent.close()
  })

  it('fails when the server takes the message with anything but 250', async () => {
    const odd = createServer((socket) => {
      socket.write('220 odd\r\n')
      let isData = false
      socket.on('data', (chunk) => {
        const text = chunk.toString()
        if (isData && !text.endsWith('\r\n.\r\n')) return
        const reply = isData ? '251 somewhere else' : text.startsWith('DATA') ? '354 go on' : '250 fine'
        isData = text.startsWith('DATA')
        socket.write(`${reply}\r\n`)
      })
    })
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    const { port } = odd.address() as { port: number }
    const mailer = mailerTo(`smtp://127.0.0.1:${port}`)
    await expect(mailer.deliver(mail)).rejects.toThrow('exactly its recipient')
    mailer.close()
    odd.close()
  })
})
