import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestTyped, readTypedCode, typedCodePattern } from '../../server/otp/code.ts'
import { type Node, operationNode, resolve } from '../support/contract.ts'
import { backend, sendAndRead } from '../support/flows.ts'
import { runs } from '../support/properties.ts'
import { useServer } from '../support/server.ts'

/** Every decimal digit in Unicode, by its value. */
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

/** Every white space character and every dash in Unicode. */
const spacesAndDashes = Array.from({ length: 0x11000 }, (_, point) => String.fromCodePoint(point)).filter(
  (character) => /[\p{White_Space}\p{Dash}]/u.test(character),
)

describe('a typed code', () => {
  it('may contain any white space and any dash, in the API as on the page', () => {
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
    ['1'.repeat(10) + ' '.repeat(54), '1111111111'],
    ['1'.repeat(10) + ' '.repeat(55), undefined],
  ])('%j is read as %j', (typed, digits) => {
    expect(readTypedCode(typed).digits).toBe(digits)
  })

  it('is empty if only white space, dashes and invisible characters were typed', () => {
    for (const typed of ['', ' ', ' - ', ...between]) expect(readTypedCode(typed).isEmpty, typed).toBe(true)
    for (const typed of ['0', 'x', ' 1']) expect(readTypedCode(typed).isEmpty, typed).toBe(false)
  })

  it('is read in the digits of every script, and the page accepts exactly the texts that the server reads', () => {
    expect(everyScript.length).toBeGreaterThan(60)
    const digits = fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 11 })
    const noise = fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...between), minLength: 1, maxLength: 3 }) },
      fc.constantFrom('x', '.', '½'),
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
            // Browsers compile it like this: https://html.spec.whatwg.org/multipage/input.html#the-pattern-attribute
            const pattern = new RegExp(`^(?:${typedCodePattern(length)})$`, 'v')
            expect(pattern.test(typed)).toBe(read?.length === length)
          }
        },
      ),
      runs({ quick: 300, long: 20_000 }),
    )
  })

  it('is read up to the maximum length in the contract', () => {
    const body = resolve(operationNode('verifyBackendOtp')['requestBody'] as Node)
    const { schema } = (body['content'] as Record<string, { schema: Node }>)['application/json'] ?? {}
    const { code } = resolve(schema)['properties'] as Record<string, Node>
    expect(resolve(code)['maxLength']).toBe(longestTyped)
  })

  describe('over the API', () => {
    const server = useServer()

    it('verifies in the digits of every script', async () => {
      const api = await backend.authorized(server)
      for (const [place, script] of everyScript.entries()) {
        const sent = await sendAndRead(server, backend, api, { email: `script-${place}@example.com` })
        const code = [...sent.code].map((digit) => script[Number(digit)]).join('')
        expect((await backend.verify(api, { ...sent, code })).response.status, code).toBe(200)
      }
    })
  })
})
