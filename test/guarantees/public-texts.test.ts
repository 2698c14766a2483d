import fc from 'fast-check'
import { findPhoneNumbersInText } from 'libphonenumber-js'
import LinkifyIt from 'linkify-it'
import * as linkify from 'linkifyjs'
import tlds from 'tlds'
import { describe, expect, it } from 'vitest'
import { offenceIn } from '../../server/otp/plain-text.ts'
import { ordinaryTexts } from '../support/ordinary-texts.ts'
import { runs } from '../support/properties.ts'

// The judges: what mail programs and their like turn into links, as two libraries know it, and telephone numbers.
const linkifyIt = new LinkifyIt({}, { fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds(tlds)
const countries = ['US', 'GB', 'DE', 'FR', 'ES', 'PT', 'BR', 'IN', 'JP'] as const

/** What somebody would link in this text; a mail program may put its characters right before it looks. */
function linksIn(text: string): string[] {
  const spellings = [text, text.normalize('NFKC'), text.replace(/[\p{Cf}\p{DI}]/gu, '')]
  return spellings.flatMap((spelling) => [
    ...(linkifyIt.match(spelling) ?? []).map(({ raw }) => raw),
    ...linkify.find(spelling).map(({ value }) => value),
    ...countries.flatMap((country) =>
      findPhoneNumbersInText(spelling, country)
        .filter(({ number }) => number.isValid() && number.nationalNumber.length > 4) // else every year would be one
        .map(({ number }) => String(number.number)),
    ),
  ])
}

const words = [...new Set(ordinaryTexts.flatMap((text) => text.split(' ')))]
const dots = [...'.．。｡․‧・·…']
const invisible = [
  '',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u00ad',
  '\u2060',
  '\ufeff',
  '\u202e',
  '\ufe0f',
  '\u034f',
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
const endings = [
  'com',
  'ws',
  'de',
  'co.uk',
  'рф',
  'みんな',
  'भारत',
  'ＣＯＭ',
  'c\u00adom',
  'com1',
  'com¹',
  'museum',
]

const of = (texts: readonly string[]) => fc.constantFrom(...texts)
const domain = fc
  .tuple(
    of(names),
    of(invisible),
    of(dots),
    of(invisible),
    of(endings),
    of([...invisible, '/login', ':8080', '¹', '1']),
  )
  .map((parts) => parts.join(''))
const scheme = fc
  .tuple(
    of(['https', 'HTTP', 'ftp', 'mailto', 'tel', 'javascript', '']),
    of(['://', '：//', ':', ':\u200b//', '//']),
  )
  .map((parts) => parts.join(''))
const address = fc
  .tuple(of(['boss', 'a.b', '+491']), of(['@', '＠', '\u200b@']), domain)
  .map((parts) => parts.join(''))
const digits = ['0123456789', '０１２３４５６７８９', '٠١٢٣٤٥٦٧٨٩', '०१२३४५६७८९'].flatMap((script) => [
  ...script,
])
const number = fc
  .array(fc.tuple(of(digits), of(['', '', '', ' ', '-', '.', '/', ' (', ') ', '–'])), {
    minLength: 1,
    maxLength: 14,
  })
  .map((pairs) => pairs.flat().join(''))
const phone = fc.tuple(of(['+', '00', '(', '']), number).map((parts) => parts.join(''))
const octet = fc.nat({ max: 255 }).map(String)
const internetAddress = fc
  .tuple(octet, octet, octet, octet)
  .chain((parts) => of(dots).map((dot) => parts.join(dot)))
const single = fc.oneof(of(around), of(words), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))

/** Texts that try to hold a link, between words and beside them. */
const hostile = fc
  .array(fc.oneof(domain, scheme, address, phone, internetAddress, single, of(words)), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((parts) => of(['', ' ', '\u200b', '. ', ': ']).map((between) => parts.join(between)))

describe('what anybody may say with a public token', () => {
  it('holds nothing that a mail program links, however it is disguised', () => {
    let passed = 0
    fc.assert(
      fc.property(hostile, (text) => {
        if (offenceIn(text) !== undefined) return
        passed++
        expect(linksIn(text), JSON.stringify(text)).toEqual([])
      }),
      runs({ quick: 5_000, long: 300_000 }),
    )
    expect(passed).toBeGreaterThan(50)
  })

  it.each([
    'evil.com',
    'evil.com¹',
    'evil.com\u200b1',
    'i❤.ws/login',
    'Go to www.evil',
    'https://evil.example',
    'evil．ｃｏｍ',
    'evil\u2024com',
    'злой.рф',
    'boss@evil',
    '203.0.113.7',
    '1.2.3.4',
    'Call +49 30 123456',
    'Call (030) 1234 567',
    'Call ٠٣٠١٢٣٤٥',
    '0900 12 34 56',
    'a\u202eb',
    'two\nlines',
    'a\tb',
    '😀',
  ])('is not %j', (text) => {
    expect(offenceIn(text)).toBeDefined()
  })

  it('is every ordinary sentence', () => {
    expect(ordinaryTexts).toHaveLength(60)
    for (const text of ordinaryTexts) {
      expect(offenceIn(text), text).toBeUndefined()
      expect(linksIn(text), text).toEqual([])
    }
  })

  it('is judged in time that grows with its length and no faster', () => {
    for (const unit of ['a.', '1 ', 'क\u200d', '。', 'a']) {
      const startedAt = process.cpuUsage()
      offenceIn(unit.repeat(8_000))
      const { user, system } = process.cpuUsage(startedAt)
      expect((user + system) / 1000, unit).toBeLessThan(200)
    }
  })

  it('is refused with the place and the reason', () => {
    expect(offenceIn('Go to evil.com')).toEqual({ position: 11, message: 'a space must follow “.”' })
    expect(offenceIn('a@b')).toEqual({ position: 2, message: '“@” is not allowed' })
    expect(offenceIn('a\u200bb')).toEqual({ position: 2, message: 'an invisible character is not allowed' })
    expect(offenceIn('Call 12 345')).toEqual({
      position: 11,
      message: 'more than four digits in a row are not allowed',
    })
  })
})
