import { METHODS } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../support/arbitraries.ts'
import { factsOf, operationFacts } from '../support/contract.ts'
import { emailVerification, sendAndRead } from '../support/flows.ts'
import { headers } from '../support/hostile-headers.ts'
import { path, paths } from '../support/hostile-paths.ts'
import { oddities } from '../support/mail-headers.ts'
import { runs } from '../support/properties.ts'
import { askRaw, type RawAnswer } from '../support/raw-http.ts'
import { useServer } from '../support/server.ts'
import { requestWith } from '../support/valid-requests.ts'

const server = useServer()
// CONNECT asks for a tunnel, not for a response.
const methods = METHODS.filter((method) => method !== 'CONNECT')

/** Checks the response to any request: no server error, a valid request id, and any error in the contract's shape. */
function expectAnAnswer({ status, headers, text }: RawAnswer, method: string): void {
  expect(status).toBeLessThan(500)
  expect(headers['x-request-id']).toMatch(/^[A-Za-z0-9._-]{1,64}$/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  if (method === 'HEAD' || status === 204 || headers['content-type']?.startsWith('text/html')) return
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  const { success, error } = JSON.parse(text) as { success?: boolean; error?: Record<string, unknown> }
  if (status < 400) return
  expect(success).toBe(false)
  expect(error).toMatchObject({
    code: expect.stringMatching(/^[A-Z_]+$/),
    requestId: headers['x-request-id'],
  })
}

describe('an undocumented path, query or method', () => {
  it('gets a response that follows the contract', async () => {
    const mails = server.sink.mails.length
    await fc.assert(
      fc.asyncProperty(path, fc.constantFrom(...methods), async (asked, method) => {
        const { port } = new URL(server.directUrl)
        expectAnAnswer(await askRaw({ host: '127.0.0.1', port, path: asked }, { method }), method)
      }),
      runs({ quick: 500, long: 20_000 }),
    )
    expect(server.sink.mails.length).toBe(mails)
  })

  it.each(paths)('gets 405 if only the method is undocumented: %s', async (known) => {
    const own = operationFacts.filter(({ path: found }) => found === known).map(({ method }) => method)
    const allowed =
      own.length > 0 ? own : known === '/verify-email' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
    for (const method of methods.filter((found) => !allowed.includes(found))) {
      const answer = await askRaw(server.directUrl + known, { method })
      expectAnAnswer(answer, method)
      expect({ method, status: answer.status }).toEqual({ method, status: 405 })
      expect(answer.headers.allow).toBe(allowed.join(', '))
    }
  })
})

describe('unexpected headers', () => {
  it('break no operation, change no recipient, and appear in a response only where they belong', async () => {
    const credential = `Bearer ${await server.key()}`
    const { token, secret } = await server.token()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operationFacts), headers, async (facts, odd) => {
        const { body, headers: usual } = requestWith(facts.id, credential, secret)
        const Authorization = facts.opensWith.includes('serverKey') ? credential : `Bearer ${token}`
        server.sink.mails.length = 0
        const answer = await askRaw(server.directUrl + facts.path, {
          method: facts.method,
          body,
          headers: { ...usual, ...odd, Authorization },
        })
        expectAnAnswer(answer, facts.method)
        expect(server.violations.splice(0)).toEqual([])
        const origins = [odd['Origin'] ?? []].flat().map((text) => text.replace(/^[\t ]+|[\t ]+$/g, ''))
        const allowed = answer.headers['access-control-allow-origin']
        expect([origins.join(', ').trim(), undefined]).toContain(allowed)
        expect(allowed ?? '').toMatch(/^[\x21-\x7e]*$/)
        for (const mail of server.sink.mails) expect(oddities(mail, 'user@example.com')).toEqual([])
        expect(server.sink.mails.length).toBe(facts.id.startsWith('send') && answer.status === 200 ? 1 : 0)
      }),
      runs({ quick: 500, long: 20_000 }),
    )
  })
})

describe('bytes that are not a valid request', () => {
  const { path } = factsOf('sendBackendOtp')
  it.each([
    ['a TLS handshake', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03'],
    ['another protocol', 'EHLO evil.example\r\nMAIL FROM:<a@x.co>\r\n'],
    ['a method that is not valid', `PO ST ${path} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['an unknown version', `GET / HTTP/9.9\r\nHost: x\r\n\r\n`],
    ['a header without a name', `GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n`],
    ['a header with a space in its name', `GET / HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n`],
    ['a folded header', `GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\n b\r\n\r\n`],
    ['a NUL in a header', `GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\0b\r\n\r\n`],
    ['headers without an end', `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(5000)}`],
    ['two lengths', `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length that is not valid', `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\n{}`],
    [
      'a length and chunks',
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks that are not valid',
      `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ],
    ['no host', `GET /livez HTTP/1.1\r\n\r\n`],
    ['no host for an operation', `POST ${path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}`],
    ['two hosts', `GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n`],
    ['the same host twice', `GET /livez HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n`],
    ['two hosts over HTTP/1.0', `GET /livez HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n`],
    ['an unknown encoding', `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: cow\r\n\r\n{}`],
  ])('%s: the connection ends, no email is sent, and the server keeps running', async (_case, bytes) => {
    const { port } = new URL(server.directUrl)
    const mails = server.sink.mails.length
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes, 'latin1'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(text))
    })
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(JSON.parse(body)).toMatchObject({ success: false, error: { code: 'VALIDATION_FAILED' } })
    expect(server.sink.mails.length).toBe(mails)
    expect((await askRaw(`${server.directUrl}/livez`)).status).toBe(200)
  })
})

describe('the form of the hosted page', () => {
  const submit = (fields: Record<string, string>) =>
    askRaw(`${server.directUrl}/verify-email`, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })

  it('answers 404 to any unknown session and code, and repeats none of the text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (sessionId, code) => {
        const mark = `<i>${sessionId}`
        const answer = await submit({ sessionId: mark, code: `${mark}${code}` })
        expect(answer.status).toBe(404)
        expect(answer.text).not.toContain('<i>')
      }),
      runs({ quick: 100, long: 5000 }),
    )
  })

  it('compares every text with the code of an open session, and repeats none of it', async () => {
    const api = await emailVerification.authorized(server)
    let recipients = 0
    await fc.assert(
      fc.asyncProperty(anyText, async (code) => {
        const email = `page-${++recipients}@example.com`
        const { sessionId } = await sendAndRead(server, emailVerification, api, { email })
        server.log.length = 0
        const answer = await submit({ sessionId, code: `<i>${code}` })
        expect(answer.status).toBe(400)
        expect(answer.text).not.toContain('<i>')
        expect(server.log.join()).toContain('"errorCode":"INVALID_CODE"')
      }),
      runs({ quick: 100, long: 5000 }),
    )
  })
})
