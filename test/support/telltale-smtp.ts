import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** The step of the conversation at which the server refuses. */
export type Refusal = 'login' | 'sender' | 'recipient' | 'message' | 'nothing'

/** An SMTP server that asks for a login. Its refusals repeat everything that it received, both plain and encoded. */
export class TelltaleSmtp {
  refuses: Refusal = 'nothing'
  /** The codes in the emails that it received, refused or not. */
  readonly codes: string[] = []
  #heard = ''
  readonly #server: SMTPServer

  constructor() {
    this.#server = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onAuth: ({ username = '', password = '' }, _session, done) => {
        this.#heard = `${username} ${password}`
        if (this.refuses === 'login') done(this.#refusal(535, '5.7.8'))
        else done(null, { user: username })
      },
      onMailFrom: (_address, _session, done) =>
        done(this.refuses === 'sender' ? this.#refusal(550, '5.7.1') : null),
      onRcptTo: ({ address }, _session, done) =>
        done(this.refuses === 'recipient' ? this.#refusal(550, '5.1.1', address) : null),
      onData: (stream, { envelope }, done) => {
        let mail = ''
        stream.on('data', (chunk) => {
          mail += chunk
        })
        stream.on('end', () => {
          const code = /^\d{4,10}\r?$/m.exec(mail)?.[0].trim() ?? ''
          this.codes.push(code)
          const recipient = envelope.rcptTo[0]?.address ?? ''
          done(
            this.refuses === 'message' ? this.#refusal(554, '5.6.0', `${recipient} your_code${code}.`) : null,
          )
        })
      },
    })
    this.#server.on('error', () => {}) // a client may hang up
  }

  #refusal(responseCode: number, status: string, more = ''): Error {
    const said = `${this.#heard} ${more}`
    const spellings = [said, encodeURIComponent(said), btoa(said), Buffer.from(said).toString('hex')]
    return Object.assign(new Error(`${status} Not you: ${spellings.join(' / ')}`), { responseCode })
  }

  /** Resolves with `host:port`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  /** Ends every conversation, so that the next email starts with a login. */
  hangUp(): void {
    for (const connection of this.#server.connections) connection.close()
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
