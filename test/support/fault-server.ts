import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { certificate } from './certificate.ts'

/** A step in the conversation: the connect, a command, or the end of the message. */
export type Step =
  | 'connect'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'message'
  | 'RSET'
  | 'QUIT'

/** What the server does at a step instead of sending its usual reply. */
export type Act = (talk: Talk) => void

interface Talk {
  socket: Socket
  /** True if this connection has carried an email before. */
  isUsed: boolean
  /** Sends the reply, unless it is empty, and continues with the next command. */
  say(reply: string): void
  /** Does what a healthy server does. */
  usual(): void
}

/** One email as the server saw it: how far it got and what the server replied. */
export interface Transaction {
  recipient: string
  /** True once the server asked for the message (354). */
  isInvited: boolean
  /** The whole message with its final dot, if it arrived. */
  message: string | undefined
  /** The reply to the whole message, once it was sent. */
  verdict: string | undefined
  isEncrypted: boolean
}

// Another process may take the port while it is free. It rarely keeps it for long.
const longestWaitMs = 10_000
const retryEveryMs = 50

/** A raw SMTP server that does what the test wants at every step. It keeps a ledger of what it did. */
export class FaultServer {
  /** The current faults. A step that is not listed works normally. */
  faults: Partial<Record<Step, Act>> = {}
  /** How many times a conversation reached a step that `faults` lists. */
  faultsMet = 0
  readonly ledger: Transaction[] = []
  /** Everything that arrived without TLS. */
  heardInClear = ''
  /** Extensions that the server announces after EHLO (RFC 5321, section 4.1.1.1). */
  extensions = ['AUTH PLAIN']
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port = 0

  /**
   * Listens, on the same port as before if there was one.
   * @returns host and port
   * @throws if that port is still in use after 10 seconds
   */
  async start(): Promise<string> {
    // A client that closes its half still gets its replies. So the server can also be the one that half-closes.
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#converse(socket))
    const giveUpAt = performance.now() + longestWaitMs
    for (;;) {
      try {
        server.listen(this.#port, '127.0.0.1')
        await once(server, 'listening')
        break
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code !== 'EADDRINUSE' || performance.now() > giveUpAt) throw error
        await sleep(retryEveryMs)
      }
    }
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    return `127.0.0.1:${this.#port}`
  }

  /** Ends every conversation and accepts no new one. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve))
    this.dropAll()
    await closed
  }

  /** Ends every conversation, with a FIN or a reset. */
  dropAll(how: 'end' | 'resetAndDestroy' | 'destroy' = 'destroy'): void {
    for (const socket of this.#sockets) socket[how]()
  }

  /** Sends this on every connection, unprompted. */
  sayToAll(text: string): void {
    for (const socket of this.#sockets) socket.write(`${text}\r\n`)
  }

  get isListening(): boolean {
    return this.#server?.listening ?? false
  }

  #converse(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    new Conversation(this, socket).step('connect')
  }
}

const usualReplies: Record<Step, string> = {
  connect: '220 ready',
  EHLO: '250',
  STARTTLS: '220 go on',
  AUTH: '235 welcome',
  MAIL: '250 sender',
  RCPT: '250 recipient',
  DATA: '354 go on',
  message: '250 taken',
  RSET: '250 reset',
  QUIT: '221 bye',
}

class Conversation {
  readonly #server: FaultServer
  #socket: Socket
  #received = ''
  /** True while a command waits for its reply. Pipelined commands (RFC 2920) wait for it too. */
  #isBusy = false
  #current: Transaction | undefined
  #faults: FaultServer['faults'] = {}
  #isUsed = false

  constructor(server: FaultServer, socket: Socket) {
    this.#server = server
    this.#socket = this.#listenTo(socket)
  }

  #listenTo(socket: Socket): Socket {
    socket.on('error', () => {}) // clients that hang up mid-conversation are part of the tests
    socket.on('end', () => socket.end())
    socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1')
      if (!(socket instanceof TLSSocket)) this.#server.heardInClear += chunk.toString('latin1')
      this.#next()
    })
    return socket
  }

  step(step: Step): void {
    this.#isBusy = true
    const usual = () => this.#say(step, this.#usualReply(step))
    // The faults stay the same until the email ends: no server accepts what it has just refused.
    if (this.#current === undefined) this.#faults = this.#server.faults
    const act = this.#faults[step]
    const isUsed = this.#isUsed
    if (act) {
      this.#server.faultsMet++
      act({ socket: this.#socket, isUsed, say: (reply) => this.#say(step, reply), usual })
    } else usual()
  }

  #usualReply(step: Step): string {
    if (step === 'EHLO')
      return ['250-here', ...this.#server.extensions.map((name) => `250-${name}`), '250 fine'].join('\r\n')
    if (step === 'DATA' && this.#current === undefined) return '503 no recipient'
    return usualReplies[step]
  }

  #say(step: Step, reply: string): void {
    const { writable } = this.#socket
    if (writable && reply !== '') this.#socket.write(`${reply}\r\n`)
    if (step === 'RCPT' && !reply.startsWith('2')) this.#current = undefined
    if (step === 'DATA' && reply.startsWith('354') && this.#current) this.#current.isInvited = true
    if (step === 'message' && this.#current) {
      if (writable) this.#current.verdict = reply
      this.#current = undefined
      this.#isUsed = true
    }
    if (step === 'STARTTLS' && reply.startsWith('220')) this.#encrypt()
    if (step === 'QUIT' || reply.startsWith('421')) {
      this.#socket.end()
      return
    }
    this.#isBusy = false
    this.#next()
  }

  #encrypt(): void {
    this.#socket.removeAllListeners('data')
    this.#received = ''
    this.#socket = this.#listenTo(new TLSSocket(this.#socket, { isServer: true, ...certificate }))
  }

  #next(): void {
    if (this.#isBusy) return
    if (this.#current?.isInvited) {
      const end = this.#received.indexOf('\r\n.\r\n')
      if (end < 0) return
      this.#current.message = this.#received.slice(0, end)
      this.#received = this.#received.slice(end + 5)
      this.step('message')
      return
    }
    const [line, verb] = /^(\w+).*\r\n/.exec(this.#received) ?? []
    if (line === undefined) return
    this.#received = this.#received.slice(line.length)
    const step = (verb as string).toUpperCase()
    if (!(step in usualReplies)) {
      this.#socket.write('502 unknown\r\n')
      this.#next()
      return
    }
    if (step === 'RCPT') this.#open(line)
    if (step === 'RSET') this.#current = undefined
    this.step(step as Step)
  }

  #open(line: string): void {
    this.#current = {
      recipient: /<(.*)>/.exec(line)?.[1] ?? '',
      isInvited: false,
      message: undefined,
      verdict: undefined,
      isEncrypted: this.#socket instanceof TLSSocket,
    }
    this.#server.ledger.push(this.#current)
  }
}
