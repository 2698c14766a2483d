import { describe, expectTypeOf, it } from 'vitest'
import type { ErrorCode } from '../server/generated/contract.ts'
import type { Call, Handler, Handlers, Reply } from '../server/http/types.ts'

// The compiler checks these (`npm run check:types`). If a line under `@ts-expect-error` compiles, that itself is an
// error.
describe('a handler', () => {
  const data = { sessionId: 'otp_sess_x', expiresAt: 't', email: 'a@x.co', sent: true }

  it('may return a documented response', () => {
    const handler: Handler<'sendInstantOtp'> = async () => ({ status: 200, body: { success: true, data } })
    expectTypeOf(handler).returns.resolves.toHaveProperty('status')
  })

  it('may not return an undocumented status or code, or a wrong, missing or extra field', () => {
    // @ts-expect-error 201 is not documented
    const status: Handler<'sendInstantOtp'> = async () => ({ status: 201, body: { success: true, data } })
    // @ts-expect-error `sent` is a boolean
    const wrong: Handler<'sendInstantOtp'> = async () => ({
      status: 200,
      body: { success: true, data: { ...data, sent: 'yes' } },
    })
    // @ts-expect-error `hostedVerifyUrl` is required here
    const missing: Handler<'sendEmailVerification'> = async () => ({
      status: 200,
      body: { success: true, data },
    })
    const extra = async (): Promise<Reply<'verifyBackendOtp'>> => ({
      status: 200,
      // @ts-expect-error the body of a success has no `code`
      body: { success: true, data: { verified: true, code: '1' } },
    })
    // @ts-expect-error a 429 of this operation has another code
    const code: Handler<'sendInstantOtp'> = async () => ({
      status: 429,
      body: {
        success: false,
        error: { code: 'RATE_LIMITED', message: 'm', requestId: 'r', retryAfterSeconds: 1 },
      },
    })
    expectTypeOf([status, wrong, missing, extra, code]).toBeArray()
  })

  it('gets a request with the defaults of the contract, and without fields that the contract does not define', () => {
    expectTypeOf<Call<'sendInstantOtp'>['body']['otpDigits']>().toEqualTypeOf<number>()
    expectTypeOf<Call<'sendInstantOtp'>['body']['from']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Call<'sendBackendOtp'>['body']>().not.toHaveProperty('from')
    expectTypeOf<Call<'listBackendOtpVerifications'>['query']['limit']>().toEqualTypeOf<number>()
  })

  it('is required for every operation', () => {
    // @ts-expect-error seven operations are missing
    const handlers: Handlers = {
      sendInstantOtp: async () => ({ status: 200, body: { success: true, data } }),
    }
    expectTypeOf(handlers).toBeObject()
  })
})

describe('the error codes', () => {
  it('are those of the contract, so a switch over them can be exhaustive', () => {
    expectTypeOf<'NOT_FOUND'>().toExtend<ErrorCode>()
    // @ts-expect-error no such code
    const code: ErrorCode = 'TEAPOT'
    expectTypeOf(code).toBeString()
  })
})
