import {
  and,
  drips,
  halfCloses,
  hangsUp,
  isSilent,
  onceInUse,
  replies,
  resets,
  waitsFor,
} from './fault-acts.ts'
import type { Act, FaultServer, Step } from './fault-server.ts'
import { isLongForm } from './figures.ts'

/**
 * The outcome of a send. `refused`: the email definitely does not arrive. `unknown`: it may arrive. Only `refused`
 * gives its count back and closes the session.
 */
export type Outcome = 'sent' | 'refused' | 'unknown'

export interface Fault {
  name: string
  outcome: Outcome
  begin: (relay: FaultServer) => unknown
  /** True if every client that meets the fault waits until it times out. */
  isHolding?: boolean
  /** How many sends meet the fault at once. */
  sends?: number
}

const fault = (name: string, outcome: Outcome, faults: FaultServer['faults']): Fault => ({
  name,
  outcome,
  begin: (relay) => {
    relay.faults = faults
    // A kept connection would not meet a fault at the start of a conversation.
    if (!('MAIL' in faults || 'RCPT' in faults || 'DATA' in faults || 'message' in faults)) relay.dropAll()
  },
})

const holding = (...of: Parameters<typeof fault>): Fault => ({ ...fault(...of), isHolding: true })

const releases: (() => void)[] = []
const recovery = () => new Promise<void>((resolve) => releases.push(resolve))

/** Releases the replies that were held until the end of the fault. */
export function recover(): void {
  for (const release of releases.splice(0)) release()
}

// A fault that keeps a client waiting lasts until the client times out. So the quick form tries these at one step only.
const slowAt = (step: Step) => isLongForm || step === 'RCPT'

export const beforeTheMessage: Fault[] = [
  { name: 'connection refused', outcome: 'refused', begin: (relay) => relay.stop() },
  holding('silence after the connect', 'refused', { connect: isSilent }),
  holding('greeting that comes too late', 'refused', { connect: waitsFor(recovery) }),
  holding('greeting at one byte a second', 'refused', { connect: drips('220 ready') }),
  fault('hang-up before the greeting', 'refused', { connect: hangsUp }),
  fault('greeting 554', 'refused', { connect: replies('554 not you') }),
  fault('AUTH 535', 'refused', { AUTH: replies('535 wrong password') }),
  holding('AUTH without an answer', 'refused', { AUTH: isSilent }),
  ...(['connect', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const).map((step) =>
    fault(`421 at ${step}`, 'refused', { [step]: replies('421 closing') }),
  ),
  ...(['MAIL', 'RCPT', 'DATA'] as const).flatMap((step) => [
    fault(`450 at ${step}`, 'refused', { [step]: replies('450 later') }),
    fault(`550 at ${step}`, 'refused', { [step]: replies('550 never') }),
    fault(`hang-up at ${step}`, 'refused', { [step]: hangsUp }),
    fault(`FIN and no answer at ${step}`, 'refused', { [step]: halfCloses }),
  ]),
  ...(['MAIL', 'RCPT', 'DATA'] as const).filter(slowAt).flatMap((step) => [
    holding(`silence at ${step}`, 'refused', { [step]: isSilent }),
    holding(`one byte a second at ${step}`, 'refused', {
      [step]: drips(step === 'DATA' ? '354 go on' : '250 fine'),
    }),
  ]),
]

export const afterTheInvitation: Fault[] = [
  fault('552 while the message comes', 'refused', {
    DATA: and(({ socket }) => socket.write('552 too big\r\n')),
    message: replies(''),
  }),
  ...['421 closing', '450 later', '451 later', '552 too big', '554 never'].map((reply) =>
    fault(`${reply} after the message`, 'refused', { message: replies(reply) }),
  ),
  ...['251 elsewhere', '354 go on', 'what?'].map((reply) =>
    fault(`${reply} after the message`, 'unknown', { message: replies(reply) }),
  ),
  fault('hang-up after 354', 'unknown', { DATA: and(hangsUp) }),
  holding('silence after the message', 'unknown', { message: isSilent }),
  holding('250 that comes too late', 'unknown', { message: waitsFor(recovery) }),
  holding('250 at one byte a second', 'unknown', { message: drips('250 taken') }),
  fault('hang-up after the message', 'unknown', { message: hangsUp }),
  fault('reset after the message', 'unknown', { message: resets }),
  fault('FIN and no answer after the message', 'unknown', { message: halfCloses }),
  { ...holding('every connection of the pool stalled', 'unknown', { message: isSilent }), sends: 20 },
]

// The email has not begun. So it may, and must, go over another connection.
const dying = (name: string, step: Step, act: Act): Fault => ({
  name,
  outcome: 'sent',
  begin: (relay) => {
    relay.faults = { [step]: onceInUse(act) }
  },
})

// Each fault begins with a connection that has carried an email and is kept for the next one.
export const inThePool: Fault[] = [
  { name: 'idle connection closed', outcome: 'sent', begin: (relay) => relay.dropAll('end') },
  { name: 'idle connection reset', outcome: 'sent', begin: (relay) => relay.dropAll('resetAndDestroy') },
  {
    name: 'idle connection ended with 421',
    outcome: 'sent',
    begin: (relay) => {
      relay.sayToAll('421 idle for too long')
      relay.dropAll('end')
    },
  },
  dying('connection that hangs up at the next MAIL', 'MAIL', hangsUp),
  dying('connection that is reset at the next RCPT', 'RCPT', resets),
  dying('connection that says 421 to the next MAIL', 'MAIL', replies('421 idle')),
  { ...fault('connection that dies after the next message', 'unknown', { message: hangsUp }), sends: 1 },
]

export const inTheClear: Fault[] = [
  {
    name: 'STARTTLS stripped',
    outcome: 'refused',
    begin: (relay) => {
      relay.faults = { STARTTLS: replies('502 unknown') }
      relay.extensions = ['AUTH PLAIN']
      relay.dropAll()
    },
  },
  fault('STARTTLS 454', 'refused', { STARTTLS: replies('454 not now') }),
  holding('STARTTLS without a handshake', 'refused', {
    STARTTLS: ({ socket }) => socket.write('220 go on\r\n'),
  }),
  fault('hang-up at STARTTLS', 'refused', { STARTTLS: hangsUp }),
]

export const ofTheCertificate: Fault[] = [
  {
    name: 'bad certificate',
    outcome: 'refused',
    begin: (relay) => {
      relay.extensions = ['STARTTLS']
      relay.dropAll()
    },
  },
]
