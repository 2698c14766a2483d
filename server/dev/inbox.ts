import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** One caught email. */
export interface InboxMail {
  id: number
  receivedAt: string
  from: string
  to: string[]
  subject: string
  /** The code, if the text has a line with only digits. */
  code: string | undefined
  text: string
  /** The HTML part, with its pictures inside it. */
  html: string
  headers: { name: string; value: string }[]
  /** The size of the whole message. */
  bytes: number
}

export interface Inbox {
  /** The SMTP route into this inbox. */
  smtpUrl: string
  /** Newest first. */
  mails(): InboxMail[]
  close(): Promise<void>
}

const keptMails = 200

/** Starts an SMTP server on loopback that accepts every email. It keeps the newest in memory and delivers none. */
export async function startInbox(): Promise<Inbox> {
  const mails: InboxMail[] = []
  let received = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'], // it would need a certificate that the sender trusts
    logger: false,
    onData(stream, session, done) {
      buffer(stream).then(async (bytes) => {
        const parsed = await PostalMime.parse(bytes)
        received += 1
        const { mailFrom, rcptTo } = session.envelope
        mails.unshift({
          id: received,
          receivedAt: new Date().toISOString(),
          from: senderOf(parsed) || (mailFrom ? mailFrom.address : ''),
          to: rcptTo.map(({ address }) => address),
          ...contentOf(parsed),
          bytes: bytes.length,
        })
        mails.length = Math.min(mails.length, keptMails)
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails: () => [...mails],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function contentOf({ subject = '', text = '', html = '', headers, attachments }: Email) {
  return {
    subject,
    code: /^\d{4,10}$/m.exec(text)?.[0],
    text,
    html: attachments.reduce(withPicture, html),
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
  }
}

/** Browsers do not support `cid:` URLs (RFC 2392), so the picture goes into the HTML. */
function withPicture(html: string, { contentId = '', mimeType, content }: Attachment): string {
  const id = contentId.replace(/^<|>$/g, '')
  if (id === '') return html
  const base64 = Buffer.from(content as ArrayBuffer).toString('base64')
  return html.replaceAll(`cid:${id}`, `data:${mimeType};base64,${base64}`)
}

/** Returns the sender as an email program shows it. */
function senderOf({ from }: Email): string {
  if (from?.address === undefined) return ''
  return from.name === '' ? from.address : `"${from.name}" <${from.address}>`
}
