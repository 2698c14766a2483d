import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createSmtpMailer } from '../server/mail/smtp.ts'
import { DeliveryUnknown } from '../server/otp/delivery.ts'
import { certificate } from './support/certificate.ts'
import { halfCloses, hangsUp, isSilent, onceInUse, replies } from './support/fault-acts.ts'
import { FaultServer } from './support/fault-server.ts'
import { mailerOptions } from './support/mailers.ts'
import { SmtpSink } from './support/smtp-sink.ts'

const mail = {
  projectId: 'default',
  to: 'user@example.com',
  network: undefined,
  from: undefined,
  flow: 'backend',
  locale: undefined,
  subject: 'Code',
  verificationLine: 'Your code is:',
  code: '012345',
  expiresInSeconds: 3660,
  autofillHost: undefined,
  hostedVerifyUrl: undefined,
} as const
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
const dkim = {
  domain: 'acme.example',
  selector: 'otp',
  privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
}
const mailerTo = (url: string, timeoutMs = 2000, signer?: typeof dkim) =>
  createSmtpMailer(mailerOptions(url, { dkim: signer, timeoutMs }))

describe('delivery', () => {
  it('sends text and HTML, with the code on its own line and the expiry in words', async () => {
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
    const sink = new SmtpSink({ ...certificate })
    const trusting = { authorities: certificate.cert }
    const mailer = createSmtpMailer(mailerOptions(await sink.start(), trusting))
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

  it('uses one connection for several emails in a row', async () => {
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

  it('fails if no server listens, or if the server sends no greeting', async () => {
    await expect(mailerTo('smtp://127.0.0.1:1').deliver(mail)).rejects.toThrow()
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const mailer = mailerTo(`smtp://127.0.0.1:${port}`, 200)
    await expect(mailer.deliver(mail)).rejects.toThrow()
    mailer.close()
    silent.close()
  })
})

describe.each([
  ['unsigned', undefined],
  ['signed', dkim],
])('a failed delivery of an email that is %s', (_how, signer) => {
  const deliver = async (faults: FaultServer['faults']) => {
    const relay = new FaultServer()
    relay.faults = faults
    const mailer = mailerTo(`smtp://${await relay.start()}`, 300, signer)
    const failure: unknown = await mailer.deliver(mail).then(
      () => undefined,
      (error) => error,
    )
    mailer.close()
    await relay.stop()
    return failure
  }

  it.each<[string, FaultServer['faults']]>([
    ['silence after connecting', { connect: isSilent }],
    ['421 at MAIL', { MAIL: replies('421 closing') }],
    ['silence at RCPT', { RCPT: isSilent }],
    ['a connection that ends at RCPT', { RCPT: hangsUp }],
    ['silence at DATA', { DATA: isSilent }],
    ['421 after the message', { message: replies('421 closing') }],
    ['451 after the message', { message: replies('451 later') }],
    ['554 after the message', { message: replies('554 never') }],
  ])('has definitely delivered no email after %s', async (_fault, faults) => {
    const failure = await deliver(faults)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(DeliveryUnknown)
  })

  it.each<[string, FaultServer['faults']]>([
    ['251', { message: replies('251 somewhere else') }],
    ['252', { message: replies('252 perhaps') }],
    ['a second 354', { message: replies('354 go on') }],
    ['a reply without a code', { message: replies('fine') }],
    ['silence', { message: isSilent }],
    ['a connection that ends', { message: hangsUp }],
    ['a half-closed connection', { message: halfCloses }],
  ])('has an unknown outcome after the whole message and %s', async (_fault, faults) => {
    expect(await deliver(faults)).toBeInstanceOf(DeliveryUnknown)
  })
})

describe('a reused connection', () => {
  it('loses and duplicates no email if it ends with 421 before the message', async () => {
    const relay = new FaultServer()
    const mailer = mailerTo(`smtp://${await relay.start()}`)
    await mailer.deliver(mail)
    relay.faults = { MAIL: onceInUse(replies('421 idle for too long')) }
    await mailer.deliver(mail)
    expect(relay.ledger.filter(({ verdict }) => verdict === '250 taken')).toHaveLength(2)
    mailer.close()
    await relay.stop()
  })
})
