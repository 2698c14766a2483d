import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNetworks } from '../../server/config/parse.ts'
import { createReach } from '../../server/webhooks/networks.ts'

const nobody = createReach(new BlockList())

/** Generates the addresses of an IPv4 block. */
const inBlock = (block: string) => {
  const [address = '', bits = '32'] = block.split('/')
  const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
  return fc
    .integer({ min: 0, max: 2 ** (32 - Number(bits)) - 1 })
    .map((offset) => first + offset)
    .map((n) => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.'))
}

const words = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
}
/** The spellings of an IPv4 address: itself, and the IPv6 addresses that contain it. */
const spellings: ((address: string) => string)[] = [
  (address) => address,
  (address) => `::ffff:${address}`,
  (address) => `::ffff:${words(address).join(':')}`,
  (address) => `0:0:0:0:0:FFFF:${words(address).join(':')}`,
  (address) => `64:ff9b::${address}`,
  (address) => `64:ff9b::${words(address).join(':')}`,
]

const special = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4', '255.255.255.255/32'],
]
const isSpecial = new BlockList()
for (const block of [
  ...special,
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
])
  isSpecial.addSubnet(block.split('/')[0] ?? '', Number(block.split('/')[1]), 'ipv4')

describe('the addresses that webhooks can reach', () => {
  it.each(special)('include none of %s, in any spelling, with or without TLS', (block) => {
    fc.assert(
      fc.property(
        inBlock(block),
        fc.constantFrom(...spellings),
        fc.boolean(),
        (address, spell, isEncrypted) => {
          expect(nobody.allows(spell(address), isEncrypted), spell(address)).toBe(false)
        },
      ),
    )
  })

  it('include public ones in every spelling, and only with TLS', () => {
    const publicAddress = inBlock('0.0.0.0/0').filter((address) => !isSpecial.check(address))
    fc.assert(
      fc.property(publicAddress, fc.constantFrom(...spellings), (address, spell) => {
        expect(nobody.allows(spell(address), true), spell(address)).toBe(true)
        expect(nobody.allows(spell(address), false)).toBe(false)
      }),
    )
    expect(nobody.allows('2a00:1450:4001:82a::200e', true)).toBe(true)
    expect(nobody.allows('2a00:1450:4001:82a::200e', false)).toBe(false)
  })

  it.each([
    ...[
      '::',
      '::1',
      '::7f00:1',
      '::127.0.0.1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'fc00::1',
      'fdff::1',
      'ff02::1',
    ],
    ...[
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      '100::1',
      '64:ff9b:1::7f00:1',
      '4000::1',
      '::ffff:0:7f00:1',
    ],
    ...['', 'localhost', '127.1', '2130706433', '0x7f000001', '127.0.0.1 ', '[::1]'],
  ])('do not include %j', (address) => {
    expect(nobody.allows(address, true)).toBe(false)
    expect(nobody.allows(address, false)).toBe(false)
  })

  it('include the networks in WEBHOOK_ALLOWED_NETWORKS, with or without TLS, but not their neighbors', () => {
    const reach = createReach(parseNetworks('10.1.0.0/16, fd00:1::/32, 127.0.0.1'))
    for (const isEncrypted of [true, false]) {
      for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203', 'fd00:1::5', '127.0.0.1'])
        expect(reach.allows(address, isEncrypted), address).toBe(true)
      for (const address of ['10.2.0.1', '::ffff:10.2.0.1', 'fd00:2::5', '127.0.0.2', '::1'])
        expect(reach.allows(address, isEncrypted), address).toBe(false)
    }
  })
})
