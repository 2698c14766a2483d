import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offenseIn } from '../../server/otp/plain-text.ts'
import { languages } from '../../server/texts/languages.ts'
import { figure } from '../support/figures.ts'
import { aroundOneCharacter, linkableTexts, sentences } from '../support/linkable-texts.ts'
import { linksIn } from '../support/linkifiers.ts'
import { ordinaryTexts } from '../support/ordinary-texts.ts'
import { runs } from '../support/properties.ts'

/** The texts of the emails themselves, without codes and addresses. */
const ownTexts = Object.values(languages).flatMap(({ mail }) => [
  ...Object.values(mail.subject),
  ...Object.values(mail.brandedSubject).map((withBrand) => withBrand('Acme')),
  ...Object.values(mail.verificationLine),
  mail.notAsked,
])

describe('the text that a public token may send', () => {
  it('contains nothing that an email program turns into a link, however disguised', () => {
    let passed = 0
    let linkable = 0
    fc.assert(
      fc.property(linkableTexts, (text) => {
        if (offenseIn(text) === undefined) {
          passed++
          expect(linksIn(text), JSON.stringify(text)).toEqual([])
        } else if (linkable < 100 && linksIn(text).length > 0) linkable++
      }),
      runs({ quick: 5_000, long: 300_000 }),
    )
    // Otherwise the texts would be far from the line that the rule draws.
    expect(passed).toBeGreaterThan(500)
    expect(linkable).toBe(100)
  })

  it('contains no character that can join the parts of a domain, an address or a phone number', () => {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint)
      if (/[\p{Cn}\p{Co}]/u.test(character)) continue
      // There are many letters, and they are much alike. So take a sample, but try every modifier letter and every
      // invisible one.
      if (/(?!\p{DI})(?!\p{Lm})\p{L}/u.test(character) && codePoint % figure({ quick: 100, long: 5 }) > 0)
        continue
      for (const text of aroundOneCharacter(character)) {
        if (offenseIn(text) === undefined) expect(linksIn(text), JSON.stringify(text)).toEqual([])
      }
    }
  })

  it('contains no invisible character except joiners inside a word of a script that needs them', () => {
    for (const text of [
      '\u200c',
      '\u200d',
      'a\u200db',
      'न\u200d',
      'न\u200d न',
      '\u200cب',
      '٠\u200c٣',
      '、\u200dा',
    ]) {
      expect(offenseIn(text), JSON.stringify(text)).toBeDefined()
    }
    const passed: string[] = []
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint)
      const isInvisible = /[\p{C}\p{DI}\p{Zl}\p{Zp}]/u.test(character)
      if (isInvisible && offenseIn(`क${character}म`) === undefined) passed.push(codePoint.toString(16))
    }
    expect(passed).toEqual(['200c', '200d'])
  })

  it.each([
    ...['evil.com', 'evil.com¹', 'evil.com\u200b1', 'i❤.ws/login', 'Go to www.evil', 'https://evil.example'],
    ...['evil．ｃｏｍ', 'evil\u2024com', 'злой.рф', 'boss@evil', '203.0.113.7', '1.2.3.4', 'evil.com\ufe0f'],
    ...[
      'evil."com',
      'evil.)com',
      'evil.’com',
      'evil.,com',
      'evil.:com',
      'evil…com',
      'evilŀcom',
      '邪悪.みんな',
    ],
    ...[
      'evil。みんな',
      '邪悪。com',
      '邪悪。.みんな',
      '邪悪：/みんな',
      'mailto://',
      'mailto:?',
      'mailto：？',
      'mailto:,',
      'mailto:邪悪',
      'mailto1：邪悪',
      'evilー：邪悪',
      'evil。com',
      'evil・com',
      'evil；com',
    ],
    ...[
      'evil&#46;com',
      'evil&#46com',
      'evil&#x2e;com',
      'evil&period;com',
      'a\u202eb',
      'two\nlines',
      'a\tb',
      '😀',
    ],
    ...['Call +49 30 123456', 'Call (030) 1234 567', 'Call ٠٣٠١٢٣٤٥', '0900 12 34 56', '09 a 12 a 34'],
    ...['1O0O1O1O1', '03ーー1234ーー56', '030xx1234xx56'],
    ...['03ー1234ー5678', '030x1234x5678', '03Ｘ1234', '0900\u3164123\u3164456', '1️⃣', '𝟎𝟗𝟎𝟎𝟏', 'a\ud800b'],
  ])('cannot be %j', (text) => {
    expect(offenseIn(text)).toBeDefined()
  })

  it(`can be any of ${ordinaryTexts.length} ordinary sentences, or any text of the emails themselves`, () => {
    expect(new Set(ordinaryTexts).size).toBeGreaterThanOrEqual(60)
    for (const text of [...ordinaryTexts, ...ownTexts]) {
      expect(offenseIn(text), text).toBeUndefined()
      expect(linksIn(text), text).toEqual([])
    }
  })

  it('can be any sentence of ordinary words with the usual punctuation', () => {
    fc.assert(
      fc.property(sentences, (text) => {
        const years = text.match(/2041/g)?.length ?? 0
        if (years < 2) expect(offenseIn(text), text).toBeUndefined()
      }),
      runs({ quick: 1_000, long: 50_000 }),
    )
  })

  it('is checked in time that grows no faster than its length', () => {
    const fastestOf = (text: string) => {
      const timings = [1, 2, 3].map(() => {
        const startedAt = process.cpuUsage()
        offenseIn(text)
        const { user, system } = process.cpuUsage(startedAt)
        return user + system
      })
      return Math.min(...timings)
    }
    // The rule allows each of these, so it reads all of it.
    for (const unit of ['a. ', '1 ab', 'क\u200dक', 'か。', 'a', '. ) ']) {
      expect(offenseIn(unit.repeat(1_000)), unit).toBeUndefined()
      const short = fastestOf(unit.repeat(2_000))
      expect(fastestOf(unit.repeat(32_000)) / short, unit).toBeLessThan(64) // quadratic time would give 256
    }
  })

  it('is refused with a position and a reason', () => {
    expect(offenseIn('Go to evil.com')).toEqual({ position: 12, message: 'a space must follow “.”' })
    expect(offenseIn('a@b')).toEqual({ position: 2, message: '“@” is not allowed' })
    expect(offenseIn('a\u200bb')).toEqual({
      position: 2,
      message: 'the invisible or combining character U+200B is not allowed',
    })
    expect(offenseIn('Call 12 345')).toEqual({
      position: 11,
      message: 'at most four digits may come before the next word',
    })
  })
})
