import fc from 'fast-check'
import { anyText } from './arbitraries.ts'

const between = [
  ...[
    ',',
    ', ',
    ';',
    '; ',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\r\n ',
    '\0',
    '\x7f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u3000',
  ],
  ...['，', '；', '\u037e', '<', '>', '(', ')', '[', ']', '"', '\\', ':', '@', '\ud800', '\u202e'],
]

/** Texts that are not exactly one address. A mail program could read them as two addresses, or as a header. */
export const hostileAddresses: string[] = [
  // text between two addresses, or inside one
  ...between.flatMap((text) => [
    `a@x.co${text}b@y.co`,
    `a${text}b@x.co`,
    `a@x${text}y.co`,
    `a@x.co${text}`,
    `${text}a@x.co`,
    `a@x.co${text}Bcc: b@y.co`,
  ]),
  // names, comments, routes, groups (RFC 5322, including its obsolete syntax)
  ...['A <a@x.co>', '<a@x.co>', '<a@x.co', 'a@x.co>', '"A" <a@x.co>', '"a@x.co" <b@y.co>', 'b@y.co <a@x.co>'],
  ...[
    'a@x.co (b@y.co)',
    '(b@y.co) a@x.co',
    'a(b)@x.co',
    'a@(b)x.co',
    'a@x.co(',
    'g: a@x.co, b@y.co;',
    'g:a@x.co;',
    'g:;',
  ],
  ...[
    '<@y.co:a@x.co>',
    '@y.co:a@x.co',
    'y.co!a@x.co@',
    'a%x.co@y.co@z.co',
    'mailto:a@x.co@',
    'a@x.co?bcc=b@y.co',
  ],
  // quoted parts and literals (RFC 5321, section 4.1.2)
  ...[
    '"a"@x.co',
    '"a b"@x.co',
    '"a@x.co, b"@y.co',
    '"\\"a"@x.co',
    '""@x.co',
    '"a\r\nBcc: b"@x.co',
    'a."b".c@x.co',
  ],
  ...[
    'a@[127.0.0.1]',
    'a@[IPv6:::1]',
    'a@127.0.0.1',
    'a@2130706433',
    'a@0x7f.1',
    'a@1.2',
    'a@[x]',
    'a@x.1',
    'a@x.0x1',
  ],
  // domains
  ...[
    'a@localhost',
    'a@x',
    'a@x.',
    'a@.x.co',
    'a@x..co',
    'a@-x.co',
    'a@x-.co',
    'a@x_y.co',
    'a@x.co.',
    'a@*.co',
    'a@x.co:25',
  ],
  ...[
    'a@xn--a.co',
    'a@xn--.co',
    'a@x/y.co',
    'a@x.co/y',
    'a@x.co#y',
    'a@x.co\\y',
    'a@x%2eco',
    'a@x。co',
    'a@①.②',
    'a@\u00ad.co',
  ],
  ...[
    `a@${'x'.repeat(64)}.co`,
    `a@${'x.'.repeat(126)}co`,
    `a@${'ü'.repeat(63)}.co`,
    `${'a'.repeat(60)}@${'ü'.repeat(97)}.co`,
  ],
  // local parts
  ...[
    '@x.co',
    '.a@x.co',
    'a.@x.co',
    'a..b@x.co',
    'ü@x.co',
    'а@x.co',
    '💥@x.co',
    'a\u200bb@x.co',
    `${'a'.repeat(65)}@x.co`,
  ],
  // encodings and other languages
  ...[
    '=?utf-8?q?a=40x=2Eco?= <b@y.co>',
    '=?utf-8?q?a?=@x.co, b@y.co',
    'a@x.co%0d%0aBcc:b@y.co',
    'a@x.co\\r\\nBcc: b@y.co',
  ],
  ...[
    'a@x.co\r\nRCPT TO:<b@y.co>',
    'a@x.co>\r\nRCPT TO:<b@y.co',
    'a@x.co\r\n.\r\n',
    'a@x.co> SIZE=1',
    'a@x.co> ORCPT=rfc822;b@y.co',
  ],
  // empty, or not an address at all
  ...[
    '',
    'a',
    'a@',
    '@',
    '@@',
    'a@@x.co',
    'a@b@x.co',
    'x.co',
    'null',
    '[object Object]',
    '../../etc/passwd',
    "' or 1=1 --",
  ],
]

const localCharacters = "abcxyzABCXYZ0189!#$%&'*+/=?^_`{|}~-"
const labels = fc.oneof(
  fc
    .stringMatching(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,12}[a-zA-Z0-9])?$/)
    .filter((label) => !/^..--/.test(label)),
  fc.constantFrom('bücher', '例え', 'пример', 'xn--bcher-kva', 'a'.repeat(63)),
)
const atom = fc.string({ unit: fc.constantFrom(...localCharacters), minLength: 1, maxLength: 12 })

/** Texts that are exactly one address. Some are unusual. */
export const validAddress: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(atom, { minLength: 1, maxLength: 4 }),
    fc.array(labels, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('co', 'example', 'EXAMPLE', 'museum', 'рф', 'xn--p1ai'),
  )
  .map(([atoms, domain, top]) => `${atoms.join('.')}@${[...domain, top].join('.')}`)
  .filter((text) => Buffer.byteLength(text) <= 200)

/** Texts that are not exactly one address: from the list, or an address with a forbidden text in it. */
export const brokenAddress: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileAddresses),
  fc.tuple(validAddress, fc.constantFrom(...between), fc.nat()).map(([address, text, place]) => {
    const at = place % (address.length + 1)
    return address.slice(0, at) + text + address.slice(at)
  }),
  fc
    .tuple(validAddress, validAddress, fc.constantFrom(...between))
    .map(([one, two, text]) => one + text + two),
  anyText.filter((text) => !text.includes('@')),
)
