import type { AddressInfo } from 'node:net'
import { domainToUnicode } from 'node:url'
import { type ParsedMail, simpleParser } from 'mailparser'
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server'

/** An email as the other side of a real SMTP conversation received it. */
export interface SunkMail {
  from: string
  recipients: string[]
  raw: string
  parsed: ParsedMail
  isEncrypted: boolean
}

/**
 * What the sink does at one step of the conversation. A number refuses with that SMTP reply code; `stall` never
 * replies.
 */
type Behavior = 'accept' | 'stall' | number

/** A real SMTP server that keeps the emails it receives and misbehaves on demand. */
export class SmtpSink {
  readonly mails: SunkMail[] = []
  /** The URL where it listens, once it does. */
  url = ''
  atRecipient: Behavior = 'accept'
  atData: Behavior = 'accept'
  /** The server's final reply to a message waits until this resolves. */
  whenReceived: () => Promise<void> = async () => {}
  readonly #server: SMTPServer

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.key ? [] : ['STARTTLS'],
      logger: false,
      onRcptTo: (_address: SMTPServerAddress, _session: SMTPServerSession, done) =>
        this.#behave(this.atRecipient, done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks).toString('utf8')
          if (this.atData === 'accept') {
            this.mails.push({
              from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
              recipients: session.envelope.rcptTo.map(({ address }) => address),
              raw,
              parsed: await simpleParser(raw),
              isEncrypted: session.secure,
            })
          }
          await this.whenReceived()
          this.#behave(this.atData, done)
        })
      },
      ...options,
    })
    this.#server.on('error', () => {}) // some tests have clients that hang up mid-conversation
  }

  #behave(behavior: Behavior, done: (error?: Error) => void): void {
    if (behavior === 'accept') done()
    else if (behavior !== 'stall')
      done(Object.assign(new Error('refused by the test'), { responseCode: behavior }))
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.server.address() as AddressInfo
    this.url = `smtp://127.0.0.1:${port}`
    return this.url
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve))
  }

  /** Returns the newest email to this address, in any spelling. */
  mailTo(address: string): SunkMail {
    // The SMTP library passes on internationalized domains as U-labels.
    const spelling = (text: string) =>
      text.replace(/[^@]*$/, (domain) => domainToUnicode(domain)).toLowerCase()
    const mail = this.mails.findLast(({ recipients }) => spelling(recipients.join()) === spelling(address))
    if (mail === undefined) throw new Error(`no mail to ${address} has arrived`)
    return mail
  }

  /** Returns the code in the newest email to this address. */
  codeTo(address: string): string {
    const code = /^\d{4,10}$/m.exec(this.mailTo(address).parsed.text ?? '')?.[0]
    if (code === undefined) throw new Error(`the mail to ${address} has no code on a line of its own`)
    return code
  }
}
