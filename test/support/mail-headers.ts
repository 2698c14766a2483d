import { domainToASCII } from 'node:url'
import type { SunkMail } from './smtp-sink.ts'

const expected = [
  ...['Auto-Submitted', 'Content-Language', 'Content-Type', 'Date', 'From', 'MIME-Version'],
  ...['Message-ID', 'Subject', 'To', 'X-Auto-Response-Suppress'],
]
// Only these headers may continue on a second line. A caller can set them, or they are longer than a line anyway.
const mayFold = ['Content-Type', 'From', 'Message-ID', 'Subject', 'To']

const ascii = (address: string) => {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`
}

interface Header {
  name: string
  value: string
  isFolded: boolean
}

/** Reads the headers from the raw bytes, each with its continuation lines (RFC 5322, section 2.2.3). */
function headersOf(head: string): Header[] {
  const headers: Header[] = []
  for (const line of head.split('\r\n')) {
    const last = headers.at(-1)
    if (last && /^[ \t]/.test(line)) Object.assign(last, { value: last.value + line, isFolded: true })
    else {
      const [, name = line, value = ''] = /^([!-9;-~]+):(.*)$/s.exec(line) ?? []
      headers.push({ name, value, isFolded: false })
    }
  }
  return headers
}

/** Lists what is wrong with an email. It must go to this recipient only and have exactly the usual headers. */
export function oddities({ raw, recipients, parsed }: SunkMail, email: string): string[] {
  const end = raw.indexOf('\r\n\r\n')
  const headers = headersOf(raw.slice(0, end))
  const to = headers.filter(({ name }) => name === 'To').map(({ value }) => value.trim())
  const folded = headers.filter(({ name, isFolded }) => isFolded && !mayFold.includes(name))
  const parts = raw.slice(end).match(/^Content-Type: [^;\r\n]*/gm)
  const found: [string, unknown, unknown][] = [
    ['recipients', recipients.map(ascii), [ascii(email)]],
    ['To', to, [ascii(email)]],
    ['headers', headers.map(({ name }) => name).sort(), [...expected].sort()],
    ['folded headers', folded, []],
    ['line ends', /\r(?!\n)|(?<!\r)\n/.test(raw), false],
    ['control characters', /(?!\t)\p{Cc}/u.test(headers.map(({ value }) => value).join('')), false],
    ['parts', parts, ['Content-Type: text/plain', 'Content-Type: text/html']],
    ['attachments', parsed.attachments.length, 0],
  ]
  return found
    .map(([what, is, shouldBe]) => [what, JSON.stringify(is), JSON.stringify(shouldBe)])
    .filter(([, is, shouldBe]) => is !== shouldBe)
    .map(([what, is, shouldBe]) => `${what}: ${is} instead of ${shouldBe}`)
}
