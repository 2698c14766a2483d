import { describe, expect, it } from 'vitest'
import { hashCode, mintCode } from '../server/otp/code.ts'
import { parseRecipient } from '../server/otp/recipient.ts'

describe('mintCode', () => {
  it('returns every four-digit code about equally often, including leading zeros and 9999', () => {
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
    // 9,999 degrees of freedom: mean 9,999, standard deviation 141. Chance does not reach ten standard deviations.
    expect(Math.abs(chiSquared - 9_999)).toBeLessThan(1_414)
  })

  it.each([4, 5, 6, 7, 8, 9, 10])('returns exactly %i digits', (digits) => {
    for (let n = 0; n < 1000; n++) expect(mintCode(digits)).toMatch(new RegExp(`^\\d{${digits}}$`))
  })
})

describe('hashCode', () => {
  const hash = (...parts: [string, string, string, string]) => hashCode(...parts).toString('hex')

  it('returns 256 bits that depend on the secret, the session, the recipient and the code', () => {
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
  ])('parses %j as %j, with the canonical form %j', (text, address, canonical) => {
    const recipient = parseRecipient(text)
    expect(recipient?.address).toEqual(address)
    expect(recipient?.canonical).toEqual(canonical)
  })
})

describe('the counted mailbox', () => {
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
  ])('of %s is %s, by the known delivery rules of its provider', (address, counted) => {
    expect(parseRecipient(address)?.counted).toBe(counted)
  })

  it.each(['a.b+c@example.com', 'a+c@notgmail.com', 'a+c@gmail.com.example', '+c@gmail.com'])(
    'of %s is the address itself, because another spelling may belong to someone else',
    (address) => {
      expect(parseRecipient(address)?.counted).toBe(address)
    },
  )

  it('changes neither the address of the delivery nor the canonical address', () => {
    expect(parseRecipient('U.Ser+Shop@gmail.com')).toMatchObject({
      address: 'U.Ser+Shop@gmail.com',
      canonical: 'u.ser+shop@gmail.com',
    })
  })
})
