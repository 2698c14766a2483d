import { spawnSync } from 'node:child_process'
import { createSmtpMailer } from '../../server/mail/smtp.ts'
import { mailerOptions } from '../support/mailers.ts'
import { acme, everyMail } from '../support/mails.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

// Scores every email with SpamAssassin's local rules only: no network, no training. This is not part of the tests,
// because the rules change with the package. To run it: apt-get install spamassassin; npm run test:spam
const highestAllowed = 2

// The header that a receiving server adds when an email arrives directly. SpamAssassin's rules like such emails least.
// The address is a real one, because the rules treat documentation addresses as forged.
const received =
  'Received: from mail.acme.example (mail.acme.example [9.9.9.9]) by mx.example.com with ESMTPS id 1;\r\n\t'

const sink = new SmtpSink()
const mailer = createSmtpMailer(
  mailerOptions(await sink.start(), { timeoutMs: 5000, brandOf: async () => acme }),
)
let highest = Number.NEGATIVE_INFINITY
for (const { flow, language, mail } of everyMail) {
  await mailer.deliver(mail)
  const raw = `${received}${new Date().toUTCString().replace('GMT', '+0000')}\r\n${sink.mailTo(mail.to).raw}`
  const { stdout, error } = spawnSync('spamassassin', ['-L', '-t'], { input: raw, encoding: 'utf8' })
  if (error) throw error
  const [, score = 'NaN', rules = ''] =
    /^X-Spam-Status: .*?score=(-?[\d.]+).*?tests=([\w,\s]*)/ms.exec(stdout) ?? []
  highest = Math.max(highest, Number(score))
  const tests = rules.replace(/\s*\bautolearn[\s\S]*/, '').replace(/\s+/g, '')
  process.stdout.write(`${score}\t${Buffer.byteLength(raw)} bytes\t${flow}.${language}\t${tests}\n`)
}
mailer.close()
await sink.stop()
process.stdout.write(`The highest score is ${highest}; below ${highestAllowed} is asked for.\n`)
process.exitCode = highest < highestAllowed ? 0 : 1
