import { format } from 'node:util'
import type { SmtpRoute } from '../config/smtp.ts'

type Hear = (line: string) => void

/**
 * Makes a logger for nodemailer that passes on each line from both sides. It removes the login, even if the mail server
 * repeats it in another encoding.
 */
export function conversationLogger({ login }: SmtpRoute, hear: Hear) {
  const secrets = login ? [login.password, login.user] : []
  const log = ({ tnx }: { tnx?: string } = {}, text: unknown = '', ...values: unknown[]) => {
    const side = tnx === 'client' ? 'C' : tnx === 'server' ? 'S' : undefined
    if (side === undefined) return
    for (const line of format(String(text), ...values)
      .trimEnd()
      .split(/\r?\n/))
      hear(`${side}: ${withoutSecrets(line, secrets)}`)
  }
  return { trace: log, debug: log, info: log, warn: log, error: log, fatal: log, level: () => {} }
}

const mark = '[secret]'

function withoutSecrets(line: string, secrets: readonly string[]): string {
  const plain = secrets.reduce((text, secret) => text.replaceAll(secret, mark), line)
  const holds = (text: string) => secrets.some((secret) => text.includes(secret))
  // We decode each long word as base64, hex and URL encoding, and hide it if a secret appears.
  return plain.replace(/\S{6,}/g, (word) => {
    const readings = [
      Buffer.from(word, 'base64').toString('utf8'),
      Buffer.from(word, 'hex').toString('utf8'),
      percentDecoded(word),
    ]
    return readings.some(holds) ? mark : word
  })
}

function percentDecoded(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}
