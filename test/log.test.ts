import { describe, expect, it } from 'vitest'
import { describeError } from '../server/log.ts'
import { backend } from './support/flows.ts'
import { useServer } from './support/server.ts'

const server = useServer()

// guarantees/leaks.test.ts checks that no line contains anything that must stay out of the log.
describe('the log', () => {
  it('has one structured line for each request', async () => {
    const api = server.client(await server.key())
    await backend.send(api, { email: 'user@example.com' })
    await fetch(`${server.url}/nope`)
    server.sink.atRecipient = 550
    await backend.send(api, { email: 'user@example.com' })
    const lines = server.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
      { level: 'info', method: 'POST', operationId: 'sendBackendOtp', status: 200 },
      { level: 'info', method: 'GET', status: 404, errorCode: 'NOT_FOUND' },
      {
        // The operator cannot fix a single mailbox that does not exist.
        level: 'info',
        status: 502,
        errorCode: 'SMTP_DELIVERY_FAILED',
        delivery: {
          phase: 'recipient',
          problem: 'recipient-refused',
          smtpCode: 550,
          tries: 1,
          mayRetry: false,
        },
      },
    ])
  })

  it('removes addresses, credentials, logins and digits from the errors of libraries', () => {
    const error = new Error(
      '550 <user@example.com> code 123456 risu_key_abc smtp://user:hunter2@mail.example',
      {
        cause: new Error('a@x.co'),
      },
    )
    expect(describeError(error)).toMatchObject({
      type: 'Error',
      message: '550 <[address]> code [digits] [credential] smtp://[login]@mail.example',
      cause: { message: '[address]' },
    })
    expect(JSON.stringify(describeError(error))).not.toMatch(/user@|123456|hunter2/)
  })

  it.each([
    ["o'brien@example.com", '[address]'],
    ['a/b@example.com', '[address]'],
    ['é+ü=!#$%&*?^_`{|}~-@bücher.example', '[address]'],
    ['to:a@x.co,b@y.co', 'to:[address],[address]'],
    ['code123456x', 'code[digits]x'],
    ['12345678901234567890', '[digits]'],
    ['no file /app/node_modules/@koa/router/index.js', 'no file /app/node_modules/@koa/router/index.js'],
  ])('writes %j as %j', (text, scrubbed) => {
    expect(describeError(new Error(text)).message).toBe(scrubbed)
    expect(describeError(text).message).toBe(scrubbed)
  })

  it('leaves out the text of a mail server, and does not mistake a part of it for a stack frame', () => {
    const response = '550-5.7.1 who is a@x.co\n550 5.7.1     at home'
    const message = `Mail command failed: ${response}\n    at home (with the password)`
    const described = describeError(Object.assign(new Error(message), { code: 'EENVELOPE', response }))
    expect(described.message).toBe('Mail command failed: 550-5.7.1\n    at home (with the password)')
    expect(described.stack).not.toContain('at home')
    expect(describeError(Object.assign(new Error('x: hello'), { response: 'hello' })).message).toBe(
      'x: [reply]',
    )
  })
})
