import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import nodemailer from 'nodemailer'
import { expect, it, onTestFinished } from 'vitest'
import { mimeMessage } from '../../server/mail/mime.ts'
import { runs } from '../support/properties.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

const lines = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '.hidden',
    '',
    ' ',
    '\t',
    'ends in a space ',
    'From here',
    '--',
    '=',
    '=3D',
    '-- ',
    '=\r',
  ),
  fc.string({
    unit: fc.constantFrom('a', ' ', '.', '=', 'é', '株', '😀', 'ا', '\u00a0', '-', '<', '&'),
    maxLength: 200,
    size: 'max',
  }),
)
const texts = fc
  .array(lines, { minLength: 1, maxLength: 12 })
  .map((all) => `${all.join('\n').replaceAll('\r', '')}\n`)

it('text and HTML pass through SMTP unchanged, whatever their lines begin and end with', async () => {
  const sink = new SmtpSink()
  const transport = nodemailer.createTransport({ url: await sink.start(), pool: true } as never)
  onTestFinished(async () => {
    transport.close()
    await sink.stop()
  })
  const [from, to] = ['login@acme.example', 'user@example.com']
  await fc.assert(
    fc.asyncProperty(texts, texts, async (text, html) => {
      const raw = mimeMessage({
        from: { name: 'Acme', address: from },
        to,
        subject: 'Code',
        text,
        html,
        messageId: '01KPJRXTK0@acme.example',
        headers: {},
      })
      await transport.sendMail({ raw, envelope: { from, to: [to] } })
      const received = sink.mails.at(-1)?.raw ?? ''
      expect(received.split('\r\n').every((line) => /^[\t\x20-\x7e]{0,76}$/.test(line))).toBe(true)
      const parsed = await simpleParser(received)
      expect(parsed.text).toBe(text)
      expect(parsed.html).toBe(html)
    }),
    runs({ quick: 200, long: 5_000 }),
  )
})
