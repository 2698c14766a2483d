import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { type Config, loadConfig } from '../config.ts'
import { createLogger } from '../log.ts'
import { deliveryProblems } from '../mail/problems.ts'
import { openMailer } from '../open-mailer.ts'
import { type Delivery, DeliveryFailed } from '../otp/delivery.ts'
import type { Recipient } from '../otp/recipient.ts'
import { checked, toRecipient } from './options.ts'
import { columns, print } from './output.ts'
import { UsageError } from './usage-error.ts'

interface TestOptions {
  to: Recipient
  json?: true
}

/** Adds `mail test`. */
export function addMailCommands(program: Command, environment: Environment): void {
  program
    .command('mail')
    .description('check the delivery of emails')
    .command('test')
    .description(
      'send one email as the server would, and print the conversation with the mail server, without secrets',
    )
    .requiredOption('--to <address>', 'recipient of the email', checked(toRecipient))
    .option('--json', 'print one JSON object')
    .action(async ({ to, json }: TestOptions) => {
      const config = loadConfig(environment)
      if (config.smtp.routes.length === 0) throw new UsageError('SMTP_URL is not set')
      const conversation: string[] = []
      const delivery = await sendTest(config, to, (line) => conversation.push(line))
      const isSent = delivery.problem === undefined
      print(json, { sent: isSent, delivery, conversation }, () => inWords(conversation, delivery))
      if (!isSent) process.exitCode = 1
    })
}

async function sendTest(
  config: Config,
  { address }: Recipient,
  hear: (line: string) => void,
): Promise<Delivery> {
  const mailer = openMailer(config, { log: createLogger('silent'), hear })
  try {
    const made = await mailer.deliver({
      projectId: 'default',
      to: address,
      network: undefined,
      from: undefined,
      flow: 'backend',
      locale: undefined,
      subject: 'Test of the email settings',
      verificationLine: 'This email was sent by risumail-otp mail test. The code does nothing.',
      code: '000000',
      expiresInSeconds: 600,
      autofillHost: undefined,
      hostedVerifyUrl: undefined,
    })
    if (made === undefined) throw new Error('no email was sent')
    return made
  } catch (error) {
    if (error instanceof DeliveryFailed && error.delivery) return error.delivery
    throw error
  } finally {
    mailer.close()
  }
}

function inWords(conversation: string[], delivery: Delivery): string {
  const facts = Object.entries(delivery).map(([name, value]) => [
    name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`),
    String(value),
  ])
  return [
    ...conversation,
    '',
    columns(facts),
    delivery.problem === undefined
      ? 'The mail server accepted the email.'
      : deliveryProblems[delivery.problem].remedy,
  ].join('\n')
}
