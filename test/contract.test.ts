import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { parse } from 'yaml'
import type { paths } from '../server/generated/contract.ts'
import { contractFile, operationFacts } from './support/contract.ts'

// A handwritten copy of the published API, version 1. Clients generated from it must work unchanged, so the contract
// may add to it but change nothing in it. `npm run check:types` checks the types.

describe('the published operations', () => {
  it('have the published methods and paths', () => {
    expectTypeOf<keyof paths>().toEqualTypeOf<
      | '/api/v1/instant-otp/send'
      | '/api/v1/instant-otp/verify'
      | '/api/v1/instant-otp/verifications'
      | '/api/v1/instant-otp/status'
      | '/api/v1/instant-otp/cancel'
      | '/api/v1/backend-otp/send'
      | '/api/v1/backend-otp/verify'
      | '/api/v1/backend-otp/verifications'
      | '/api/v1/backend-otp/status'
      | '/api/v1/backend-otp/cancel'
      | '/api/v1/email-verification/send'
      | '/api/v1/email-verification/verify'
      | '/api/v1/email-verification/verifications'
      | '/api/v1/email-verification/status'
      | '/api/v1/email-verification/cancel'
      | '/api/v1/recipients/erase'
    >()
    const located = Object.fromEntries(
      operationFacts.map(({ id, method, path }) => [id, `${method} ${path}`]),
    )
    expect(located).toEqual({
      sendInstantOtp: 'POST /api/v1/instant-otp/send',
      verifyInstantOtp: 'POST /api/v1/instant-otp/verify',
      listInstantOtpVerifications: 'GET /api/v1/instant-otp/verifications',
      sendBackendOtp: 'POST /api/v1/backend-otp/send',
      verifyBackendOtp: 'POST /api/v1/backend-otp/verify',
      listBackendOtpVerifications: 'GET /api/v1/backend-otp/verifications',
      sendEmailVerification: 'POST /api/v1/email-verification/send',
      verifyEmailVerification: 'POST /api/v1/email-verification/verify',
      listEmailVerifications: 'GET /api/v1/email-verification/verifications',
      getInstantOtpStatus: 'GET /api/v1/instant-otp/status',
      getBackendOtpStatus: 'GET /api/v1/backend-otp/status',
      getEmailVerificationStatus: 'GET /api/v1/email-verification/status',
      cancelInstantOtp: 'POST /api/v1/instant-otp/cancel',
      cancelBackendOtp: 'POST /api/v1/backend-otp/cancel',
      cancelEmailVerification: 'POST /api/v1/email-verification/cancel',
      eraseRecipient: 'POST /api/v1/recipients/erase',
    })
  })

  it('require the published credentials', () => {
    const contract = parse(readFileSync(contractFile, 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string; security: object[] }>>
      components: {
        securitySchemes: Record<string, { type: string; scheme?: string; in?: string; name?: string }>
      }
    }
    const security = Object.fromEntries(
      Object.values(contract.paths).flatMap((path) =>
        Object.values(path).map((operation) => [operation.operationId, operation.security]),
      ),
    )
    const serverKey = { serverKey: ['server_otp'] }
    const publicToken = { publicToken: [] }
    expect(security).toEqual({
      sendInstantOtp: [publicToken, serverKey],
      verifyInstantOtp: [publicToken, serverKey],
      listInstantOtpVerifications: [{ publicToken: [], analyticsSecret: [] }],
      sendBackendOtp: [serverKey],
      verifyBackendOtp: [serverKey],
      listBackendOtpVerifications: [serverKey],
      sendEmailVerification: [serverKey],
      verifyEmailVerification: [serverKey],
      listEmailVerifications: [serverKey],
      getInstantOtpStatus: [serverKey, { publicToken: [], analyticsSecret: [] }],
      getBackendOtpStatus: [serverKey],
      getEmailVerificationStatus: [serverKey],
      cancelInstantOtp: [serverKey],
      cancelBackendOtp: [serverKey],
      cancelEmailVerification: [serverKey],
      eraseRecipient: [serverKey],
    })
    expect(contract.components.securitySchemes).toMatchObject({
      serverKey: { type: 'http', scheme: 'bearer' },
      publicToken: { type: 'http', scheme: 'bearer' },
      analyticsSecret: { type: 'apiKey', in: 'header', name: 'X-Otp-Secret' },
    })
  })

  it('document the published errors', () => {
    const answers = Object.fromEntries(operationFacts.map(({ id, answers }) => [id, answers]))
    const send = [
      '200',
      '400 VALIDATION_FAILED',
      '401 UNAUTHORIZED',
      '403 SCOPE_REQUIRED',
      '413 PAYLOAD_TOO_LARGE',
    ]
    const idempotency = ['409 IDEMPOTENCY_IN_PROGRESS', '422 IDEMPOTENCY_KEY_REUSED']
    const mail = [
      '500 INTERNAL_ERROR',
      '502 SMTP_DELIVERY_FAILED',
      '503 SERVICE_UNAVAILABLE',
      '503 SMTP_NOT_CONFIGURED',
      ...idempotency,
    ]
    const places = ['403 ORIGIN_NOT_ALLOWED', '403 OTP_PUBLIC_IP_NOT_ALLOWED']
    const verify = [
      ...['200', '400 INVALID_CODE', '400 VALIDATION_FAILED', '401 UNAUTHORIZED', '403 SCOPE_REQUIRED'],
      ...['404 SESSION_NOT_FOUND', '413 PAYLOAD_TOO_LARGE', '415 UNSUPPORTED_MEDIA_TYPE', '429 RATE_LIMITED'],
      ...['500 INTERNAL_ERROR', '503 SERVICE_UNAVAILABLE'],
    ]
    const list = [
      '200',
      '400 VALIDATION_FAILED',
      '401 UNAUTHORIZED',
      '429 RATE_LIMITED',
      '500 INTERNAL_ERROR',
      '503 SERVICE_UNAVAILABLE',
    ]
    const status = [...list, '403 SCOPE_REQUIRED', '404 SESSION_NOT_FOUND']
    const cancel = [...status, '409 SESSION_CLOSED', '413 PAYLOAD_TOO_LARGE', '415 UNSUPPORTED_MEDIA_TYPE']
    const expected: Record<string, string[]> = {
      sendInstantOtp: [
        ...[...send, '415 UNSUPPORTED_MEDIA_TYPE', '429 OTP_RATE_LIMITED', ...mail],
        ...[...places, '403 FROM_NOT_ALLOWED'],
      ],
      sendBackendOtp: [...send, '415 UNSUPPORTED_MEDIA_TYPE', '429 RATE_LIMITED', ...mail],
      sendEmailVerification: [...send, '415 UNSUPPORTED_MEDIA_TYPE', '429 RATE_LIMITED', ...mail],
      verifyInstantOtp: [...verify, ...places],
      verifyBackendOtp: verify,
      verifyEmailVerification: verify,
      listInstantOtpVerifications: [...list, ...places],
      listBackendOtpVerifications: [...list, '403 SCOPE_REQUIRED'],
      listEmailVerifications: [...list, '403 SCOPE_REQUIRED'],
      getInstantOtpStatus: [...status, ...places],
      getBackendOtpStatus: status,
      getEmailVerificationStatus: status,
      cancelInstantOtp: cancel,
      cancelBackendOtp: cancel,
      cancelEmailVerification: cancel,
      eraseRecipient: [
        ...[...list, '403 SCOPE_REQUIRED', '413 PAYLOAD_TOO_LARGE', '415 UNSUPPORTED_MEDIA_TYPE'],
      ],
    }
    for (const [id, documented] of Object.entries(expected)) {
      expect(answers[id]?.toSorted(), id).toEqual(documented.toSorted())
    }
  })
})

describe('the version of the contract', () => {
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const { info } = parse(read('openapi/openapi.yaml')) as { info: { version: string } }

  it('is also the version of the packages, and has an entry in the changelog', () => {
    for (const path of ['package.json', 'clients/typescript/package.json']) {
      expect((JSON.parse(read(path)) as { version: string }).version).toBe(info.version)
    }
    expect(read('CHANGELOG.md')).toMatch(
      new RegExp(`^## \\[${info.version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm'),
    )
  })
})
