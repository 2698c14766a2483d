import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** One caught mail. */
export interface InboxMail {
  id: number
  receivedAt: string
  from: string
  to: string[]
  subject: string
  /** The code, if the text has a line that is nothing but digits. */
  code: string | undefined
  text: string
  html: string
}

export interface Inbox {
  /** The SMTP route into this inbox. */
  smtpUrl: string
  /** Newest first. */
  mails(): InboxMail[]
  close(): Promise<void>
}

const keptMails = 200

/** A catch-all SMTP server on loopback that keeps the newest mails in memory and delivers none. */
export async function startInbox(): Promise<Inbox> {
  const mails: InboxMail[] = []
  let received = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'], // it would need a certificate that the sender trusts
    logger: false,
    onData(stream, session, done) {
      buffer(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then((parsed) => {
          received += 1
          const { mailFrom, rcptTo } = session.envelope
          mails.unshift({
            id: received,
            receivedAt: new Date().toISOString(),
            from: senderOf(parsed) || (mailFrom ? mailFrom.address : ''),
            to: rcptTo.map(({ address }) => address),
            ...contentOf(parsed),
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

function contentOf({ subject = '', text = '', html = '' }: Email) {
  return { subject, code: /^\d{4,10}$/m.exec(text)?.[0], text, html }
}

/** The sender as a mail program shows it. */
function senderOf({ from }: Email): string {
  if (from?.address === undefined) return ''
  return from.name === '' ? from.address : `"${from.name}" <${from.address}>`
}
