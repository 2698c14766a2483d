import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createLogger } from '../../server/log.ts'
import { createSmtpMailer, type SmtpMailer } from '../../server/mail/smtp.ts'
import { type Delivery, DeliveryFailed, DeliveryUnknown } from '../../server/otp/delivery.ts'
import { replies } from '../support/fault-acts.ts'
import { FaultServer } from '../support/fault-server.ts'
import { mailerOptions } from '../support/mailers.ts'
import { codeMail } from '../support/mails.ts'
import {
  afterTheInvitation,
  beforeTheMessage,
  type Fault,
  type Outcome,
  recover,
} from '../support/smtp-faults.ts'

const timeoutMs = 1_000
const everyFault = [...beforeTheMessage, ...afterTheInvitation].filter(({ sends }) => sends === undefined)
const [first, second] = [new FaultServer(), new FaultServer()]
let url = ''
let recipients = 0

beforeAll(async () => {
  url = `smtp://login:password@${await first.start()}, smtp://login:password@${await second.start()}`
})
afterAll(() => Promise.all([first.stop(), second.stop()]))

/** Creates a mailer for both relays. It has seen no failure of either yet. */
function newMailer(options: { onTry?: (delivery: Delivery) => void } = {}): {
  mailer: SmtpMailer
  lines: string[]
} {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => lines.push(line) })
  const mailer = createSmtpMailer(mailerOptions(url, { timeoutMs, log, ...options }))
  onTestFinished(() => mailer.close())
  return { mailer, lines }
}

async function deliver(mailer: SmtpMailer) {
  const to = `user${++recipients}@example.com`
  const startedAt = performance.now()
  const { outcome, delivery } = await mailer.deliver(codeMail({ to })).then(
    (made): { outcome: Outcome; delivery: Delivery | undefined } => ({ outcome: 'sent', delivery: made }),
    (error: DeliveryFailed) => {
      expect(error).toBeInstanceOf(DeliveryFailed)
      return { outcome: error instanceof DeliveryUnknown ? 'unknown' : 'refused', delivery: error.delivery }
    },
  )
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 500)
  return { to, outcome, delivery }
}

/** Checks both ledgers for one email. @returns how often it was accepted */
function accepted(to: string): number {
  const transactions = [first, second].map(({ ledger }) => ledger.filter(({ recipient }) => recipient === to))
  const taken = transactions.flat().filter(({ verdict }) => verdict?.startsWith('250'))
  // If one relay may have taken the email, the other one must not get it.
  const mayHave = transactions.filter((each) =>
    each.some(
      ({ message, verdict }) => message !== undefined && !/^[45]/.test(verdict ?? '') && verdict !== '',
    ),
  )
  expect(mayHave.length, `relays that may have taken the mail to ${to}`).toBeLessThanOrEqual(1)
  expect(taken.length, `mails to ${to}`).toBeLessThanOrEqual(1)
  return taken.length
}

async function endFaults(): Promise<void> {
  for (const relay of [first, second]) relay.faults = {}
  recover()
  for (const relay of [first, second]) if (!relay.isListening) await relay.start()
}

/** The outcome of a fault of the first relay while the second one works. */
function outcomeWithAnother({ name, outcome }: Fault): Outcome {
  // The address or the whole message was refused for good. Another relay would refuse it too.
  const isFinal = name === '550 at RCPT' || /^55[24] .*message/.test(name)
  return outcome === 'refused' && !isFinal ? 'sent' : outcome
}

describe('with two mail servers', () => {
  it.each(everyFault)(
    '$name at the first server causes no second email, and loses none that was definitely not accepted',
    async (fault) => {
      const { mailer } = newMailer()
      await fault.begin(first)
      const { to, outcome } = await deliver(mailer).finally(endFaults)
      expect(outcome).toBe(outcomeWithAnother(fault))
      const count = accepted(to)
      if (outcome !== 'unknown') expect(count).toBe(outcome === 'sent' ? 1 : 0)
    },
  )

  it.each(everyFault.filter(({ isHolding }) => !isHolding))(
    '$name at the second server, while the first says 451, causes no second email',
    async (fault) => {
      const { mailer } = newMailer()
      first.faults = { RCPT: replies('451 later') }
      await fault.begin(second)
      const { to, outcome } = await deliver(mailer).finally(endFaults)
      expect(outcome).toBe(fault.outcome)
      const count = accepted(to)
      if (outcome !== 'unknown') expect(count).toBe(0)
    },
  )

  it('the first server rests after its own fault, which is logged once with a remedy, and resumes automatically', async () => {
    const { mailer, lines } = newMailer()
    first.faults = { AUTH: replies('535 5.7.8 wrong password') }
    first.dropAll()
    for (let n = 0; n < 3; n++) expect((await deliver(mailer)).outcome).toBe('sent')
    const resting = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(resting).toMatchObject([
      {
        level: 'warn',
        delivery: { problem: 'login-refused', smtpCode: 535, enhancedCode: '5.7.8' },
        remedy: expect.stringMatching(/user name and password in SMTP_URL/),
      },
    ])
    await endFaults()
    await expect.poll(() => lines.join('')).toContain('a mail server works again')
    const { delivery } = await deliver(mailer)
    expect(delivery?.route).toBe(mailer.routes[0]?.name)
  })

  it('the first server does not rest after it refuses a recipient', async () => {
    const { mailer, lines } = newMailer()
    first.faults = { RCPT: replies('550 5.1.1 nobody') }
    expect(await deliver(mailer)).toMatchObject({
      outcome: 'refused',
      delivery: { problem: 'recipient-refused' },
    })
    await endFaults()
    expect((await deliver(mailer)).delivery?.route).toBe(mailer.routes[0]?.name)
    expect(lines).toEqual([])
  })

  it('no email is lost that is sent while both servers restart', async () => {
    const tries: Delivery[] = []
    const { mailer } = newMailer({ onTry: (delivery) => tries.push(delivery) })
    await Promise.all([first.stop(), second.stop()])
    const sending = Array.from({ length: 5 }, () => deliver(mailer))
    await expect.poll(() => tries.length, { interval: 5 }).toBeGreaterThan(10)
    await endFaults()
    for (const { outcome, to } of await Promise.all(sending)) {
      expect(outcome).toBe('sent')
      expect(accepted(to)).toBe(1)
    }
  })
})
