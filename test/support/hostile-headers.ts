import fc from 'fast-check'
import { anyText } from './arbitraries.ts'

const names = [
  ...[
    'X-Request-Id',
    'Origin',
    'Content-Type',
    'Content-Encoding',
    'Accept',
    'Accept-Language',
    'Accept-Encoding',
  ],
  ...['Referer', 'User-Agent', 'Cookie', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-HTTP-Method-Override'],
  ...[
    'X-Otp-Secret',
    'If-None-Match',
    'If-Modified-Since',
    'Range',
    'TE',
    'Prefer',
    'Sec-Fetch-Site',
    '__proto__',
  ],
  ...['constructor', 'Access-Control-Request-Method', 'Access-Control-Request-Headers', 'Forwarded', 'Via'],
]
const value = fc
  .oneof(
    anyText,
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0xff }).map((byte) => String.fromCharCode(byte)),
      maxLength: 200,
    }),
    fc.constantFrom(
      'application/json',
      'text/html',
      'gzip',
      'https://app.example',
      'null',
      '*',
      'de',
      'DELETE',
      'x'.repeat(9000),
    ),
    fc.constantFrom(
      'application/json; charset',
      'application/json; charset=""',
      ';',
      '/',
      'a/b;c="',
      'de;q=9,*;q=x',
      'bytes=0-1,2-3',
    ),
  )
  .filter((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text))

/** Headers that nobody expects. */
export const headers = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(value, fc.array(value, { maxLength: 3 })),
  { maxKeys: 4 },
)
