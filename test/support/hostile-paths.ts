import fc from 'fast-check'
import { anyText } from './arbitraries.ts'
import { operationFacts } from './contract.ts'

/** Every path that the server knows. */
export const paths = [...operationFacts.map(({ path }) => path), '/verify-email', '/livez', '/readyz']

const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '%5c',
    '%00',
    '%zz',
    '%',
    '%ff',
    ';',
    '*',
    ':id',
    '__proto__',
    'constructor',
  ),
  fc.constantFrom(
    'api',
    'v1',
    'backend-otp',
    'send',
    'verifications',
    '_dev',
    'inbox',
    'verify-email',
    '.env',
    '.git',
  ),
  anyText.map((text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))),
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((byte) => String.fromCharCode(byte)),
    maxLength: 20,
  }),
)

/** A path, with or without a query, that nobody documented. */
export const path = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => `/${pieces.join('/')}`),
  fc.tuple(fc.constantFrom(...paths), piece).map(([known, more]) => known + more),
  fc
    .tuple(fc.constantFrom(...paths), piece, piece)
    .map(([known, name, value]) => `${known}?${name}=${value}&&=&${name}[]=${value}`),
  fc.tuple(piece, fc.constantFrom(...paths)).map(([before, known]) => `/${before}${known}`),
  fc.constantFrom(
    '//',
    '/*',
    '/%',
    `/${'a/'.repeat(3000)}`,
    `/?${'a=b&'.repeat(3000)}`,
    '/verify-email?sessionId=a&sessionId=b',
  ),
)
