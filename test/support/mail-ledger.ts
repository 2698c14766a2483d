import { SmtpSink } from './smtp-sink.ts'

/** An email that arrived in full. */
export interface LedgerEntry {
  to: string
  code: string
  /** When the mail server was about to reply 250, in milliseconds since the epoch. Undefined until then. */
  acceptedAt: number | undefined
}

/** A lightweight SMTP server that records who received which code, and when. */
export class MailLedger {
  readonly entries: LedgerEntry[] = []
  /** Returns an SMTP reply code to refuse this email, or undefined to accept it. */
  refusal: (to: string) => number | undefined = () => undefined
  /** How long the final reply to a message takes, in milliseconds. */
  delayMs: () => number = () => 0
  readonly #codes = new Map<string, string>()
  readonly #sink = new SmtpSink({
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', () => {}) // the sender died in the middle of the message
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join()
        const responseCode = this.refusal(to)
        if (responseCode !== undefined) {
          done(Object.assign(new Error('refused by the test'), { responseCode }))
          return
        }
        const entry = this.#write(to, Buffer.concat(chunks).toString('latin1'))
        const accept = () => {
          entry.acceptedAt = Date.now()
          done()
        }
        const delayMs = this.delayMs()
        if (delayMs > 0) setTimeout(accept, delayMs)
        else accept()
      })
    },
  })

  start(): Promise<string> {
    return this.#sink.start()
  }

  /** If true, the server stops responding at the recipient, before it receives an email. */
  set isSilent(isSilent: boolean) {
    this.#sink.atRecipient = isSilent ? 'stall' : 'accept'
  }

  stop(): Promise<void> {
    return this.#sink.stop()
  }

  #write(to: string, raw: string): LedgerEntry {
    const code = /^\d{4,10}\r?$/m.exec(raw)?.[0].trim()
    if (code === undefined) throw new Error(`the mail to ${to} has no code on a line of its own`)
    const entry: LedgerEntry = { to, code, acceptedAt: undefined }
    this.entries.push(entry)
    this.#codes.set(to, code)
    return entry
  }

  /** Returns the code in the newest email to this address. */
  codeTo(address: string): string {
    const code = this.#codes.get(address)
    if (code === undefined) throw new Error(`no mail to ${address} has arrived`)
    return code
  }
}
