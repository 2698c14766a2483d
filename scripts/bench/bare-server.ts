/**
 * The baseline for our server: the same durable work, written by hand with as little around it as possible. A send
 * makes one commit before the email and one after it. A verify makes one commit. A page of history is one query. It has
 * no validation, no credentials and no limits.
 */
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import SQLite from 'better-sqlite3'
import nodemailer from 'nodemailer'

const [, , path = '', smtpUrl = ''] = process.argv
const database = new SQLite(path)
database.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table sessions (id text primary key, email text not null, hash blob not null, attempts integer not null,
    expires_at integer not null, sent_at integer, verified_at integer);
  create index verified on sessions (verified_at, id) where verified_at is not null`)
const insert = database.prepare(
  'insert into sessions (id, email, hash, attempts, expires_at) values (?, ?, ?, 0, ?)',
)
const setSent = database.prepare('update sessions set sent_at = ? where id = ?')
const find = database.prepare('select hash, attempts, expires_at, verified_at from sessions where id = ?')
const setVerified = database.prepare(
  'update sessions set attempts = attempts + 1, verified_at = ? where id = ?',
)
const countAttempt = database.prepare('update sessions set attempts = attempts + 1 where id = ?')
const page = database.prepare(
  'select id, email, sent_at, verified_at from sessions where verified_at is not null order by verified_at desc, id desc limit ?',
)
// Never released: if a statement is garbage-collected while no JavaScript runs, the process can end.
export const kept = [database, insert, setSent, find, setVerified, countAttempt, page]

const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 16 })
const secret = randomBytes(32)
const hashOf = (id: string, code: string) => createHmac('sha256', secret).update(`${id}\n${code}`).digest()

interface Row {
  hash: Buffer
  attempts: number
  expires_at: number
  verified_at: number | null
}

async function send({ email }: { email: string }) {
  const id = randomBytes(16).toString('hex')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = Date.now() + 600_000
  insert.run(id, email, hashOf(id, code), expiresAt)
  await transport.sendMail({
    from: 'Acme <login@acme.example>',
    to: email,
    subject: 'Your code',
    text: `Your code is:\n\n${code}\n\nThis code expires in 10 minutes.\n`,
    html: `<!doctype html><html><body><p>Your code is:</p><p><b>${code}</b></p><p>This code expires in 10 minutes.</p></body></html>`,
  })
  setSent.run(Date.now(), id)
  return { sessionId: id, expiresAt: new Date(expiresAt).toISOString(), email, sent: true }
}

function verify({ sessionId, code }: { sessionId: string; code: string }) {
  const row = find.get(sessionId) as Row | undefined
  const now = Date.now()
  if (!row || row.verified_at !== null || row.expires_at <= now || row.attempts >= 5)
    return { verified: false }
  const isRight = timingSafeEqual(row.hash, hashOf(sessionId, code))
  if (isRight) setVerified.run(now, sessionId)
  else countAttempt.run(sessionId)
  return { verified: isRight }
}

function history() {
  const rows = page.all(50) as { id: string; email: string; sent_at: number; verified_at: number }[]
  const iso = (time: number) => new Date(time).toISOString()
  return {
    verifications: rows.map(({ id, email, sent_at, verified_at }) => ({
      id,
      email,
      sentAt: iso(sent_at),
      verifiedAt: iso(verified_at),
    })),
  }
}

async function bodyOf(request: IncomingMessage) {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}

const server = createServer(async (request, response) => {
  const { url = '', method } = request
  const data =
    method === 'GET'
      ? url.includes('verifications') && history()
      : url.endsWith('/send')
        ? await send(await bodyOf(request))
        : verify(await bodyOf(request))
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ success: true, data }))
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
