import { describe, expectTypeOf, it } from 'vitest'
import type { operations } from '../server/generated/contract.ts'

// A handwritten copy of the published API, version 1. Clients generated from it must work unchanged, so the contract
// may add to it but change nothing in it. `npm run check:types` checks the types.

type JsonOf<T> = T extends { content: { 'application/json': infer Json } } ? Json : never
type Request<Id extends keyof operations> = JsonOf<operations[Id]['requestBody']>
type Success<Id extends keyof operations> = JsonOf<operations[Id]['responses'][200]>
type Failure<Id extends keyof operations, Status extends keyof operations[Id]['responses']> = JsonOf<
  operations[Id]['responses'][Status]
>

interface Send {
  email: string
  subject?: string
  verificationLine?: string
  expiresInSeconds?: number
  otpDigits?: number
  locale?: string
  reference?: string
}
interface SendWithPage extends Send {
  redirectUrl?: string
}
interface SendFrom extends Send {
  from?: string
}
interface Sent {
  sessionId: string
  expiresAt: string
  email: string
  sent: boolean
}
interface SentWithPage extends Sent {
  hostedVerifyUrl: string
}
interface Listed {
  success: true
  data: {
    verifications: {
      id: string
      email: string
      sentAt: string
      verifiedAt: string
      reference?: string
      sandbox?: true
      testRecipient?: true
    }[]
    nextCursor?: string
  }
}
type Additive = 'reason' | 'attemptsLeft'
type Keys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T]

describe('the published operations', () => {
  it('accept the published request bodies and query parameters', () => {
    expectTypeOf<Request<'sendBackendOtp'>>().toEqualTypeOf<Send>()
    expectTypeOf<Request<'sendEmailVerification'>>().toEqualTypeOf<SendWithPage>()
    expectTypeOf<Request<'sendInstantOtp'>>().toEqualTypeOf<SendFrom>()
    for (const verify of ['verifyInstantOtp', 'verifyBackendOtp', 'verifyEmailVerification'] as const) {
      expectTypeOf<Request<typeof verify>>().toEqualTypeOf<{
        sessionId: string
        email: string
        code: string
      }>()
    }
    type QueryOf<Id extends keyof operations> = operations[Id]['parameters']['query']
    type Page = { limit?: number; cursor?: string }
    type FilteredPage = { limit?: number; cursor?: string; reference?: string }
    expectTypeOf<QueryOf<'listInstantOtpVerifications'>>().toEqualTypeOf<Page | undefined>()
    for (const list of ['listBackendOtpVerifications', 'listEmailVerifications'] as const) {
      expectTypeOf<QueryOf<typeof list>>().toEqualTypeOf<FilteredPage | undefined>()
    }
  })

  it('return the published response bodies', () => {
    expectTypeOf<Success<'sendInstantOtp'>>().toEqualTypeOf<{ success: true; data: Sent }>()
    expectTypeOf<Success<'sendBackendOtp'>>().toEqualTypeOf<{ success: true; data: Sent }>()
    expectTypeOf<Success<'sendEmailVerification'>>().toEqualTypeOf<{
      success: true
      data: SentWithPage
    }>()
    for (const verify of ['verifyInstantOtp', 'verifyBackendOtp', 'verifyEmailVerification'] as const) {
      expectTypeOf<Success<typeof verify>>().toEqualTypeOf<{ success: true; data: { verified: true } }>()
    }
    for (const list of ['listInstantOtpVerifications', 'listBackendOtpVerifications'] as const) {
      expectTypeOf<Success<typeof list>>().toEqualTypeOf<Listed>()
    }
  })

  it('share one error body', () => {
    type Refused = Failure<'sendBackendOtp', 401>
    expectTypeOf<Refused['success']>().toEqualTypeOf<false>()
    expectTypeOf<Refused['error']['code']>().toEqualTypeOf<'UNAUTHORIZED'>()
    expectTypeOf<Refused['error']['message']>().toEqualTypeOf<string>()
    expectTypeOf<Refused['error']['requestId']>().toEqualTypeOf<string>()
    expectTypeOf<Keys<Refused['error']>>().toEqualTypeOf<'details' | 'retryAfterSeconds' | Additive>()
    expectTypeOf<Keys<Failure<'sendBackendOtp', 400>['error']>>().toEqualTypeOf<
      'retryAfterSeconds' | Additive
    >()
    expectTypeOf<Keys<Failure<'sendBackendOtp', 429>['error']>>().toEqualTypeOf<'details' | Additive>()
    expectTypeOf<Keys<Failure<'listBackendOtpVerifications', 503>['error']>>().toEqualTypeOf<
      'details' | Additive
    >()
    expectTypeOf<Exclude<Refused['error']['retryAfterSeconds'], undefined>>().toEqualTypeOf<number>()
    expectTypeOf<NonNullable<Refused['error']['details']>>().toEqualTypeOf<
      { path: string; message: string }[]
    >()
  })
})
