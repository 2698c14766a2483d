import { BlockList, isIP } from 'node:net'

/** Decides which addresses webhooks may reach. */
export interface Reach {
  /**
   * True if a connection to this address is allowed. A public address requires TLS. A network that the operator named
   * does not.
   */
  allows(address: string, isEncrypted: boolean): boolean
}

// The blocks that no public host on the internet uses (IANA, IPv4 and IPv6 Special-Purpose Address Registries), and
// multicast.
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
// All addresses outside global unicast (RFC 4291, section 2.4) are loopback, link-local, unique local, multicast or
// unassigned.
const global6 = ['2000::/3']

/** @param named the networks in `WEBHOOK_ALLOWED_NETWORKS` */
export function createReach(named: BlockList): Reach {
  const [isSpecial4, isSpecial6, isGlobal6] = [listOf(special4), listOf(special6), listOf(global6)]
  const isPublic = (address: string) => {
    const embedded = embeddedIpv4(address)
    if (embedded !== undefined) return !isSpecial4.check(embedded, 'ipv4')
    return isGlobal6.check(address, 'ipv6') && !isSpecial6.check(address, 'ipv6')
  }
  return {
    allows(address, isEncrypted) {
      const family = isIP(address)
      if (family === 0) return false
      const embedded = mappedIpv4(address)
      const isNamed = embedded
        ? named.check(embedded, 'ipv4')
        : named.check(address, family === 4 ? 'ipv4' : 'ipv6')
      return isNamed || (isEncrypted && isPublic(address))
    },
  }
}

/** Returns the IPv4 address that this one contains: itself, mapped (RFC 4291) or behind NAT64 (RFC 6052). */
function embeddedIpv4(address: string): string | undefined {
  if (isIP(address) === 4) return address
  return mappedIpv4(address) ?? lastBytes(address, '64:ff9b::')
}

function mappedIpv4(address: string): string | undefined {
  return lastBytes(address, '::ffff:')
}

/** Returns the last four bytes of an IPv6 address as an IPv4 address, if it begins with this 96-bit prefix. */
function lastBytes(address: string, prefix: string): string | undefined {
  if (isIP(address) !== 6) return undefined
  // The URL standard gives each address one spelling, with the last four bytes in hexadecimal.
  const spelling = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const rest = spelling.startsWith(prefix) ? spelling.slice(prefix.length) : undefined
  if (rest === undefined || rest.split(':').length > 2) return undefined
  const [high = '0', low = '0'] = rest.includes(':') ? rest.split(':') : ['0', rest || '0']
  const bytes = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return bytes.flatMap((word) => [word >> 8, word & 255]).join('.')
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
