import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNetworks } from '../../server/config/parse.ts'
import {
  canonicalAddress,
  clientAddress,
  countedAddress,
  includesAddress,
} from '../../server/http/client-address.ts'
import { runs } from '../support/properties.ts'
import { spoofedAddresses } from '../support/spoofed-addresses.ts'

// client-address-served.test.ts tests the server with real requests.
const addressOf = (peer: string | undefined, forwarded: string | undefined, trusted: string) =>
  clientAddress(
    {
      socket: { remoteAddress: peer },
      headers: { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage,
    parseNetworks(trusted),
  )

/** TRUSTED_PROXIES, and the proxies between the server and the client, nearest first. */
const settings: [string, string, [string, ...string[]]][] = [
  ['one proxy', '10.0.0.1', ['10.0.0.1']],
  ['one proxy that the socket reports as IPv4-mapped', '10.0.0.1', ['::ffff:10.0.0.1']],
  ['a block', '10.0.0.0/8', ['10.200.3.4']],
  ['an IPv6 proxy', '2001:db8:ffff::1', ['2001:db8:ffff::1']],
  ['an IPv6 block', '2001:db8:ffff::/48', ['2001:db8:ffff:1:2:3:4:5']],
  ['a block written as IPv4-mapped', '::ffff:10.0.0.0/104', ['10.0.0.1']],
  ['a link-local proxy with its zone', 'fe80::/10', ['fe80::1%eth0']],
  ['a chain of two', '10.0.0.0/8', ['10.0.0.1', '10.0.0.2']],
  [
    'a chain of IPv4 and IPv6 proxies',
    '10.0.0.1, 192.0.2.0/24,2001:db8:ffff::/48',
    ['2001:db8:ffff::1', '192.0.2.9', '10.0.0.1'],
  ],
  ['a chain with ports', '10.0.0.0/8', ['10.0.0.1', '10.0.0.2:4711', '[::ffff:10.0.0.3]:80']],
]
const clients = ['198.51.100.23', '2001:db8:1:2::3']

describe('the address of a client', () => {
  it.each(clients)('is %s if the peer is not a trusted proxy, whatever X-Forwarded-For says', (peer) => {
    for (const trusted of ['', '10.0.0.1', '10.0.0.0/8', '2001:db8:ffff::/48', '127.0.0.0/8,::1']) {
      for (const spoofed of spoofedAddresses) expect(addressOf(peer, spoofed, trusted)).toBe(peer)
    }
  })

  it.each(settings)(
    'is found behind %s (%s), whatever X-Forwarded-For says',
    (_case, trusted, [peer, ...further]) => {
      for (const client of clients) {
        // Each proxy appends the address that it received the request from.
        const appended = [client, ...further.toReversed()].join(', ')
        expect(addressOf(peer, appended, trusted)).toBe(client)
        for (const spoofed of spoofedAddresses)
          expect(addressOf(peer, `${spoofed}, ${appended}`, trusted)).toBe(client)
      }
    },
  )

  it('is found, whatever text X-Forwarded-For contains', () => {
    const hop = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.ipV4().map((address) => `::ffff:${address}`),
      fc.constantFrom(...spoofedAddresses),
      fc.string({ unit: 'binary', maxLength: 40 }),
    )
    const text = fc.array(hop, { maxLength: 6 }).map((hops) => hops.join(','))
    const setting = fc.constantFrom(...settings)
    fc.assert(
      fc.property(text, setting, fc.constantFrom(...clients), (spoofed, [, trusted, proxies], client) => {
        const [peer, ...further] = proxies
        const appended = [client, ...further.toReversed()].join(',')
        expect(addressOf(client, spoofed, trusted)).toBe(client)
        expect(addressOf(peer, `${spoofed},${appended}`, trusted)).toBe(client)
      }),
      runs({ quick: 2000, long: 100_000 }),
    )
  })
})

describe('the X-Forwarded-For of a trusted proxy', () => {
  // The whole X-Forwarded-For, the resulting address, and what is counted.
  const nobody = [undefined, 'unknown'] as const
  it.each<[string | undefined, string | undefined, string]>([
    ['203.0.113.7', '203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7\t', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:443', '203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7', '203.0.113.7'],
    ['::ffff:0.0.0.0', '0.0.0.0', '0.0.0.0'],
    ['2001:DB8:0:0::1', '2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]', '2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    // Not treated as IPv4 addresses. They are counted with everyone who comes that way: fewer sends, not more.
    ['::ffff:0:203.0.113.7', '::ffff:0:cb00:7107', '0:0:0:0::/64'],
    ['::203.0.113.7', '::cb00:7107', '0:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b::cb00:7107', '64:ff9b:0:0::/64'],
    ['2002:cb00:7107::1', '2002:cb00:7107::1', '2002:cb00:7107:0::/64'],
    ['::1', '::1', '0:0:0:0::/64'],
    ['1::', '1::', '1:0:0:0::/64'],
    ['::', '::', '0:0:0:0::/64'],
    // With our own proxies in the chain: the last address that is not ours, or else the first one.
    ['1.1.1.1, 203.0.113.7, 10.0.0.2', '203.0.113.7', '203.0.113.7'],
    ['10.0.0.3, 10.0.0.2', '10.0.0.3', '10.0.0.3'],
    [undefined, '10.0.0.1', '10.0.0.1'],
    // Junk. It all counts as one client, and no allowlist contains it.
    ['203.0.113.7, junk', ...nobody],
    ['203.0.113.7,', ...nobody],
    ['203.0.113.7, ', ...nobody],
    ['203.0.113.7, junk, 10.0.0.2', ...nobody],
    [',', ...nobody],
    [' ', ...nobody],
    ['unknown', ...nobody],
    ['_hidden', ...nobody],
    ['"203.0.113.7"', ...nobody],
    ['for=203.0.113.7', ...nobody],
    ['203.0.113.7 203.0.113.8', ...nobody],
    ['203.0.113.7:', ...nobody],
    ['203.0.113.7:http', ...nobody],
    ['203.0.113.7:123456', ...nobody],
    ['203.0.113.7/32', ...nobody],
    ['203.0.113.256', ...nobody],
    ['203.0.113.07', ...nobody],
    ['010.0.0.1', ...nobody],
    ['0xcb.0.0x71.7', ...nobody],
    ['0x7f.0.0.1', ...nobody],
    ['127.1', ...nobody],
    ['2130706433', ...nobody],
    ['3405803783', ...nobody],
    ['２０３.0.113.7', ...nobody],
    ['fe80::1%eth0', ...nobody],
    ['[fe80::1%eth0]:80', ...nobody],
    ['::1]', ...nobody],
    ['[::1', ...nobody],
    ['[[::1]]', ...nobody],
    ['1::2::3', ...nobody],
    ['12345::', ...nobody],
    ['9'.repeat(40), ...nobody],
  ])('%j means client %j, counted as %j', (forwarded, address, counted) => {
    const found = addressOf('10.0.0.1', forwarded, '10.0.0.0/8')
    expect(found).toBe(address)
    expect(countedAddress(found)).toBe(counted)
    if (forwarded && !forwarded.includes(',')) expect(canonicalAddress(forwarded)).toBe(address)
  })

  it('gives no address if the socket no longer has a peer', () => {
    expect(addressOf(undefined, '203.0.113.7', '10.0.0.0/8')).toBeUndefined()
  })
})

describe('an allowlist', () => {
  it.each([
    [
      '203.0.113.7',
      ['203.0.113.7', '::ffff:203.0.113.7'],
      ['203.0.113.8', '::203.0.113.7', '2002:cb00:7107::1', '64:ff9b::203.0.113.7', '::ffff:0:203.0.113.7'],
    ],
    [
      '203.0.113.0/24',
      ['203.0.113.0', '203.0.113.255', '::ffff:cb00:7101'],
      ['203.0.112.255', '203.0.114.0', '::cb00:7101'],
    ],
    ['::ffff:203.0.113.0/120', ['203.0.113.7', '::ffff:203.0.113.7'], ['203.0.114.7', '::cb00:7107']],
    ['2001:db8::/32', ['2001:db8::7', '2001:DB8:FFFF::'], ['2001:db9::', '::2001:db8', '203.0.113.7']],
    ['0.0.0.0/0', ['203.0.113.7', '::ffff:203.0.113.7'], ['2001:db8::7', '::1']],
    ['::1', ['::1', '0:0:0:0:0:0:0:1'], ['::', '127.0.0.1', '::ffff:127.0.0.1', '::ffff:0.0.0.1']],
    ['127.0.0.1', ['127.0.0.1', '::ffff:7f00:1'], ['127.0.0.2', '::1', '::127.0.0.1']],
  ])('of %s contains %j but not %j', (blocks, members, others) => {
    const list = parseNetworks(blocks)
    const has = (text: string) => includesAddress(list, canonicalAddress(text) ?? '')
    expect(members.filter((text) => !has(text))).toEqual([])
    expect(others.filter(has)).toEqual([])
  })
})
