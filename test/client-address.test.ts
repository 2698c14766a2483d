import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { parseNetworks } from '../server/config.ts'
import { canonicalAddress, clientAddress, countedAddress } from '../server/http/client-address.ts'

const addressOf = (peer: string, forwarded: string | undefined, trusted: string) =>
  clientAddress(
    {
      socket: { remoteAddress: peer },
      headers: { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage,
    parseNetworks(trusted),
  )

describe('the client address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7:443', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['010.0.0.1', undefined],
    ['127.1', undefined],
    ['2130706433', undefined],
    ['0x7f.0.0.1', undefined],
    ['fe80::1%eth0', undefined],
    ['203.0.113.7, 203.0.113.8', undefined],
    ['unknown', undefined],
    ['', undefined],
    ['::1]', undefined],
    ['203.0.113.256', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(canonicalAddress(text)).toBe(expected)
  })

  it.each([
    ['the peer, when no proxy is trusted', '192.0.2.1', '203.0.113.7', '', '192.0.2.1'],
    ['the peer, when it is not a trusted proxy', '192.0.2.1', '203.0.113.7', '10.0.0.0/8', '192.0.2.1'],
    ['whom the trusted proxy names', '10.0.0.1', '203.0.113.7', '10.0.0.0/8', '203.0.113.7'],
    [
      'the last hop that is no proxy of ours',
      '10.0.0.1',
      '1.1.1.1, 203.0.113.7, 10.0.0.2',
      '10.0.0.0/8',
      '203.0.113.7',
    ],
    ['the peer, when it names nobody', '10.0.0.1', undefined, '10.0.0.0/8', '10.0.0.1'],
    [
      'the first hop, when all are proxies of ours',
      '10.0.0.1',
      '10.0.0.3, 10.0.0.2',
      '10.0.0.0/8',
      '10.0.0.3',
    ],
    ['unknown, when the trusted proxy names junk', '10.0.0.1', '203.0.113.7, junk', '10.0.0.0/8', undefined],
    ['unknown, when the trusted proxy names nothing', '10.0.0.1', '203.0.113.7,', '10.0.0.0/8', undefined],
    ['a mapped peer as IPv4', '::ffff:10.0.0.1', '203.0.113.7', '10.0.0.0/8', '203.0.113.7'],
    ['behind an IPv6 proxy', '2001:db8::1', '203.0.113.7', '2001:db8::/32', '203.0.113.7'],
  ])('is %s', (_case, peer, forwarded, trusted, expected) => {
    expect(addressOf(peer, forwarded, trusted)).toBe(expected)
  })

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%j counts as %j', (address, expected) => {
    expect(countedAddress(address)).toBe(expected)
  })
})
