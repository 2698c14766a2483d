import MimeNode from 'nodemailer/lib/mime-node'
import { encode, wrap } from 'nodemailer/lib/qp'
import { ulid } from '../ulid.ts'

/** A picture that the HTML part refers to as `cid:ID` (RFC 2392). */
interface InlineImage {
  id: string
  contentType: string
  base64: string
}

export interface Message {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  image?: InlineImage | undefined
  /** Without its brackets (RFC 5322, section 3.6.4). */
  messageId: string
  /** Extra headers. */
  headers: Record<string, string>
}

/**
 * Returns the message as we send it: text and HTML as alternatives (RFC 2046, section 5.1.4), and the HTML together
 * with its picture if it has one (RFC 2387). Nodemailer encodes the headers and parts. We join them ourselves:
 * nodemailer would pass each message through a dozen streams and use more CPU than the rest of a send.
 */
export function mimeMessage({ from, to, subject, text, html, image, messageId, headers }: Message): string {
  const root = new MimeNode('multipart/alternative', { baseBoundary: ulid() })
  root.setHeader({ ...headers, from, to: { name: '', address: to }, subject })
  root.setHeader('message-id', `<${messageId}>`)
  const head = root.buildHeaders()
  const delimiter = `\r\n--${root.boundary}`
  const rich = image ? withImage(html, image) : part('html', html)
  return `${head}\r\n${delimiter}${part('plain', text)}${delimiter}${rich}${delimiter}--\r\n`
}

/** Returns a new Message-ID in the sender's domain, as spam filters expect. */
export function newMessageId(sender: string): string {
  return `${ulid()}@${sender.slice(sender.lastIndexOf('@') + 1)}`
}

function part(subtype: string, content: string): string {
  const encoded = wrap(encode(content.replace(/\r?\n/g, '\r\n')))
  return `\r\nContent-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`
}

function withImage(html: string, { id, contentType, base64 }: InlineImage): string {
  const boundary = `related-${ulid()}`
  const delimiter = `\r\n--${boundary}`
  const lines = base64.replace(/.{76}(?=.)/g, '$&\r\n')
  return `\r\nContent-Type: multipart/related; type="text/html"; boundary="${boundary}"\r\n${delimiter}${part('html', html)}${delimiter}\r\nContent-Type: ${contentType}\r\nContent-ID: <${id}>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}${delimiter}--`
}
