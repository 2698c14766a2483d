import { domainToASCII, domainToUnicode } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseRecipient } from '../../server/otp/recipient.ts'
import { backend, sendAndRead } from '../support/flows.ts'
import { useServer } from '../support/server.ts'

const domains = [
  'bücher.example',
  'straße.example',
  '例え.テスト',
  'пример.рф',
  'مثال.example',
  'उदाहरण.भारत',
]

describe('a domain that IDNA maps to another one', () => {
  // Try every character, to find those that IDNA maps to one or more others.
  const mapped: string[] = []
  for (let point = 0x80; point <= 0x1ffff; point++) {
    const character = String.fromCodePoint(point)
    if (!/[\p{L}\p{M}\p{N}]/u.test(character)) continue
    const label = domainToUnicode(domainToASCII(`x${character}x.example`)).slice(0, -'.example'.length)
    if (label !== '' && label !== `x${character}x`) mapped.push(character)
  }

  it('is refused, whatever the character, so each mailbox has one address', () => {
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

  it('is accepted if only its form differs (Unicode or ASCII), and both forms are one mailbox', () => {
    for (const domain of domains) {
      const ascii = domainToASCII(domain)
      expect(parseRecipient(`a@${domain}`)?.canonical).toBe(`a@${ascii}`)
      expect(parseRecipient(`A@${ascii.toUpperCase()}`)?.canonical).toBe(`a@${ascii}`)
    }
  })
})

describe('the address in a send', () => {
  const server = useServer({ environment: { LIMIT_PER_RECIPIENT: 'off' } })

  it('appears in the history as one string after it is verified, however it was spelled', async () => {
    for (const [place, domain] of domains.entries()) {
      const api = await backend.authorized(server, `project-${place}`)
      const ascii = domainToASCII(domain)
      const spellings = [
        `a.b+c@${domain}`,
        `A.b+C@${domain}`,
        `a.b+c@${ascii}`,
        `A.B+C@${ascii.toUpperCase()}`,
      ]
      for (const email of spellings) {
        const sent = await sendAndRead(server, backend, api, { email })
        expect((await backend.verify(api, sent)).response.status).toBe(200)
      }
      const { data } = await api.GET('/api/v1/backend-otp/verifications')
      expect(data?.data.verifications.map(({ email }) => email)).toEqual(
        spellings.map(() => `a.b+c@${ascii}`),
      )
    }
  })

  const usual = (domain: string) => `must use the usual spelling of its domain, ${domain}`
  it.each([
    ['a@𝐞xample.com', usual('example.com')],
    ['a@ｅxample。com', usual('example.com')],
    ['a@BÜCHER.example', usual('bücher.example')],
    ['a@example.com/', 'must be exactly one email address'],
    ['a@example.com:25', 'must be exactly one email address'],
    ['a b@ｅxample.com', 'must be exactly one email address'],
  ])('gets a helpful error if it is refused: %s', async (email, message) => {
    const api = await backend.authorized(server)
    const { error } = await backend.send(api, { email })
    expect(error?.error.details).toEqual([{ path: '/email', message }])
  })
})
