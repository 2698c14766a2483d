import { describe, expect, it } from 'vitest'
import { wrongCode } from '../support/flows.ts'
import { askPage, sendVerification, submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

const formType = 'application/x-www-form-urlencoded'

describe('the form of the page', () => {
  const server = useServer()

  it.each([
    ['empty', { code: '' }],
    ['without-its-code', {}],
    ['with-spaces-and-dashes-only', { code: ' - \t' }],
  ])('asks for the code if it is submitted %s, and this costs no attempt', async (how, fields) => {
    const { sessionId, code } = await sendVerification(server, { email: `${how}@example.com` })
    for (let n = 0; n < 10; n++) {
      const page = await submitForm(server, { sessionId, ...fields })
      expect(page.status).toBe(400)
      expect(page.text).toContain('Enter your code')
      expect(page.hasForm).toBe(true)
    }
    const next = await submitForm(server, { sessionId, code: wrongCode(code) })
    expect(next.text).toContain('You have 4 attempts left.')
  })

  it.each<[string, number, Record<string, string>, string | Uint8Array]>([
    ['an empty body', 400, { 'Content-Type': formType }, ''],
    ['another form', 400, { 'Content-Type': formType }, 'a=b'],
    ['a session twice', 400, { 'Content-Type': formType }, 'sessionId=a&sessionId=b&code=1'],
    ['a code twice', 400, { 'Content-Type': formType }, 'sessionId=a&code=1&code=2'],
    ['bytes that are not UTF-8', 400, { 'Content-Type': formType }, new Uint8Array([0xff, 0x3d, 0x31])],
    ['more than 16 KiB', 413, { 'Content-Type': formType }, `sessionId=a&code=${'1'.repeat(16 * 1024)}`],
    ['JSON', 415, { 'Content-Type': 'application/json' }, '{"sessionId":"a","code":"1"}'],
    ['text', 415, { 'Content-Type': 'text/plain' }, 'sessionId=a'],
    ['a form with parts', 415, { 'Content-Type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['a form in another charset', 415, { 'Content-Type': `${formType}; charset=utf-16` }, 'sessionId=a'],
    ['a compressed form', 415, { 'Content-Type': formType, 'Content-Encoding': 'gzip' }, 'sessionId=a'],
  ])('answers %s with the page and %i, never with JSON', async (_case, status, headers, body) => {
    const page = await askPage(server, '/verify-email', { method: 'POST', headers, body })
    expect(page.status).toBe(status)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('Something went wrong')
  })

  it('treats percent signs that encode nothing as a wrong code', async () => {
    const { sessionId } = await sendVerification(server)
    const body = `sessionId=${sessionId}&code=%zz%`
    const headers = { 'Content-Type': `${formType}; charset=UTF-8` }
    expect((await askPage(server, '/verify-email', { method: 'POST', headers, body })).status).toBe(400)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'answers %s with the page, 405 and the allowed methods',
    async (method) => {
      const page = await askPage(server, '/verify-email', { method })
      expect(page.status).toBe(405)
      expect(page.headers.get('allow')).toBe('GET, HEAD, POST')
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  it.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://otp.acme.example' }],
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'https://otp.acme.example.evil.example' }],
    [{ Origin: 'nonsense' }],
  ])('is refused when another site sends it: %j', async (headers) => {
    const { sessionId, code } = await sendVerification(server)
    const refused = await submitForm(server, { sessionId, code }, headers as Record<string, string>)
    expect(refused.status).toBe(403)
    expect(refused.hasForm).toBe(false)
    expect((await submitForm(server, { sessionId, code })).status).toBe(200)
  })

  it.each([
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }],
    [{ 'Sec-Fetch-Site': 'none' }],
    [{ Origin: 'null' }],
    [{ Origin: 'https://otp.acme.example' }],
    [{}],
  ])('is accepted from the page itself: %j', async (headers) => {
    const sent = await sendVerification(server)
    expect((await submitForm(server, sent, headers as Record<string, string>)).status).toBe(200)
  })
})
