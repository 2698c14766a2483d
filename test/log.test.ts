import { describe, expect, it } from 'vitest'
import { describeError } from '../server/log.ts'
import { backend, instant, sendAndRead, wrongCode } from './support/flows.ts'
import { useServer } from './support/server.ts'

const server = useServer({ environment: { SMTP_TIMEOUT: '300ms' } })

describe('the log', () => {
  it('has one structured line for each request, and no code, credential, secret or address in any', async () => {
    const key = await server.key()
    const { token, secret } = await server.token()
    const email = 'canary.user@canary.example'
    const sent = await sendAndRead(server, backend, server.client(key), { email, otpDigits: 10 })
    await backend.verify(server.client(key), { ...sent, code: wrongCode(sent.code) })
    await backend.verify(server.client(key), sent)
    await instant.send(server.client(token), { email })
    await server
      .client(token, { 'X-Otp-Secret': secret, 'X-Request-Id': key })
      .GET('/api/v1/instant-otp/verifications')
    await fetch(`${server.url}/${email}/${sent.code}?key=${key}`)
    server.sink.atRecipient = 550
    await backend.send(server.client(key), { email })

    const lines = server.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    const requests = lines.filter(({ msg }) => msg === 'request')
    expect(requests).toHaveLength(7)
    expect(requests[0]).toMatchObject({
      level: 'info',
      method: 'POST',
      operationId: 'sendBackendOtp',
      status: 200,
    })
    expect(requests.at(-1)).toMatchObject({
      level: 'error',
      status: 502,
      errorCode: 'SMTP_DELIVERY_FAILED',
      err: { cause: { responseCode: 550 } },
    })
    const text = server.log.join('')
    for (const canary of [sent.code, key, token, secret, email, 'canary', 'risu_'])
      expect(text).not.toContain(canary)
  })

  it('takes addresses, credentials, logins and digits out of the errors of libraries', () => {
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
})
