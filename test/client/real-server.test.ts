import { describe, expect, it } from 'vitest'
import { createClient, createPlainClient } from '../../clients/typescript/src/index.ts'
import { operationFacts } from '../support/contract.ts'
import { wrongCode } from '../support/flows.ts'
import { backendClient, only, refusalOf } from '../support/real-client.ts'
import { useServer } from '../support/server.ts'

const server = useServer()

describe('a client', () => {
  it('has a method for every operation of the contract, and one more for every list', async () => {
    const ids = operationFacts.map(({ id }) => id as string)
    const lists = ids.filter((id) => id.startsWith('list')).map((id) => id.replace('list', 'all'))
    expect(Object.keys(await backendClient(server)).sort()).toEqual([...ids, ...lists].sort())
  })

  it.each(['', '/', '//'])('accepts a base URL that ends with "%s"', async (end) => {
    const client = createClient({ baseUrl: server.url + end, token: await server.key() })
    expect(await client.listBackendOtpVerifications()).toHaveProperty('verifications')
  })

  it('works when its methods are destructured', async () => {
    const { listBackendOtpVerifications } = await backendClient(server)
    expect(await listBackendOtpVerifications()).toHaveProperty('verifications')
  })
})

describe('the flows', () => {
  const email = 'user@example.com'

  it('send, verify and list an instant code with a public token and its secret', async () => {
    const { token, secret } = await server.token({ projectId: 'instant' })
    const client = createClient({ baseUrl: server.url, token, otpSecret: secret })
    const { sessionId, sent } = await client.sendInstantOtp({ email, expiresInSeconds: 300 })
    expect(sent).toBe(true)
    const code = server.sink.codeTo(email)
    expect(await client.verifyInstantOtp({ sessionId, email, code })).toEqual({ verified: true })
    expect((await client.listInstantOtpVerifications({ limit: 10 })).verifications).toMatchObject([
      { id: sessionId, email },
    ])
  })

  it('send, verify and list a backend code with a server key', async () => {
    const client = createClient({ baseUrl: server.url, token: await server.key({ projectId: 'backend' }) })
    const { sessionId } = await client.sendBackendOtp({ email, otpDigits: 8 })
    const code = server.sink.codeTo(email)
    expect(code).toHaveLength(8)
    expect(await client.verifyBackendOtp({ sessionId, email, code })).toEqual({ verified: true })
    expect((await client.listBackendOtpVerifications()).verifications).toMatchObject([{ id: sessionId }])
  })

  it('send and verify an email address', async () => {
    const client = await backendClient(server)
    const { sessionId, hostedVerifyUrl } = await client.sendEmailVerification({ email })
    expect(new URL(hostedVerifyUrl).searchParams.get('sessionId')).toBe(sessionId)
    const code = server.sink.codeTo(email)
    expect(await client.verifyEmailVerification({ sessionId, email, code })).toEqual({ verified: true })
  })

  it.each([1, 2, 100])('list the whole history, newest first, with %i per page', async (limit) => {
    const { token, secret } = await server.token({ projectId: `history-${limit}` })
    const key = await server.key({ projectId: `history-${limit}` })
    const instant = createClient({ baseUrl: server.url, token, otpSecret: secret })
    const backend = createClient({ baseUrl: server.url, token: key })
    const ids: string[] = []
    for (let count = 0; count < 4; count++) {
      server.now += 1000
      const sentInstant = await instant.sendInstantOtp({ email })
      await instant.verifyInstantOtp({ ...only(sentInstant), code: server.sink.codeTo(email) })
      const sentBackend = await backend.sendBackendOtp({ email })
      await backend.verifyBackendOtp({ ...only(sentBackend), code: server.sink.codeTo(email) })
      ids.unshift(sentInstant.sessionId, sentBackend.sessionId)
    }
    const walked: string[] = []
    for await (const { id } of instant.allInstantOtpVerifications({ limit })) walked.push(id)
    for await (const { id } of backend.allBackendOtpVerifications({ limit })) walked.push(id)
    expect(walked).toEqual([
      ...ids.filter((id) => id.startsWith('otp_sess_')),
      ...ids.filter((id) => id.startsWith('otp_backend_')),
    ])
  })

  it('list nothing if the history is empty', async () => {
    const client = createClient({ baseUrl: server.url, token: await server.key({ projectId: 'empty' }) })
    for await (const verification of client.allBackendOtpVerifications()) expect.fail(verification.id)
  })
})

describe('a refusal', () => {
  it('carries the status, the code and the request id', async () => {
    const client = createClient({ baseUrl: server.url, token: 'risu_key_wrong' })
    const error = await refusalOf(client.sendBackendOtp({ email: 'user@example.com' }))
    expect(error).toMatchObject({ status: 401, code: 'UNAUTHORIZED', name: 'RisumailOtpError' })
    expect(server.log.join('')).toContain(`"requestId":"${error.requestId}"`)
    expect([error.details, error.retryAfterSeconds]).toEqual([undefined, undefined])
  })

  it('names each place that breaks the schema', async () => {
    const client = await backendClient(server)
    const error = await refusalOf(client.sendBackendOtp({ email: 'no address', otpDigits: 3 }))
    expect(error).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' })
    expect(error.details?.map(({ path }) => path).sort()).toEqual(['/email', '/otpDigits'])
  })

  it('of a wrong code costs one attempt, because a verify is not repeated', async () => {
    const client = await backendClient(server)
    const email = 'attempts@example.com'
    const { sessionId } = await client.sendBackendOtp({ email, otpDigits: 4 })
    const code = server.sink.codeTo(email)
    for (const expected of ['INVALID_CODE', 'INVALID_CODE', 'INVALID_CODE', 'RATE_LIMITED']) {
      const error = await refusalOf(client.verifyBackendOtp({ sessionId, email, code: wrongCode(code) }))
      expect(error.code).toBe(expected)
    }
  })

  it('for a failed delivery causes no retry, because the email may still arrive', async () => {
    const client = await backendClient(server)
    server.sink.atData = 451
    const before = server.log.length
    const error = await refusalOf(client.sendBackendOtp({ email: 'user@example.com' })).finally(() => {
      server.sink.atData = 'accept'
    })
    expect(error).toMatchObject({ status: 502, code: 'SMTP_DELIVERY_FAILED' })
    expect(server.log.slice(before).filter((line) => line.includes('"msg":"request"'))).toHaveLength(1)
  })
})

describe('a client of a server with send limits', () => {
  const limited = useServer({ environment: { LIMIT_PER_RECIPIENT: '1/15m' } })

  it('does not wait longer than a call may wait; the error says how long to wait', async () => {
    const client = createClient({ baseUrl: limited.url, token: await limited.key() })
    await client.sendBackendOtp({ email: 'user@example.com' })
    const error = await refusalOf(client.sendBackendOtp({ email: 'user@example.com' }))
    expect(error).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(900)
  })
})

describe('the plain client', () => {
  it('resolves with data or error, and sends the secret only where the contract requires it', async () => {
    const { token, secret } = await server.token()
    const withSecret: string[] = []
    const api = createPlainClient({
      baseUrl: server.url,
      token,
      otpSecret: secret,
      fetch: (request) => {
        if (request.headers.has('x-otp-secret')) withSecret.push(new URL(request.url).pathname)
        return fetch(request)
      },
    })
    const sent = await api.POST('/api/v1/instant-otp/send', { body: { email: 'user@example.com' } })
    expect(sent.data?.data.sent).toBe(true)
    const listed = await api.GET('/api/v1/instant-otp/verifications')
    expect(listed.data?.success).toBe(true)
    expect(withSecret).toEqual(['/api/v1/instant-otp/verifications'])
    const refused = await api.POST('/api/v1/backend-otp/send', { body: { email: 'user@example.com' } })
    expect(refused.error?.error.code).toBe('SCOPE_REQUIRED')
  })
})
