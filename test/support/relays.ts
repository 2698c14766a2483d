import { expect, onTestFinished } from 'vitest'
import { describeError } from '../../server/log.ts'
import { createSmtpMailer, type SmtpMailer } from '../../server/mail/smtp.ts'
import type { DeliveryFailed } from '../../server/otp/delivery.ts'
import { FaultServer } from './fault-server.ts'
import { mailerOptions } from './mailers.ts'
import { everyMail } from './mails.ts'

/** An email to an address that belongs to nobody. */
export const oneMail = { ...(everyMail[0] as (typeof everyMail)[number]).mail, to: 'user@example.com' }

interface RelayOptions {
  extensions?: string[]
  login?: string
  query?: string
  timeoutMs?: number
  authorities?: string
  maxConnections?: number
}

/** Starts a relay with these faults, and a mailer that uses it. Both end with the test. */
export async function relayWith(
  faults: FaultServer['faults'],
  { extensions = ['AUTH PLAIN'], login = 'login:password@', query = '', ...options }: RelayOptions = {},
): Promise<{ relay: FaultServer; mailer: SmtpMailer }> {
  const relay = new FaultServer()
  relay.extensions = extensions
  relay.faults = faults
  const url = `smtp://${login}${await relay.start()}${query}`
  const mailer = createSmtpMailer(mailerOptions(url, { ...options }))
  onTestFinished(async () => {
    mailer.close()
    await relay.stop()
  })
  return { relay, mailer }
}

/** Returns what the log says about a failed delivery. */
export const failureOf = (mailer: SmtpMailer) =>
  mailer.deliver(oneMail).then(
    () => expect.fail('the mail was delivered'),
    (error: DeliveryFailed) => ({ ...describeError(error), delivery: error.delivery }),
  )
