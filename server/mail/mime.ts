import MimeNode from 'nodemailer/lib/mime-node'
import { encode, wrap } from 'nodemailer/lib/qp'
import { ulid } from '../ulid.ts'

export interface Message {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  /** Without its brackets (RFC 5322, section 3.6.4). */
  messageId: string
  /** Headers beside the usual ones. */
  headers: Record<string, string>
}

/**
 * The message as it goes over the wire: text and HTML as alternatives (RFC 2046, section 5.1.4). Nodemailer encodes
 * headers and parts, which are put together here, because its own way through a dozen streams for each message takes more
 * of the processor than all else in a send.
 */
export function mimeMessage({ from, to, subject, text, html, messageId, headers }: Message): string {
  const root = new MimeNode('multipart/alternative', { baseBoundary: ulid() })
  root.setHeader({ ...headers, from, to: { name: '', address: to }, subject })
  root.setHeader('message-id', `<${messageId}>`)
  const head = root.buildHeaders()
  const delimiter = `\r\n--${root.boundary}`
  return `${head}\r\n${delimiter}${part('plain', text)}${delimiter}${part('html', html)}${delimiter}--\r\n`
}

/** A new id under the sender's domain, as spam filters expect. */
export function newMessageId(sender: string): string {
  return `${ulid()}@${sender.slice(sender.lastIndexOf('@') + 1)}`
}

function part(subtype: string, content: string): string {
  const encoded = wrap(encode(content.replace(/\r?\n/g, '\r\n')))
  return `\r\nContent-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`
}
