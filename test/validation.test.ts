import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Contract, compileContract } from '../server/http/contract.ts'
import { validationFailed } from '../server/http/validation.ts'
import { contractFile, type OperationId, operationFacts } from './support/contract.ts'
import { runs } from './support/properties.ts'

// The messages that a caller reads after sending a request that breaks the schema.

let contract: Contract
beforeAll(async () => {
  contract = await compileContract(parse(readFileSync(contractFile, 'utf8')))
})

const complaintsOf = (
  id: OperationId,
  parts: { body?: unknown; query?: Record<string, unknown>; header?: object },
) => {
  const { body, query = {}, header = {} } = parts
  const errors = contract.errorsOf(id, {
    query,
    header,
    ...(body !== undefined && { requestBody: body as object }),
  })
  return validationFailed(errors).details ?? []
}

const send = (fields: object) =>
  complaintsOf('sendInstantOtp', { body: { email: 'a@example.com', ...fields } })

describe('a request that breaks the schema', () => {
  it.each<[string, object, string, string]>([
    [
      'a number that is too large',
      { expiresInSeconds: 4000 },
      '/expiresInSeconds',
      'must be a whole number from 60 to 3600 seconds',
    ],
    ['a number that is too small', { otpDigits: 3 }, '/otpDigits', 'must be a whole number from 4 to 10'],
    ['a number as a string', { otpDigits: '6' }, '/otpDigits', 'must be a whole number from 4 to 10'],
    [
      'half a second',
      { expiresInSeconds: 60.5 },
      '/expiresInSeconds',
      'must be a whole number from 60 to 3600 seconds',
    ],
    ['null', { subject: null }, '/subject', 'must be a string of 1 to 150 characters'],
    [
      'a string that is too long',
      { subject: 'x'.repeat(151) },
      '/subject',
      'must be a string of 1 to 150 characters',
    ],
    [
      'an empty string',
      { verificationLine: '' },
      '/verificationLine',
      'must be a string of 1 to 300 characters',
    ],
    ['a list', { locale: ['de'] }, '/locale', 'must be a string of at most 35 characters'],
    ['a line break', { subject: 'a\nb' }, '/subject', 'has characters that are not allowed here'],
    ['an email address that is not valid', { email: 'a@b' }, '/email', 'must be exactly one email address'],
  ])('is refused with a message that states the rule: %s', (_case, fields, path, message) => {
    expect(send(fields)).toContainEqual({ path, message })
  })

  it('is refused with the range of a query parameter, and with the names of missing fields', () => {
    expect(complaintsOf('listBackendOtpVerifications', { query: { limit: 0 } })).toEqual([
      { path: '/limit', message: 'must be a whole number of at least 1' },
    ])
    expect(complaintsOf('getBackendOtpStatus', { query: {} })).toEqual([
      { path: '/sessionId', message: 'is required' },
    ])
    expect(
      complaintsOf('verifyBackendOtp', { body: { email: 'a@example.com' } }).map(({ path }) => path),
    ).toEqual(['/sessionId', '/code'])
  })

  it.each([
    ['expireInSeconds', 'expiresInSeconds'],
    ['expiresinseconds', 'expiresInSeconds'],
    ['expires_in_seconds', 'expiresInSeconds'],
    ['expiresIn', 'expiresInSeconds'],
    ['otpdigits', 'otpDigits'],
    ['otp_digit', 'otpDigits'],
    ['digits', 'otpDigits'],
    ['Subject', 'subject'],
    ['form', 'from'],
    ['lang', undefined],
    ['password', undefined],
    ['__proto__x', undefined],
  ])('gets a suggestion for the field %s if a known name is similar: %s', (name, meant) => {
    const suffix = meant === undefined ? '' : `: did you mean ${meant}?`
    expect(send({ [name]: 1 })).toEqual([
      { path: `/${name}`, message: `is not a field of this request${suffix}` },
    ])
  })

  // Ajv's own wording, which describes schemas and not requests.
  const raw =
    /must NOT|must match|must be (?:integer|number|string|object|array|boolean|null|equal)\b|[<>]=|schema|undefined|NaN/

  it('never gets the wording of the validator, on any operation', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0,
        1e9,
        0.5,
        '',
        ' ',
        'x'.repeat(3000),
        '\u0000',
        [],
        {},
        [[]],
        { a: 1 },
      ),
      fc.string(),
      fc.integer(),
    )
    const fields = [
      'email',
      'subject',
      'otpDigits',
      'expiresInSeconds',
      'from',
      'locale',
      'redirectUrl',
      'reference',
      'code',
      'sessionId',
      'limit',
      'cursor',
    ]
    const name = fc.oneof(fc.constantFrom(...fields), fc.string({ maxLength: 60 }))
    fc.assert(
      fc.property(
        fc.constantFrom(...operationFacts),
        fc.oneof(fc.dictionary(name, value, { maxKeys: 6 }), value),
        fc.constantFrom('key', 'k'.repeat(300), 'ké', ''),
        ({ id, method }, sent, key) => {
          const parts =
            method === 'GET' ? { query: Object(sent) as Record<string, unknown> } : { body: sent ?? [] }
          const header = { 'idempotency-key': key }
          for (const { path, message } of complaintsOf(id, { ...parts, header })) {
            expect(message, JSON.stringify({ id, sent })).not.toMatch(raw)
            expect(message).toMatch(/^(?:is |must |has )/)
            expect(path).toMatch(/^(?:\/|$)/)
          }
        },
      ),
      runs({ quick: 2_000, long: 50_000 }),
    )
  })
})
