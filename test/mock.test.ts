import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createClient, type RisumailOtpClient, RisumailOtpError } from '../clients/typescript/src/index.ts'
import { namedExamples, type OperationId, operationFacts } from './support/contract.ts'

// The mock as front-end teams run it, except for its port.
const project = fileURLToPath(new URL('..', import.meta.url))
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  scripts: { mock: string }
}
const [, ...command] = scripts.mock.split(' ')
const run = promisify(execFile)
const mockWith = (...options: string[]) => ['--import', 'tsx', ...command, ...options]

let mock: ChildProcess
let printed = ''
let url = ''

beforeAll(async () => {
  mock = spawn(process.execPath, mockWith('--port', '0'), {
    cwd: project,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  mock.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk
  })
  await vi.waitFor(() => expect(printed).toContain('The mock is at'), { timeout: 60_000 })
  url = /The mock is at (\S+);/.exec(printed)?.[1] ?? ''
}, 60_000)

afterAll(async () => {
  mock.kill()
  await once(mock, 'close')
})

describe('npm run mock', () => {
  it('prints the method and the URL of every operation', () => {
    for (const { method, path } of operationFacts)
      expect(printed).toContain(`${method.padEnd(5)} ${url}${path}\n`)
  })

  it('listens at 127.0.0.1:4010 by default, and says so with --help', async () => {
    const { stdout } = await run(process.execPath, mockWith('--help'), { cwd: project })
    expect(stdout).toMatch(/--port .*default: 4010/)
    expect(stdout).toMatch(/--host .*default: "127\.0\.0\.1"/)
    expect(stdout).toMatch(/--delay <ms>/)
  })

  it.each([
    ['a port that is in use', () => new URL(url).port, /EADDRINUSE/],
    ['a port that is not valid', () => '65536', /must be a port/],
  ])('exits 1 for %s', async (_case, port, reason) => {
    const ended = run(process.execPath, mockWith('--port', port()), { cwd: project })
    await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(reason) })
  })
})

/** Creates a client that asks the mock for the same named answer in every request. */
function preferring(preference: string, maxRetries = 0): RisumailOtpClient {
  return createClient({
    baseUrl: url,
    token: 'risu_otp_mock',
    otpSecret: 'risu_otp_sec_mock',
    maxRetries,
    fetch: (request) => {
      if (preference !== '') request.headers.set('Prefer', preference)
      return fetch(request)
    },
  })
}

const email = 'user@example.com'
const inputs: { [Id in OperationId]: (client: RisumailOtpClient) => Promise<unknown> } = {
  sendInstantOtp: (client) => client.sendInstantOtp({ email }),
  sendBackendOtp: (client) => client.sendBackendOtp({ email }),
  sendEmailVerification: (client) => client.sendEmailVerification({ email }),
  verifyInstantOtp: (client) => client.verifyInstantOtp({ sessionId: 'otp_sess_x', email, code: '424242' }),
  verifyBackendOtp: (client) =>
    client.verifyBackendOtp({ sessionId: 'otp_backend_x', email, code: '424242' }),
  verifyEmailVerification: (client) =>
    client.verifyEmailVerification({ sessionId: 'ev_x', email, code: '424242' }),
  listInstantOtpVerifications: (client) => client.listInstantOtpVerifications({ limit: 10 }),
  listBackendOtpVerifications: (client) => client.listBackendOtpVerifications({ limit: 10 }),
  listEmailVerifications: (client) => client.listEmailVerifications({ limit: 10 }),
  getInstantOtpStatus: (client) => client.getInstantOtpStatus({ sessionId: 'otp_sess_x' }),
  getBackendOtpStatus: (client) => client.getBackendOtpStatus({ sessionId: 'otp_backend_x' }),
  getEmailVerificationStatus: (client) => client.getEmailVerificationStatus({ sessionId: 'ev_x' }),
  cancelInstantOtp: (client) => client.cancelInstantOtp({ sessionId: 'otp_sess_x' }),
  cancelBackendOtp: (client) => client.cancelBackendOtp({ sessionId: 'otp_backend_x' }),
  cancelEmailVerification: (client) => client.cancelEmailVerification({ sessionId: 'ev_x' }),
  eraseRecipient: (client) => client.eraseRecipient({ email }),
}

describe('the mock, called by the generated client', () => {
  it.each(namedExamples)(
    'answers $id with the example $name of $status',
    async ({ id, status, name, value }) => {
      const answer = inputs[id](preferring(`code=${status}, example=${name}`))
      if (status === 200) {
        expect(await answer).toEqual((value as { data: unknown }).data)
        return
      }
      const error = await answer.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(RisumailOtpError)
      const { code, message, requestId, details, retryAfterSeconds, reason, attemptsLeft } =
        error as RisumailOtpError
      const given = (value as { error: Record<string, unknown> }).error
      const facts = { status, code, message, requestId, details, retryAfterSeconds, reason, attemptsLeft }
      expect(facts).toEqual({
        ...{ status, details: undefined, retryAfterSeconds: undefined },
        ...{ reason: undefined, attemptsLeft: undefined },
        ...given,
      })
    },
  )

  it.each(namedExamples)(
    'repeats retryAfterSeconds in Retry-After, or sends no such header: $id, the example $name of $status',
    async ({ id, status, name, value }) => {
      let headers = new Headers()
      const client = createClient({
        baseUrl: url,
        token: 'risu_otp_mock',
        otpSecret: 'risu_otp_sec_mock',
        maxRetries: 0,
        fetch: async (request) => {
          request.headers.set('Prefer', `code=${status}, example=${name}`)
          const response = await fetch(request)
          headers = response.headers
          return response
        },
      })
      await inputs[id](client).catch(() => undefined)
      const { error } = value as { error?: { retryAfterSeconds?: number } }
      expect(headers.get('retry-after')).toBe(error?.retryAfterSeconds?.toString() ?? null)
    },
  )

  it('has an example for every documented status of every operation', () => {
    for (const { id, answers } of operationFacts) {
      const statuses = new Set(answers.map((answer) => Number(answer.slice(0, 3))))
      const shown = new Set(namedExamples.filter((example) => example.id === id).map(({ status }) => status))
      expect([...shown].sort()).toEqual([...statuses].sort())
    }
  })

  it.each(operationFacts)('succeeds by default: $id', async ({ id }) => {
    await expect(inputs[id](preferring(''))).resolves.toBeDefined()
  })

  it('keeps state: a session that it created can be verified and is listed', async () => {
    const client = preferring('')
    const code = '424242'
    const { sessionId } = await client.sendEmailVerification({ email, reference: 'signup-1' })
    expect(await client.getEmailVerificationStatus({ sessionId })).toMatchObject({
      ...{ sessionId, email, status: 'PENDING', testCode: code, reference: 'signup-1' },
    })
    await client.verifyEmailVerification({ sessionId, email, code })
    expect((await client.listEmailVerifications()).verifications[0]).toMatchObject({ id: sessionId, email })
    expect(await client.getEmailVerificationStatus({ sessionId })).toMatchObject({ status: 'VERIFIED' })
    await expect(client.cancelEmailVerification({ sessionId })).rejects.toMatchObject({
      code: 'SESSION_CLOSED',
    })
    await expect(client.verifyEmailVerification({ sessionId, email, code })).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
    })
  })
})

describe('the mock, without a Prefer header', () => {
  const send = (headers: Record<string, string>, body: string) =>
    fetch(`${url}/api/v1/backend-otp/send`, { method: 'POST', headers, body })
  const authorized = { Authorization: 'Bearer risu_key_mock', 'Content-Type': 'application/json' }

  it.each([
    [
      'no credential',
      { 'Content-Type': 'application/json' },
      '{"email":"user@example.com"}',
      401,
      'UNAUTHORIZED',
    ],
    ['a missing field', authorized, '{}', 400, 'VALIDATION_FAILED'],
    [
      'an email address that is not valid',
      authorized,
      '{"email":"a@x.co, b@y.co"}',
      400,
      'VALIDATION_FAILED',
    ],
    ['a number as text', authorized, '{"email":"a@x.co","otpDigits":"6"}', 400, 'VALIDATION_FAILED'],
    ['an unknown field', authorized, '{"email":"a@x.co","zzz":1}', 400, 'VALIDATION_FAILED'],
    [
      'an Idempotency-Key that is too long',
      { ...authorized, 'Idempotency-Key': 'k'.repeat(256) },
      '{"email":"a@x.co"}',
      400,
      'VALIDATION_FAILED',
    ],
    [
      'a body of plain text',
      { ...authorized, 'Content-Type': 'text/plain' },
      'x',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  ])('refuses %s with the contract’s error body', async (_case, headers, body, status, code) => {
    const response = await send(headers, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ success: false, error: { code } })
  })

  it('prints the errors of a request in the terminal', async () => {
    await send(authorized, '{"email":"a@x.co","otpDigits":"6"}')
    await expect.poll(() => printed).toMatch(/body\.otpDigits: .*integer/)
  })

  it('names each wrong field, with the message of the real server', async () => {
    const response = await send(authorized, '{"email":"a@x.co","otpDigits":11,"expireInSeconds":60}')
    expect(await response.json()).toMatchObject({
      error: {
        details: [
          { path: '/expireInSeconds', message: expect.stringContaining('did you mean expiresInSeconds?') },
          { path: '/otpDigits', message: 'must be a whole number from 4 to 10' },
        ],
      },
    })
  })

  it('can be called from a page of any origin', async () => {
    const preflight = await fetch(`${url}/api/v1/instant-otp/send`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})
