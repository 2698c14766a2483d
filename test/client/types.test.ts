import { describe, expectTypeOf, it } from 'vitest'
import {
  createClient,
  createPlainClient,
  type ErrorCode,
  isRisumailOtpError,
  RisumailOtpError,
  RisumailOtpTransportError,
  type SentOtp,
  type Verification,
} from '../../clients/typescript/src/index.ts'

// The compiler checks these (`npm run check:types`). If a line under `@ts-expect-error` compiles, that itself is an
// error. No call in this file actually runs.
const options = { baseUrl: 'https://otp.example', token: 'risu_key_secret' }
const client = createClient(options)
const plain = createPlainClient(options)

describe('a method', () => {
  it('accepts the parameters of the contract, and nothing else', () => {
    const calls = () => [
      client.sendInstantOtp(
        { email: 'a@x.co', from: 'b@x.co', otpDigits: 6 },
        { signal: AbortSignal.abort() },
      ),
      client.verifyBackendOtp({ sessionId: 's', email: 'a@x.co', code: '1' }),
      client.listBackendOtpVerifications(),
      client.listBackendOtpVerifications({ limit: 10 }),
      // @ts-expect-error `email` is missing
      client.sendBackendOtp({ subject: 'Hello' }),
      // @ts-expect-error the body is missing
      client.sendBackendOtp(),
      // @ts-expect-error only the instant send has `from`
      client.sendBackendOtp({ email: 'a@x.co', from: 'b@x.co' }),
      // @ts-expect-error there is no `digits`
      client.sendInstantOtp({ email: 'a@x.co', digits: 6 }),
      // @ts-expect-error `otpDigits` is a number
      client.sendInstantOtp({ email: 'a@x.co', otpDigits: '6' }),
      // @ts-expect-error `code` is a string: a number has lost its zeros
      client.verifyInstantOtp({ sessionId: 's', email: 'a@x.co', code: 42137 }),
      // @ts-expect-error `code` is missing
      client.verifyEmailVerification({ sessionId: 's', email: 'a@x.co' }),
      // @ts-expect-error there is no `page`
      client.listInstantOtpVerifications({ page: 2 }),
      // @ts-expect-error a signal, not its controller
      client.listBackendOtpVerifications({}, { signal: new AbortController() }),
      // @ts-expect-error no such operation
      client.sendSms({ email: 'a@x.co' }),
    ]
    expectTypeOf(calls).toBeFunction()
  })

  it('accepts an idempotency key where the contract has one, and nowhere else', () => {
    const idempotencyKey = 'checkout-42'
    const verification = { sessionId: 's', email: 'a@x.co', code: '1' }
    const calls = () => [
      client.sendInstantOtp({ email: 'a@x.co' }, { idempotencyKey }),
      client.sendBackendOtp({ email: 'a@x.co' }, { idempotencyKey, signal: AbortSignal.abort() }),
      client.sendEmailVerification({ email: 'a@x.co' }, { idempotencyKey: undefined }),
      // @ts-expect-error a key is a string
      client.sendBackendOtp({ email: 'a@x.co' }, { idempotencyKey: 42 }),
      // @ts-expect-error a key is no part of the body
      client.sendBackendOtp({ email: 'a@x.co', idempotencyKey }),
      // @ts-expect-error a verify counts every try
      client.verifyBackendOtp(verification, { idempotencyKey }),
      // @ts-expect-error a list changes nothing
      client.listBackendOtpVerifications({}, { idempotencyKey }),
    ]
    expectTypeOf(calls).toBeFunction()
  })

  it('resolves with the data of its own operation', () => {
    expectTypeOf<Awaited<ReturnType<typeof client.sendBackendOtp>>>().toEqualTypeOf<{
      sessionId: string
      expiresAt: string
      email: string
      sent: boolean
    }>()
    expectTypeOf(client.sendEmailVerification).returns.resolves.toHaveProperty('hostedVerifyUrl')
    expectTypeOf(client.sendBackendOtp).returns.resolves.not.toHaveProperty('hostedVerifyUrl')
    expectTypeOf(client.verifyInstantOtp).returns.resolves.toEqualTypeOf<{ verified: true }>()
    expectTypeOf<ReturnType<typeof client.sendBackendOtp>['withResponse']>().returns.resolves.toEqualTypeOf<{
      data: SentOtp
      response: Response
    }>()
    expectTypeOf(client.listInstantOtpVerifications).returns.resolves.toEqualTypeOf<{
      verifications: Verification[]
      nextCursor?: string
    }>()
  })

  it('yields the verifications of all pages one by one', () => {
    for (const walk of [client.allBackendOtpVerifications, client.allInstantOtpVerifications]) {
      expectTypeOf<ReturnType<typeof walk>>().toEqualTypeOf<AsyncGenerator<Verification, void, undefined>>()
    }
    // @ts-expect-error a send has no pages
    expectTypeOf(client.allBackendOtp).toBeNever()
  })
})

describe('the options', () => {
  it('require a base URL and a token; the others are optional', () => {
    const clients = () => [
      createClient({ baseUrl: 'https://x', token: 't', otpSecret: 's', fetch, timeoutMs: 1, maxRetries: 0 }),
      createClient({ baseUrl: 'https://x', token: 't', otpSecret: undefined, fetch: undefined }),
      // @ts-expect-error `token` is missing
      createClient({ baseUrl: 'https://x' }),
      // @ts-expect-error `baseUrl` is missing
      createClient({ token: 't' }),
      // @ts-expect-error it is `timeoutMs`
      createClient({ baseUrl: 'https://x', token: 't', timeout: 1 }),
    ]
    expectTypeOf(clients).toBeFunction()
  })
})

describe('an error', () => {
  it('can have the codes of the contract and codes that a newer server adds', () => {
    expectTypeOf<ErrorCode>().toExtend<RisumailOtpError['code']>()
    expectTypeOf<'ADDED_LATER'>().toExtend<RisumailOtpError['code']>()
    const explain = (error: RisumailOtpError): string => {
      switch (error.code) {
        case 'VALIDATION_FAILED':
        case 'INVALID_CODE':
        case 'UNAUTHORIZED':
        case 'SCOPE_REQUIRED':
        case 'OTP_PUBLIC_IP_NOT_ALLOWED':
        case 'ORIGIN_NOT_ALLOWED':
        case 'FROM_NOT_ALLOWED':
        case 'SESSION_NOT_FOUND':
        case 'NOT_FOUND':
        case 'METHOD_NOT_ALLOWED':
        case 'IDEMPOTENCY_IN_PROGRESS':
        case 'SESSION_CLOSED':
        case 'PAYLOAD_TOO_LARGE':
        case 'UNSUPPORTED_MEDIA_TYPE':
        case 'IDEMPOTENCY_KEY_REUSED':
        case 'OTP_RATE_LIMITED':
        case 'RATE_LIMITED':
        case 'INTERNAL_ERROR':
        case 'SMTP_DELIVERY_FAILED':
        case 'SMTP_NOT_CONFIGURED':
        case 'SERVICE_UNAVAILABLE':
          return error.message
        default:
          return `something newer: ${error.code}`
      }
    }
    expectTypeOf(explain).toBeFunction()
  })

  it('narrows by its code in a switch', () => {
    const explain = (error: RisumailOtpError): void => {
      switch (error.code) {
        case 'INVALID_CODE':
          return
        default:
          expectTypeOf<'INVALID_CODE'>().not.toEqualTypeOf(error.code)
      }
      if (isRisumailOtpError(error)) expectTypeOf(error.attemptsLeft).toEqualTypeOf<number | undefined>()
    }
    expectTypeOf(explain).toBeFunction()
  })

  it('shows by its type that no valid response came, and has the kind of the failure', () => {
    const explain = (error: unknown): void => {
      if (error instanceof RisumailOtpTransportError) {
        expectTypeOf(error.kind).toEqualTypeOf<'network' | 'timeout' | 'unexpected-answer'>()
        // @ts-expect-error what is not an answer of the service has no code
        error.code
      } else if (error instanceof RisumailOtpError) {
        expectTypeOf(error.details).toEqualTypeOf<{ path: string; message: string }[] | undefined>()
        // @ts-expect-error an error is not changed by who gets it
        error.status = 200
      }
    }
    expectTypeOf(explain).toBeFunction()
  })
})

describe('the plain client', () => {
  it('accepts only the paths and methods of the contract', () => {
    const calls = () => [
      plain.POST('/api/v1/backend-otp/send', { body: { email: 'a@x.co' } }),
      // @ts-expect-error no such path
      plain.POST('/api/v1/backend-otp/sends', { body: { email: 'a@x.co' } }),
      // @ts-expect-error a list is a GET
      plain.POST('/api/v1/backend-otp/verifications'),
    ]
    expectTypeOf(calls).toBeFunction()
  })
})
