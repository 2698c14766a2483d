import fc from 'fast-check'
import {
  anyText,
  brokenInteger,
  brokenText,
  otherType,
  type Schema,
  validInteger,
  validText,
} from './arbitraries.ts'
import { brokenAddress, validAddress } from './hostile-addresses.ts'

/** The sender and the origin that the tests' key allows. */
export const allowedSender = 'shop@acme.example'
export const allowedOrigin = 'https://app.acme.example'

/** What the contract says about some fields in words, in addition to their schema. */
const fields: Record<string, { valid: fc.Arbitrary<string>; broken: fc.Arbitrary<string> }> = {
  'idn-email': { valid: validAddress, broken: brokenAddress },
  from: {
    valid: fc.oneof(
      fc.constantFrom(allowedSender, 'SHOP@Acme.EXAMPLE', `<${allowedSender}>`),
      fc.stringMatching(/^[A-Za-z0-9 .'()!?&é💥\u200b-]{0,40}$/u).map((name) => `${name} <${allowedSender}>`),
    ),
    broken: brokenAddress.filter((text) => text.length > 2 && !/^[^<>@"\\,;:]*<[^<>]*>$/.test(text)),
  },
  uri: {
    valid: fc
      .stringMatching(/^[a-zA-Z0-9/._~!$&'()*+,;=:@?-]{0,300}$/)
      .map((path) => `${allowedOrigin}/${path}`),
    broken: fc.oneof(
      fc.webUrl({ withQueryParameters: true }).filter((url) => !url.startsWith(allowedOrigin)),
      fc.constantFrom(
        'javascript:alert(1)',
        'data:text/html,x',
        '//evil.example',
        '/path',
        'https://',
        `${allowedOrigin}.evil.example/`,
      ),
      fc.constantFrom(
        `${allowedOrigin}@evil.example/`,
        `${allowedOrigin}:444/`,
        `${allowedOrigin}/\\`,
        `${allowedOrigin}/ x`,
        `${allowedOrigin}/"><script>`,
      ),
    ),
  },
  cursor: {
    valid: fc
      .tuple(
        fc.nat(),
        fc.constantFrom('otp_sess_', 'otp_backend_'),
        fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      )
      .map(([at, prefix, id]) => Buffer.from(`${at}.${prefix}${id}`).toString('base64url')),
    broken: anyText,
  },
}

/** Returns what the contract says about this field in words, if anything. */
export const inWords = (name: string, schema: Schema & { format?: string }) =>
  fields[schema.format ?? ''] ?? fields[name]

/** JSON for a field that keeps to the contract. */
export function validValue(name: string, schema: Schema): fc.Arbitrary<string> {
  if (schema.type === 'integer') return validInteger(schema)
  return (inWords(name, schema)?.valid ?? validText(schema)).map((text) => JSON.stringify(text))
}

/** JSON for a field that breaks the contract, and how it does. */
export function brokenValue(name: string, schema: Schema): fc.Arbitrary<[way: string, json: string]> {
  const type = String(schema.type)
  const texts = [brokenText(schema), inWords(name, schema)?.broken].filter((made) => made !== undefined)
  const ways: fc.Arbitrary<[string, string]>[] = [
    otherType(type)
      // 6.0 is a whole number too.
      .filter((json) => type !== 'integer' || !Number.isInteger(Number(json)) || /^["[{tfn]/.test(json))
      .map((json) => [`${name} of another type`, json]),
  ]
  if (type === 'integer') ways.push(brokenInteger(schema).map((json) => [`${name} out of range`, json]))
  for (const text of texts) ways.push(text.map((found) => [`${name} out of form`, JSON.stringify(found)]))
  return fc.oneof(...ways)
}
