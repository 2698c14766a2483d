import { describe, expect, it, onTestFinished } from 'vitest'
import { createSmtpMailer } from '../../server/mail/smtp.ts'
import { certificate } from '../support/certificate.ts'
import { hangsUp, replies } from '../support/fault-acts.ts'
import type { Act, Step } from '../support/fault-server.ts'
import { mailerOptions } from '../support/mailers.ts'
import { failureOf, oneMail, relayWith } from '../support/relays.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

/** Does this the first few times, and acts normally after that. */
const atFirst = (times: number, act: Act): Act => {
  let left = times
  return (talk) => {
    if (left <= 0) return talk.usual()
    left -= 1
    act(talk)
  }
}

const beforeTheMail: Step[] = ['connect', 'EHLO', 'STARTTLS', 'AUTH']

describe('before the email begins', () => {
  const encrypted = { extensions: ['STARTTLS', 'AUTH PLAIN'], authorities: certificate.cert, timeoutMs: 5000 }

  it.each(
    beforeTheMail.flatMap((step) =>
      ['421 busy', '450 4.3.2 later', '454 4.7.0 not now'].map((reply) => [step, reply] as const),
    ),
  )('a temporary refusal loses no email: %s, %s', async (step, reply) => {
    const { relay, mailer } = await relayWith({ [step]: atFirst(3, replies(reply)) }, encrypted)
    await mailer.deliver(oneMail)
    expect(relay.ledger.filter(({ verdict }) => verdict === '250 taken')).toHaveLength(1)
    expect(relay.ledger).toHaveLength(1)
  })

  it.each(beforeTheMail)('a connection that ends loses no email: %s', async (step) => {
    const { relay, mailer } = await relayWith({ [step]: atFirst(2, hangsUp) }, encrypted)
    await mailer.deliver(oneMail)
    expect(relay.ledger).toHaveLength(1)
  })

  it.each<[Step, string]>([
    ['connect', '554 not you'],
    ['AUTH', '535 5.7.8 wrong password'],
  ])('a permanent refusal is not tried again: %s, %s', async (step, reply) => {
    const { relay, mailer } = await relayWith({ [step]: replies(reply) }, { timeoutMs: 10_000 })
    expect(await failureOf(mailer)).toMatchObject({ delivery: { tries: 1 } })
    expect(relay.faultsMet).toBe(1)
  })
})

it.each<[Step, string]>(
  (['MAIL', 'RCPT', 'DATA', 'message'] as const).flatMap((step) => [
    [step, '421 closing'],
    [step, '451 4.7.1 later'],
    [step, '550 5.1.1 never'],
  ]),
)('a reply to the email itself causes no second try: %s, %s', async (step, reply) => {
  const { relay, mailer } = await relayWith({ [step]: replies(reply) }, { timeoutMs: 10_000 })
  expect(await failureOf(mailer)).toMatchObject({
    delivery: { tries: 1, smtpCode: Number(reply.slice(0, 3)) },
  })
  expect(relay.faultsMet).toBe(1)
})

describe('a relay that accepts two connections at a time', () => {
  it.each([8, 30])('loses none of %i simultaneous emails', async (sends) => {
    const sink = new SmtpSink({ maxClients: 2 })
    sink.whenReceived = () => new Promise((resolve) => setTimeout(resolve, 20))
    const url = await sink.start()
    const mailer = createSmtpMailer(mailerOptions(url, { timeoutMs: 8000 }))
    onTestFinished(async () => {
      mailer.close()
      await sink.stop()
    })
    const outcomes = await Promise.allSettled(Array.from({ length: sends }, () => mailer.deliver(oneMail)))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(sink.mails).toHaveLength(sends)
  })
})

it('no email is lost if a relay is down for a while, with or without a kept connection', async () => {
  const { relay, mailer } = await relayWith({}, { timeoutMs: 8000 })
  await mailer.deliver(oneMail)
  await relay.stop()
  const sends = Array.from({ length: 20 }, () => mailer.deliver(oneMail))
  await new Promise((resolve) => setTimeout(resolve, 500)) // the relay takes some time to restart
  await relay.start()
  await Promise.all(sends)
  expect(relay.ledger.filter(({ verdict }) => verdict === '250 taken')).toHaveLength(21)
})
