import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLongForm } from '../support/figures.ts'
import { askRaw } from '../support/raw-http.ts'
import { type TestServer, useServer } from '../support/server.ts'
import { otherAddressHeaders, spoofedAddresses } from '../support/spoofed-addresses.ts'

const limits = { LIMIT_PER_ADDRESS: '2/10m', LIMIT_PAGE_PER_ADDRESS: '2/10m' }
// Only what HTTP allows in a header. client-address.test.ts tests the rest without HTTP.
const sendable = spoofedAddresses.filter((text) => /^[\t\x20-\x7e]*$/.test(text))

interface From {
  localAddress?: string
  headers?: Record<string, string | string[]>
}

const send = async (server: TestServer, token: string, { headers = {}, ...from }: From) =>
  (
    await askRaw(`${server.directUrl}/api/v1/instant-otp/send`, {
      method: 'POST',
      ...from,
      headers: { ...headers, Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'user@example.com' }),
    })
  ).status

const type = async (server: TestServer, { headers = {}, ...from }: From) =>
  (
    await askRaw(`${server.directUrl}/verify-email`, {
      method: 'POST',
      ...from,
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'sessionId=ev_01KPJRXTK0Q4T7V9X2B5N6C1DE&code=1',
    })
  ).status

/** Every way for a client to lie about its address: in one header, in two, and before or after a proxy's true entry. */
const everyLie: From['headers'][] = [
  ...sendable.map((text) => ({ 'X-Forwarded-For': text })),
  ...sendable.slice(0, 20).map((text) => ({ 'X-Forwarded-For': [text, '203.0.113.7'] })),
  ...otherAddressHeaders.flatMap((name) => [
    { [name]: '203.0.113.7' },
    { [name]: 'for=203.0.113.7;proto=https;by=127.0.0.1' },
  ]),
  Object.fromEntries(otherAddressHeaders.map((name) => [name, '203.0.113.7'])),
]
const lies = everyLie.filter((_, place) => isLongForm || place % 4 === 0)

/** Returns the headers of the request, line by line. */
const listener = createServer(({ rawHeaders }, response) => response.end(JSON.stringify(rawHeaders)))
beforeAll(() => once(listener.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => listener.close())

/** Checks that no such header lets a client at `from` pass as someone else, or be counted as someone else. */
function isNotDeceived(
  server: TestServer,
  from: From,
  headersOf: (lie: From['headers']) => From['headers'] = (lie) => lie,
) {
  it('receives every false address header, with each value on its own line', async () => {
    const { port } = listener.address() as AddressInfo
    for (const lie of lies) {
      const headers = headersOf(lie) ?? {}
      const told = Object.entries(headers).flatMap(([name, values]) =>
        [values].flat().flatMap((value) => [name, value.trim()]),
      )
      const lines: string[] = JSON.parse((await askRaw(`http://127.0.0.1:${port}`, { headers })).text)
      expect(lines.slice(0, told.length)).toEqual(told)
    }
  })

  it('refuses every client that is not on the allowlist', async () => {
    const { token } = await server.token({ allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] })
    for (const lie of lies)
      expect(
        await send(server, token, { ...from, ...{ headers: headersOf(lie) ?? {} } }),
        JSON.stringify(lie),
      ).toBe(403)
  })

  it('counts all sends of a client as one client’s, however many tokens it uses', async () => {
    server.now += 60 * 60_000
    const statuses = []
    for (const lie of lies) {
      const { token } = await server.token()
      statuses.push(await send(server, token, { ...from, headers: headersOf(lie) ?? {} }))
    }
    expect(statuses).toEqual([200, 200, ...Array(lies.length - 2).fill(429)])
  })

  it('counts all codes that a client enters on the hosted page as one client’s', async () => {
    server.now += 60 * 60_000
    const statuses = []
    for (const lie of lies) statuses.push(await type(server, { ...from, headers: headersOf(lie) ?? {} }))
    expect(statuses).toEqual([404, 404, ...Array(lies.length - 2).fill(429)])
  })
}

describe('a server that trusts no proxy', () => {
  isNotDeceived(useServer({ environment: limits }), {})
})

// On macOS, not every address in 127.0.0.0/8 is this machine.
const hasManyAddresses = process.platform !== 'darwin'

describe.skipIf(!hasManyAddresses)('a server that a client reaches directly, past its proxy', () => {
  const server = useServer({ environment: { ...limits, TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' } })
  isNotDeceived(server, { localAddress: '127.0.0.9' })
})

describe('a server behind one proxy', () => {
  const server = useServer({ environment: { ...limits, TRUSTED_PROXIES: '127.0.0.1' } })
  const client = '198.51.100.23'

  describe('that appends the client to the existing header', () => {
    isNotDeceived(server, { localAddress: '127.0.0.1' }, (lie = {}) => ({
      ...lie,
      'X-Forwarded-For': [lie['X-Forwarded-For'] ?? [], client].flat().join(', '),
    }))
  })

  describe('that adds its own header', () => {
    isNotDeceived(server, { localAddress: '127.0.0.1' }, (lie = {}) => ({
      ...lie,
      'X-Forwarded-For': [lie['X-Forwarded-For'] ?? [], client].flat(),
    }))
  })

  describe('that sends no X-Forwarded-For', () => {
    isNotDeceived(server, { localAddress: '127.0.0.1' }, (lie = {}) =>
      Object.fromEntries(Object.entries(lie).filter(([name]) => name.toLowerCase() !== 'x-forwarded-for')),
    )
  })

  it('admits the client that the proxy names, and refuses the request if it names none', async () => {
    const { token } = await server.token({ allowedAddresses: ['203.0.113.7'] })
    server.now += 60 * 60_000
    const through = (text: string | string[]) =>
      send(server, token, { localAddress: '127.0.0.1', headers: { 'X-Forwarded-For': text } })
    expect(await through('203.0.113.7')).toBe(200)
    expect(await through(['198.51.100.23', '::ffff:203.0.113.7'])).toBe(200)
    for (const text of [
      '203.0.113.8',
      'junk',
      '203.0.113.7, junk',
      '203.0.113.7,',
      '0xcb.0.0x71.7',
      '2002:cb00:7107::1',
    ])
      expect(await through(text), text).toBe(403)
    expect(await send(server, token, { localAddress: '127.0.0.1' })).toBe(403)
  })

  it('counts all requests without a valid address from the proxy as one client', async () => {
    server.now += 60 * 60_000
    const statuses = []
    for (const text of ['junk', 'unknown', '203.0.113.7,', '2130706433', '::1%lo']) {
      const { token } = await server.token()
      statuses.push(
        await send(server, token, { localAddress: '127.0.0.1', headers: { 'X-Forwarded-For': text } }),
      )
    }
    expect(statuses).toEqual([200, 200, 429, 429, 429])
  })
})

describe.skipIf(!hasManyAddresses)('a server behind a chain of proxies', () => {
  const server = useServer({ environment: { ...limits, TRUSTED_PROXIES: '127.0.0.0/29, 10.0.0.0/8' } })
  isNotDeceived(server, { localAddress: '127.0.0.2' }, (lie = {}) => ({
    ...lie,
    'X-Forwarded-For': [lie['X-Forwarded-For'] ?? [], '198.51.100.23', '10.0.0.7, 10.0.0.8:4711'].flat(),
  }))
})

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((found) => found?.address === '::1')

describe.skipIf(!hasIpv6)('a server on IPv6', () => {
  describe('that trusts no proxy', () => {
    isNotDeceived(useServer({ environment: { ...limits, HOST: '::1' } }), {})
  })

  describe('behind one proxy', () => {
    const server = useServer({ environment: { ...limits, HOST: '::1', TRUSTED_PROXIES: '::1' } })
    isNotDeceived(server, {}, (lie = {}) => ({
      ...lie,
      'X-Forwarded-For': [lie['X-Forwarded-For'] ?? [], '2001:db9::7'].flat(),
    }))
  })
})
