import { spawnSync } from 'node:child_process'
import { createSmtpMailer } from '../../server/mail/smtp.ts'
import { mailerOptions } from '../support/mailers.ts'
import { acme, everyMail } from '../support/mails.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

// What SpamAssassin says of every mail, by its local rules alone: no network, no training. It is not part of the tests,
// because its rules change with its package: apt-get install spamassassin; npm run test:spam
const highestAllowed = 2

// What a receiving server puts on top, of a mail that came to it straight, which the rules like least. Its address is a
// real one, because they take those for documentation as forged.
const received =
  'Received: from mail.acme.example (mail.acme.example [9.9.9.9]) by mx.example.com with ESMTPS id 1;\r\n\t'

const sink = new SmtpSink()
const mailer = createSmtpMailer(mailerOptions(await sink.start(), { timeoutMs: 5000, settings: acme }))
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
