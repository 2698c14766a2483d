import { describe, expect, it } from 'vitest'
import { backend, instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { useServer } from '../support/server.ts'

const minute = 60_000
const environment = { TRUSTED_PROXIES: '127.0.0.1' }

describe('strangers with the same public token', () => {
  const server = useServer({ environment })
  const open = async (address: string, token: string) => server.client(token, { 'X-Forwarded-For': address })

  it.each([
    ['another network', '198.51.100.7', 5],
    ['the same network', '203.0.113.200', 0],
  ])(
    'who send and guess from %s (%s) leave the first session %i attempts',
    async (_what, address, attemptsLeft) => {
      const { token } = await server.token()
      const email = `victim-${attemptsLeft}@example.com`
      const victim = await open('203.0.113.7', token)
      const own = await sendAndRead(server, instant, victim, { email })
      const stranger = await open(address, token)
      const theirs = await sendAndRead(server, instant, stranger, { email })
      for (let n = 0; n < 5; n++) {
        const { response } = await instant.verify(stranger, { ...theirs, code: wrongCode(theirs.code) })
        expect(response.status).toBe(400)
      }
      const { response } = await instant.verify(victim, own)
      expect(response.status).toBe(attemptsLeft > 0 ? 200 : 429)
    },
  )

  it('cannot use up the sends and guesses of a server key', async () => {
    await server.restart({ LIMIT_PER_RECIPIENT: '5/15m', LIMIT_GUESSES_PER_RECIPIENT: '3/1d' })
    const email = 'login@example.com'
    const others = [
      [instant, await open('203.0.113.7', (await server.token()).token)],
      [instant, await open('203.0.113.8', (await server.token({ projectId: 'other' })).token)],
      [backend, server.client(await server.key({ projectId: 'other' }))],
    ] as const
    for (const [flow, api] of others) {
      for (let n = 0; n < 9; n++) await flow.send(api, { email })
      const refused = await flow.send(api, { email })
      expect(refused.response.status).toBe(429)
    }
    const key = server.client(await server.key())
    for (let n = 0; n < 5; n++) {
      const sent = await sendAndRead(server, backend, key, { email })
      expect((await backend.verify(key, sent)).response.status).toBe(200)
    }
    const mails = server.sink.mails.filter(({ recipients }) => recipients.includes(email))
    expect(mails).toHaveLength(15)
    await server.restart({})
  })
})

describe('the limits of a public token', () => {
  const server = useServer({ environment })
  const sendFrom = async (token: string, address: string, email: string, otpDigits = 6) => {
    const api = server.client(token, { 'X-Forwarded-For': address })
    const { response, error } = await instant.send(api, { email, otpDigits })
    return error?.error.code ?? response.status
  }

  it.each([
    ['LIMIT_PER_NETWORK', '2001:db8:1:', '2001:db8:2:1::1', ''],
    ['LIMIT_PER_NETWORK', '203.0.113.', '203.0.114.1', ''],
    ['LIMIT_PER_MAILBOX', '203.0.', '203.0.200.1', 'name'],
  ])('%s counts all sends from %s… together, whatever else differs', async (name, prefix, other, mailbox) => {
    await server.restart({ [name]: '3/1h' })
    const { token } = await server.token()
    const addressOf = (n: number) =>
      prefix.includes(':')
        ? `${prefix}${n}::1`
        : prefix.split('.').length === 4
          ? `${prefix}${n}`
          : `${prefix}${n}.1`
    const emailOf = (n: number) => `${mailbox || n}+${n}@own.example`
    for (let n = 1; n <= 3; n++) expect(await sendFrom(token, addressOf(n), emailOf(n))).toBe(200)
    expect(await sendFrom(token, addressOf(4), emailOf(4))).toBe('OTP_RATE_LIMITED')
    expect(await sendFrom(token, other, 'another@own.example')).toBe(200)
    await server.restart({})
  })

  it.each(['LIMIT_PER_ADDRESS', 'LIMIT_PER_NETWORK', 'LIMIT_PER_CREDENTIAL'])(
    '%s counts sends that the mail server refuses',
    async (name) => {
      server.now += 24 * 60 * minute
      await server.restart({ [name]: '3/10m' })
      const { token } = await server.token()
      server.sink.atRecipient = 550
      for (let n = 1; n <= 3; n++) {
        expect(await sendFrom(token, '203.0.113.7', `no-${n}@example.com`)).toBe('SMTP_DELIVERY_FAILED')
      }
      server.sink.atRecipient = 'accept'
      expect(await sendFrom(token, '203.0.113.7', 'yes@example.com')).toBe('OTP_RATE_LIMITED')
      server.now += 10 * minute + 1
      expect(await sendFrom(token, '203.0.113.7', 'yes@example.com')).toBe(200)
      await server.restart({})
    },
  )

  it('LIMIT_FAILURES_PER_NETWORK counts the sends that the mail server refuses, from all addresses of a network', async () => {
    await server.restart({ LIMIT_FAILURES_PER_NETWORK: '3/10m' })
    const { token } = await server.token()
    server.sink.atRecipient = 550
    for (let n = 1; n <= 3; n++) {
      expect(await sendFrom(token, `203.0.113.${n}`, `gone-${n}@example.com`)).toBe('SMTP_DELIVERY_FAILED')
    }
    expect(await sendFrom(token, '203.0.113.9', 'gone-9@example.com')).toBe('OTP_RATE_LIMITED')
    expect(await sendFrom(token, '203.0.114.9', 'gone-9@example.com')).toBe('SMTP_DELIVERY_FAILED')
    server.sink.atRecipient = 'accept'
    server.now += 10 * minute + 1
    for (let n = 1; n <= 9; n++)
      expect(await sendFrom(token, '203.0.113.9', `there-${n}@example.com`)).toBe(200)
    await server.restart({})
  })

  it('LIMIT_PER_ADDRESS_WHEN_BUSY applies as soon as half of the token’s sends are used', async () => {
    await server.restart({ LIMIT_PER_CREDENTIAL: '10/1m', LIMIT_PER_ADDRESS_WHEN_BUSY: '1/1m' })
    const { token } = await server.token()
    for (let n = 0; n < 5; n++)
      expect(await sendFrom(token, '203.0.113.1', `busy-${n}@example.com`)).toBe(200)
    expect(await sendFrom(token, '203.0.113.1', 'busy-5@example.com')).toBe('OTP_RATE_LIMITED')
    for (let n = 2; n < 7; n++)
      expect(await sendFrom(token, `203.0.113.${n}`, `busy-${n}0@example.com`)).toBe(200)
    expect(await sendFrom(token, '203.0.113.9', 'busy-9@example.com')).toBe('OTP_RATE_LIMITED')
    await server.restart({})
  })

  it('too many wrong codes stop an address, and too many wrong short codes stop only short codes', async () => {
    await server.restart({ LIMIT_SHORT_GUESSES_PER_TOKEN: '3/1d', LIMIT_GUESSES_PER_ADDRESS: '5/1d' })
    const { token } = await server.token()
    const api = server.client(token, { 'X-Forwarded-For': '203.0.113.1' })
    const guess = async (email: string, otpDigits: number) => {
      const sent = await sendAndRead(server, instant, api, { email, otpDigits })
      return (await instant.verify(api, { ...sent, code: wrongCode(sent.code) })).response.status
    }
    for (let n = 0; n < 3; n++) expect(await guess(`short-${n}@example.com`, 4)).toBe(400)
    expect(await sendFrom(token, '203.0.113.2', 'short@example.com', 5)).toBe('OTP_RATE_LIMITED')
    expect(await sendFrom(token, '203.0.113.2', 'long@example.com', 6)).toBe(200)
    for (let n = 0; n < 2; n++) expect(await guess(`long-${n}@example.com`, 6)).toBe(400)
    expect(await sendFrom(token, '203.0.113.1', 'after@example.com')).toBe('OTP_RATE_LIMITED')
    expect(await sendFrom(token, '203.0.113.3', 'after@example.com')).toBe(200)
    await server.restart({})
  })

  it('LIMIT_SHORT_GUESSES_PER_RECIPIENT stops short codes to one person with public tokens, not with server keys', async () => {
    await server.restart({ LIMIT_SHORT_GUESSES_PER_RECIPIENT: '2/30d' })
    const email = 'short@example.com'
    const { token } = await server.token()
    const api = server.client(token)
    const sent = await sendAndRead(server, instant, api, { email, otpDigits: 4 })
    for (let n = 0; n < 2; n++) await instant.verify(api, { ...sent, code: wrongCode(sent.code) })
    expect((await instant.verify(api, sent)).response.status).toBe(429)
    expect(await sendFrom(token, '203.0.113.1', email, 4)).toBe('OTP_RATE_LIMITED')
    const longer = await sendAndRead(server, instant, server.client((await server.token()).token), { email })
    expect((await instant.verify(api, longer)).response.status).toBe(200)
    const key = server.client(await server.key())
    const short = await sendAndRead(server, backend, key, { email, otpDigits: 4 })
    expect((await backend.verify(key, short)).response.status).toBe(200)
    await server.restart({})
  })
})

describe('the operator under attack', () => {
  const server = useServer({ environment: { ...environment, LIMIT_PER_NETWORK: '1/1m' } })
  const { log } = server

  it('sees in the log which limit refused, and ids of network and recipient that only OTP_SECRET can make', async () => {
    const { token } = await server.token()
    const send = async (address: string, email: string) => {
      await instant.send(server.client(token, { 'X-Forwarded-For': address }), { email })
      const line = log.at(-1) ?? ''
      expect(line).not.toMatch(/203\.0|2001:db8|example\.com/)
      return JSON.parse(line) as Record<string, string>
    }
    const first = await send('203.0.113.1', 'seen@example.com')
    const second = await send('203.0.113.2', 'SEEN@example.com')
    const elsewhere = await send('203.0.114.1', 'other@example.com')
    expect(first).toMatchObject({ status: 200, network: expect.stringMatching(/^[0-9a-f]{12}$/) })
    expect(second).toMatchObject({ status: 429, limit: 'LIMIT_PER_NETWORK' })
    expect([second['network'], second['recipient']]).toEqual([first['network'], first['recipient']])
    expect(elsewhere['network']).not.toBe(first['network'])
    expect(elsewhere['recipient']).not.toBe(first['recipient'])
    await server.restart({ OTP_SECRET: 'another-secret-of-the-tests-that-is-long-enough' })
    expect((await send('203.0.113.1', 'seen@example.com'))['network']).not.toBe(first['network'])
    await server.restart({})
  })

  it('can deny an address or a network at once, for one token only', async () => {
    const { token, id } = await server.token()
    const other = await server.token()
    const statusFrom = async (address: string, credential = token) => {
      const api = server.client(credential, { 'X-Forwarded-For': address })
      const { response } = await instant.verify(api, {
        sessionId: 'otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE',
        email: 'a@example.com',
        code: '123456',
      })
      return response.status
    }
    expect(await statusFrom('198.51.100.7')).toBe(404)
    expect(
      await server.app.credentials.change('public_token', id, () => ({
        changes: { deniedAddresses: ['198.51.100.0/24', '2001:db8::/32'] },
      })),
    ).toBeDefined()
    for (const address of ['198.51.100.7', '::ffff:198.51.100.9', '2001:db8:1::1']) {
      expect(await statusFrom(address)).toBe(403)
      expect(JSON.parse(log.at(-1) ?? '{}')).toMatchObject({
        network: expect.stringMatching(/^[0-9a-f]{12}$/),
      })
      expect(await statusFrom(address, other.token)).toBe(404)
    }
    expect(await statusFrom('198.51.101.7')).toBe(404)
    expect(await statusFrom('not an address')).toBe(403)
    expect(
      await server.app.credentials.change('public_token', id, () => ({ changes: { deniedAddresses: [] } })),
    ).toBeDefined()
    expect(await statusFrom('198.51.100.7')).toBe(404)
    expect(
      await server.app.credentials.change('public_token', 'tok_unknown', () => ({ changes: {} })),
    ).toBeUndefined()
  })
})
