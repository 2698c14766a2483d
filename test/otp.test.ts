import { domainToASCII, domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashCode, mintCode, readTypedCode, typedCodePattern } from '../server/otp/code.ts'
import { parseRecipient } from '../server/otp/recipient.ts'
import { runs } from './support/properties.ts'

describe('mintCode', () => {
  it('reaches every code of four digits, leading zeros and 9999 included, about equally often', () => {
    const draws = 400_000
    const counts = new Map<string, number>()
    for (let n = 0; n < draws; n++) {
      const code = mintCode(4)
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    expect(counts.size).toBe(10_000)
    expect(counts.has('0000') && counts.has('0007') && counts.has('9999')).toBe(true)
    const expected = draws / 10_000
    const chiSquared = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    )
    // 9,999 degrees of freedom: mean 9,999, standard deviation 141; ten of them are out of reach for chance.
    expect(Math.abs(chiSquared - 9_999)).toBeLessThan(1_414)
  })

  it.each([4, 5, 6, 7, 8, 9, 10])('gives exactly %i digits', (digits) => {
    for (let n = 0; n < 1000; n++) expect(mintCode(digits)).toMatch(new RegExp(`^\\d{${digits}}$`))
  })
})

describe('hashCode', () => {
  const hash = (...parts: [string, string, string, string]) => hashCode(...parts).toString('hex')

  it('has 256 bits and depends on the secret, the session, the recipient and the code', () => {
    const hashes = [
      hash('secret', 'session', 'a@x.co', '123456'),
      hash('other', 'session', 'a@x.co', '123456'),
      hash('secret', 'other', 'a@x.co', '123456'),
      hash('secret', 'session', 'b@x.co', '123456'),
      hash('secret', 'session', 'a@x.co', '654321'),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(hashes.every((text) => text.length === 64)).toBe(true)
  })
})

/** Every decimal digit of Unicode, by what it is worth. */
const everyDigit = Array.from({ length: 10 }, (): string[] => [])
for (let point = 0, worth = 0; point <= 0x10ffff; point++) {
  const character = String.fromCodePoint(point)
  if (!/\p{Nd}/u.test(character)) worth = 0
  else everyDigit[worth++ % 10]?.push(character)
}
const everyScript = (everyDigit[0] ?? []).map((_, script) => everyDigit.map((digits) => digits[script] ?? ''))
const between = [
  ...' \t\n\u00a0\u3000-\u2010\u2013\u2014\u2212\u30fc\u00ad\u200b\u200e\u2066\ufeff\ufe0f\u034f\u3164',
]

/** Every white space and every dash of Unicode. */
const spacesAndDashes = Array.from({ length: 0x11000 }, (_, point) => String.fromCodePoint(point)).filter(
  (character) => /[\p{White_Space}\p{Dash}]/u.test(character),
)

describe('a typed code', () => {
  it('forgives every white space and every dash, as the page does', () => {
    expect(spacesAndDashes).toEqual(
      expect.arrayContaining(['\u0085', '\u2053', '\u207b', '\u208b', '\u301c']),
    )
    for (const character of spacesAndDashes) {
      const typed = `12${character}34`
      expect(readTypedCode(typed).digits, JSON.stringify(typed)).toBe('1234')
      expect(new RegExp(`^(?:${typedCodePattern(4)})$`, 'v').test(typed)).toBe(true)
    }
  })

  it.each([
    ['123456', '123456'],
    [' 12 34-56\n', '123456'],
    ['１２３４５６', '123456'],
    ['٠٤٢١٣٧', '042137'],
    ['०४२१३७', '042137'],
    ['\u2067٠٤٢-١٣٧\u2069', '042137'],
    ['123\u2014456', '123456'],
    ['1️2️3️4️', '1234'],
    ['0x1F', undefined],
    ['12345a', undefined],
    ['½234', undefined],
    ['①②③④', undefined],
    ['123', undefined],
    ['12345678901', undefined],
    ['', undefined],
    [' - ', undefined],
    ['1'.repeat(10) + ' '.repeat(91), undefined],
  ])('%j is read as %j', (typed, digits) => {
    expect(readTypedCode(typed).digits).toBe(digits)
  })

  it('is empty if nothing that shows was typed', () => {
    for (const typed of ['', ' ', ' - ', ...between]) expect(readTypedCode(typed).isEmpty, typed).toBe(true)
    for (const typed of ['0', 'x', ' 1']) expect(readTypedCode(typed).isEmpty, typed).toBe(false)
  })

  it('is read in the digits of every script, and the page lets through exactly what the server reads', () => {
    expect(everyScript.length).toBeGreaterThan(60)
    const digits = fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 11 })
    const noise = fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      fc.constantFrom(...between, 'x', '.', '½'),
    )
    fc.assert(
      fc.property(
        digits,
        fc.array(noise, { minLength: 12, maxLength: 12 }),
        fc.constantFrom(...everyScript),
        (values, noises, script) => {
          const typed =
            values.map((value, place) => noises[place] + (script[value] ?? '')).join('') + noises[11]
          const read = readTypedCode(typed).digits
          const isClean = !/[x.½]/.test(typed)
          const isCode = isClean && values.length >= 4 && values.length <= 10
          expect(read).toBe(isCode ? values.join('') : undefined)
          for (let length = 4; length <= 10; length++) {
            // As browsers compile it: https://html.spec.whatwg.org/multipage/input.html#the-pattern-attribute
            const pattern = new RegExp(`^(?:${typedCodePattern(length)})$`, 'v')
            expect(pattern.test(typed)).toBe(read?.length === length)
          }
        },
      ),
      runs({ quick: 300, long: 20_000 }),
    )
  })
})

describe('parseRecipient', () => {
  it.each([
    ['User@Example.com', 'User@example.com', 'user@example.com'],
    ["o'neil+tag@x.co", "o'neil+tag@x.co", "o'neil+tag@x.co"],
    ['a@bücher.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@XN--Bcher-KVA.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@例え。jp', undefined, undefined],
    ['a@１２７.0.0.1', undefined, undefined],
    ['a@ex%41mple.com', undefined, undefined],
    ['a@x.co/', undefined, undefined],
    ['a@x.co:25', undefined, undefined],
    [
      `${'a'.repeat(64)}@${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(58)}.co`,
      expect.any(String),
      expect.any(String),
    ],
    [`${'a'.repeat(64)}@${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(59)}.co`, undefined, undefined],
  ])('reads %j as %j, canonically %j', (text, address, canonical) => {
    const recipient = parseRecipient(text)
    expect(recipient?.address).toEqual(address)
    expect(recipient?.canonical).toEqual(canonical)
  })
})

describe('a domain that IDNA maps to another one', () => {
  // What it maps, found by asking: every character that stands for one or several others.
  const mapped: string[] = []
  for (let point = 0x80; point <= 0x1ffff; point++) {
    const character = String.fromCodePoint(point)
    if (!/[\p{L}\p{M}\p{N}]/u.test(character)) continue
    const label = domainToUnicode(domainToASCII(`x${character}x.example`)).slice(0, -'.example'.length)
    if (label !== '' && label !== `x${character}x`) mapped.push(character)
  }

  it('is refused, whatever the character, so that one mailbox has one address', () => {
    expect(mapped.length).toBeGreaterThan(1000)
    expect(mapped).toEqual(expect.arrayContaining(['𝐞', 'Ａ', '\u212a', 'ﬁ', '²', 'Ü', 'ẞ']))
    for (const character of mapped)
      expect(parseRecipient(`a@x${character}x.example`), character).toBeUndefined()
  })

  it.each([
    '𝐞xample.com',
    'ｅxample.com',
    'example。com',
    'example．com',
    'faﬀ.example',
    'bu\u0308cher.example',
    'faß\u200d.example',
  ])('is refused: %s', (domain) => {
    expect(parseRecipient(`a@${domain}`)).toBeUndefined()
  })

  it('leaves both forms of an internationalised domain as they are, and they are one mailbox', () => {
    for (const domain of [
      'bücher.example',
      'straße.example',
      '例え.テスト',
      'пример.рф',
      'مثال.example',
      'उदाहरण.भारत',
    ]) {
      const ascii = domainToASCII(domain)
      expect(parseRecipient(`a@${domain}`)?.canonical).toBe(`a@${ascii}`)
      expect(parseRecipient(`A@${ascii.toUpperCase()}`)?.canonical).toBe(`a@${ascii}`)
    }
  })
})

describe('the mailbox that is counted', () => {
  it.each([
    ['User+shop@gmail.com', 'user@gmail.com'],
    ['u.s.e.r+a+b@GoogleMail.com', 'user@gmail.com'],
    ['a.b+c@outlook.com', 'a.b@outlook.com'],
    ['a+c@hotmail.com', 'a@hotmail.com'],
    ['a+c@live.com', 'a@live.com'],
    ['a+c@icloud.com', 'a@icloud.com'],
    ['a+c@me.com', 'a@me.com'],
    ['a+c@mac.com', 'a@mac.com'],
    ['a.b+c@fastmail.com', 'a.b@fastmail.com'],
    ['a+c@proton.me', 'a@proton.me'],
    ['a+c@protonmail.com', 'a@protonmail.com'],
    ['a+c@pm.me', 'a@pm.me'],
  ])('of %s is %s, as its provider is known to deliver it', (address, counted) => {
    expect(parseRecipient(address)?.counted).toBe(counted)
  })

  it.each(['a.b+c@example.com', 'a+c@notgmail.com', 'a+c@gmail.com.example', '+c@gmail.com'])(
    'of %s is the address itself, because it may be somebody else',
    (address) => {
      expect(parseRecipient(address)?.counted).toBe(address)
    },
  )

  it('changes neither what goes on the wire nor what is compared', () => {
    expect(parseRecipient('U.Ser+Shop@gmail.com')).toMatchObject({
      address: 'U.Ser+Shop@gmail.com',
      canonical: 'u.ser+shop@gmail.com',
    })
  })
})
