import fc from 'fast-check'
import { ordinaryTexts } from './ordinary-texts.ts'

const of = (texts: readonly string[]) => fc.constantFrom(...texts)
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((found) => found.join(''))
const listOf = (part: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(part, { minLength: 1, maxLength }).map((parts) => parts.join(''))

const words = [...new Set(ordinaryTexts.flatMap((text) => text.split(' ')))]
const dots = [...'.．。｡․‧・·…']
// All kinds: format characters, marks, variation selectors, Hangul fillers.
const invisible = [
  ...['', '', '\u200b', '\u200c', '\u200d', '\u00ad', '\u2060', '\ufeff', '\u202e', '\u061c', '\u{e0061}'],
  ...['\ufe0f', '\u034f', '\u3164', '\u115f', '\uffa0', '\u17b4', '\u180b', '\u{e0100}'],
]
const around = [...' \t\n\u00a0\u3000.,:;!?()[]<>"\'/\\|-–_*&%#+=@«»“”…①¹½❤😀', ...invisible]
const names = [
  'evil',
  'i❤',
  'bücher',
  'злой',
  '邪悪',
  'बुरा',
  'ｅｖｉｌ',
  '𝐞vil',
  'e\u0301vil',
  'login.evil',
  'a-b',
]
const latinEndings = ['com', 'ws', 'de', 'co.uk', 'museum', 'ＣＯＭ', 'c\u00adom', 'com1', 'com¹']
const endings = [...latinEndings, 'рф', 'みんな', 'भारत', '中国', '한국', 'موقع']

const domain = joined(
  of(names),
  of(invisible),
  of(dots),
  of(invisible),
  of(endings),
  of([...invisible, '/login', ':8080', '¹', '1']),
)
const scheme = joined(
  of(['https', 'HTTP', 'ftp', 'mailto', 'tel', 'javascript', '']),
  of(['://', '：//', ':', ':\u200b//', '//']),
)
const address = joined(of(['boss', 'a.b', '+491']), of(['@', '＠', '\u200b@', '&#64;']), domain)

const digits = ['0123456789', '０１２３４５６７８９', '٠١٢٣٤٥٦٧٨٩', '०१२३४५६७८९', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗']
const gaps = [
  '',
  '',
  ' ',
  '-',
  '.',
  '/',
  ' (',
  ') ',
  '–',
  '‐',
  '‑',
  'ー',
  'ｰ',
  'x',
  ' ',
  '\u3000',
  '\u3164',
  '～',
]
const number = listOf(joined(of([...digits.join('')]), of(gaps)), 14)
const telephone = joined(of(['+', '00', '(', '＋', '']), number)
const octet = fc.nat({ max: 255 }).map(String)
const internetAddress = fc
  .tuple(octet, octet, octet, octet)
  .chain((parts) => of(dots).map((dot) => parts.join(dot)))
const anything = fc.oneof(of(around), of(words), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))

/** Links, addresses and telephone numbers in every disguise, between words and next to them. */
const disguised = fc
  .array(fc.oneof(domain, scheme, address, telephone, internetAddress, anything, of(words)), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((parts) => of(['', ' ', '\u200b', '. ', ': ']).map((between) => parts.join(between)))

// Parts that the rule allows, combined so that they come close to a link.
const plainNames = [
  'evil',
  'bücher',
  'злой',
  '邪悪',
  'बुरा',
  'ｅｖｉｌ',
  'https',
  'www',
  'mailto',
  'tel',
  'コード',
]
const plainEndings = ['com', 'ws', 'рф', 'みんな', 'भारत', '中国', 'موقع']
const joints = [...'.:;/…。：；・', ') ', '. ', ': ', '.) ', '。」', '...', ' / ', '/ /', ': //']
const between = [...' -–,&+#%!?\'"’“”()[]「」\u00a0\u202f\u3000']
const shortNumber = joined(
  of(['', '+', '(', '0']),
  listOf(
    joined(of([...digits.join('')]), of([...gaps, ' to ', ' の ', 'に', 'a', ' a ', ' ext ', ' 内線 '])),
    9,
  ),
)
const nearMiss = listOf(fc.oneof(of(plainNames), of(plainEndings), of(joints), of(between), shortNumber), 6)

export const linkableTexts: fc.Arbitrary<string> = fc.oneof(disguised, nearMiss)

/** Sentences made of any words from the seven languages, with their usual punctuation. */
export const sentences: fc.Arbitrary<string> = fc
  .array(
    joined(
      fc
        .array(of(words.filter((word) => /^[\p{L}\p{M}]+$/u.test(word))), { minLength: 1, maxLength: 6 })
        .map((found) => found.join(' ')),
      of([
        '.',
        '!',
        '?',
        ':',
        ';',
        ',',
        '…',
        '...',
        '?!',
        '.”',
        '।',
        '。',
        ' –',
        ' —',
        ' /',
        ' (ok).',
        ' 2041.',
      ]),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(' '))

/** Texts in which this character could join parts that must stay separate. */
export const aroundOneCharacter = (character: string): string[] => [
  `evil${character}com`,
  `evil.${character}com`,
  `evil${character}.com`,
  `boss${character}evil`,
  `http${character}//evil`,
  `0900${character}123${character}456`,
  `+49${character}30${character}1234`,
]
