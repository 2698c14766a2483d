import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

/**
 * An SMTP server that accepts every email at once and remembers the code in it. It is written by hand, because a real
 * one would use more CPU than the server under measurement.
 */
export class Sink {
  readonly #codes = new Map<string, string>()
  readonly #server: Server = createServer((socket) => this.#serve(socket))
  readonly #sockets = new Set<Socket>()

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Returns the code that was emailed to this address, and forgets it. */
  takeCode(email: string): string {
    const code = this.#codes.get(email)
    if (code === undefined) throw new Error(`no code was emailed to ${email}`)
    this.#codes.delete(email)
    return code
  }

  forget(): void {
    this.#codes.clear()
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    socket.write('220 sink ready\r\n')
    let text = ''
    let recipient = ''
    let isMessage = false
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk
      for (;;) {
        const end = text.indexOf(isMessage ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = text.slice(0, end)
        text = text.slice(end + (isMessage ? 5 : 2))
        if (isMessage) {
          isMessage = false
          this.#codes.set(recipient, /^(\d{6})\r?$/m.exec(part)?.[1] ?? '')
          socket.write('250 taken\r\n')
          continue
        }
        const verb = part.slice(0, 4).toUpperCase()
        if (verb === 'RCPT') recipient = /<([^>]*)>/.exec(part)?.[1] ?? ''
        isMessage = verb === 'DATA'
        socket.write(verb === 'DATA' ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n')
      }
    })
  }
}
