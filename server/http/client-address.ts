import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP, isIPv4 } from 'node:net'
import type { PublicClient } from '../otp/ports.ts'

// Enough for the longest IPv6 address in brackets, with a port and some white space.
const longestAddress = 64

/** Returns an IP address in its canonical spelling, or undefined if the text is not an IP address. */
export function canonicalAddress(text: string): string | undefined {
  if (text.length > longestAddress) return undefined
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
  if (isIPv4(bare)) return bare
  if (isIP(bare) !== 6 || bare.includes('%')) return undefined
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}` // IPv4-mapped (RFC 4291, section 2.5.5.2)
}

/** True if the address is in one of the listed blocks. */
export function includesAddress(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

function peerAddress({ socket }: IncomingMessage): string | undefined {
  return canonicalAddress(socket.remoteAddress?.replace(/%.*$/, '') ?? '')
}

/** True if X-Forwarded-For comes from a proxy that is not trusted, or from a client that pretends to be a proxy. */
export function isForwardedByStranger(request: IncomingMessage, trustedProxies: BlockList): boolean {
  if (request.headers['x-forwarded-for'] === undefined) return false
  const peer = peerAddress(request)
  return peer === undefined || !includesAddress(trustedProxies, peer)
}

const mostProxies = 32

/**
 * Returns the address of the client. Starts with the socket's peer. While the address is a trusted proxy, takes the
 * next one from X-Forwarded-For, from right to left. Returns undefined if a trusted proxy names something that is not
 * an address, or if there are more than `mostProxies` proxies. No allowlist may accept such a client.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: BlockList): string | undefined {
  let address = peerAddress(request)
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',')
  const hops = forwarded === '' ? [] : forwarded.split(',')
  for (let left = mostProxies; address !== undefined && includesAddress(trustedProxies, address); left--) {
    if (hops.length === 0) break
    address = left > 0 ? canonicalAddress(hops.pop() ?? '') : undefined
  }
  return address
}

/** Returns what limits count as one client: an IPv4 address, or the /64 of an IPv6 address. */
export function countedAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  if (isIPv4(address)) return address
  const [head = '', tail] = address.split('::')
  const start = head === '' ? [] : head.split(':')
  const end = tail ? tail.split(':') : []
  const groups = [...start, ...Array<string>(8 - start.length - end.length).fill('0'), ...end]
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** Returns what limits count as one network: the /24 of an IPv4 address, or the /48 of an IPv6 address. */
function countedNetwork(counted: string): string {
  if (isIPv4(counted)) return counted.replace(/\d+$/, '0/24')
  const [prefix] = counted.split('::/64')
  return prefix === counted ? counted : `${prefix?.split(':').slice(0, 3).join(':')}::/48`
}

/** Returns where a request comes from, in the units that limits count. */
export function countedPlace(client: string | undefined): Omit<PublicClient, 'credentialId'> {
  const address = countedAddress(client)
  return { address, network: countedNetwork(address), isIpv6: address.endsWith('::/64') }
}
