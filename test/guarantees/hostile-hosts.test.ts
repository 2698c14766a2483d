import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { askRaw } from '../support/raw-http.ts'
import { useServer } from '../support/server.ts'

const server = useServer()

it('a request without a host is served over HTTP/1.0, which requires none', async () => {
  const { port } = new URL(server.directUrl)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /livez HTTP/1.0\r\n\r\n'))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
})

it.each(
  Array.from({ length: 0x100 }, (_, code) => code).filter(
    (code) => code === 9 || (code > 0x1f && code !== 0x7f),
  ),
)(
  'a host that contains the character %i is served if a name or an address can contain it, and gets 400 otherwise',
  async (code) => {
    const character = String.fromCharCode(code)
    const couldBe = /[\w.~!$&'()*+,;=-]/.test(character) // RFC 3986, section 3.2.2
    const answer = await askRaw(`${server.directUrl}/livez`, { headers: { Host: `a${character}b` } })
    expect(answer.status).toBe(couldBe ? 200 : 400)
    if (!couldBe) expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  },
)

it.each([
  ['otp.acme.example', 200],
  ['otp.acme.example:8080', 200],
  ['[2001:db8::1]:443', 200],
  ['[::1]', 200],
  ['127.0.0.1', 200],
  ['localhost:', 200],
  ['a'.repeat(255), 200],
  ['a'.repeat(256), 400],
  ['user@otp.acme.example', 400],
  ['otp.acme.example/path', 400],
  ['http://otp.acme.example', 400],
  ['a:b', 400],
  ['a:1:2', 400],
  ['a:123456', 400],
  ['[::1', 400],
  ['::1', 400],
  ['[]', 400],
  ['a, b', 400],
])('the host %s is answered with %i', async (host, status) => {
  expect((await askRaw(`${server.directUrl}/livez`, { headers: { Host: host } })).status).toBe(status)
})
