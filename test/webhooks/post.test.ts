import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseNetworks } from '../../server/config/parse.ts'
import { createReach } from '../../server/webhooks/networks.ts'
import { createPoster, type PosterOptions } from '../../server/webhooks/post.ts'
import { Receiver } from '../support/receiver.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await new Receiver().start()
})
afterAll(() => receiver.stop())

const ours = createReach(parseNetworks('127.0.0.1'))
const post = async (url: string, options: Partial<PosterOptions> = {}) => {
  const poster = createPoster({ reach: ours, timeoutMs: 300, ...options })
  try {
    return await poster.post(url, { 'webhook-id': 'evt_1' }, '{}')
  } finally {
    await poster.close()
  }
}

describe('a post', () => {
  it('sends headers and body, and returns the beginning of the response', async () => {
    receiver.next.push((response) => response.writeHead(200).end('thanks'))
    expect(await post(receiver.url)).toEqual({ status: 200, retryAfterMs: undefined, text: 'thanks' })
    const { headers, body } = receiver.received.at(-1) ?? {}
    expect([headers?.['webhook-id'], headers?.['user-agent'], body]).toEqual(['evt_1', 'risumail-otp', '{}'])
  })

  it('follows no redirect', async () => {
    const before = receiver.received.length
    receiver.next.push((response) => response.writeHead(302, { Location: receiver.url }).end())
    expect(await post(receiver.url)).toMatchObject({ status: 302 })
    expect(receiver.received).toHaveLength(before + 1)
  })

  it.each([
    ['seconds', '120', 120_000],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
    ['an unknown word', 'soon', undefined],
    ['a date in the past', 'Mon, 01 Jan 2001 00:00:00 GMT', undefined],
    ['a negative number', '-5', undefined],
  ])('handles Retry-After with %s', async (_case, header, ms) => {
    receiver.next.push((response) => response.writeHead(503, { 'Retry-After': header }).end())
    const answer = await post(receiver.url)
    const found = 'status' in answer ? answer.retryAfterMs : undefined
    if (ms === undefined) expect(found).toBeUndefined()
    else expect(Math.abs((found ?? 0) - ms)).toBeLessThan(5000)
  })

  it('returns the status of a response whose body is endless, slow or cut off', async () => {
    receiver.next.push(
      (response) => {
        response.writeHead(200)
        const more = () => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', more)
        }
        more()
      },
      (response) => {
        response.writeHead(200)
        response.write('x')
      },
      (response) => {
        response.writeHead(200, { 'Content-Length': '100' })
        response.write('half')
        setImmediate(() => response.destroy())
      },
    )
    for (const text of ['x'.repeat(1024), 'x', 'half'])
      expect(await post(receiver.url)).toMatchObject({ status: 200, text })
  })

  it.each<[string, string, (receiver: Receiver) => void]>([
    ['no response', 'timeout', ({ next }) => next.push(() => {})],
    ['a broken connection', 'UND_ERR_SOCKET', ({ next }) => next.push((response) => response.destroy())],
  ])('returns the cause of a failure: %s', async (_case, failure, misbehave) => {
    misbehave(receiver)
    expect(await post(receiver.url)).toEqual({ failure })
  })

  it('returns ECONNREFUSED if nothing listens, and ENOTFOUND if the name does not exist', async () => {
    expect(await post('http://127.0.0.1:1/')).toEqual({ failure: 'ECONNREFUSED' })
    const lookup: LookupFunction = (_name, _options, callback) =>
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
    expect(await post('http://nowhere.example/', { lookup })).toEqual({ failure: 'ENOTFOUND' })
  })
})

describe('the address of a post', () => {
  /** A resolver that knows one name. Each lookup gets the next of these addresses. */
  const resolver = (...addresses: string[][]): { lookup: LookupFunction; asked: () => number } => {
    let asked = 0
    const lookup: LookupFunction = (_name, options, callback) => {
      const found = (addresses[Math.min(asked, addresses.length - 1)] ?? []).map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }))
      asked++
      if (options.all) callback(null, found)
      else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4)
    }
    return { lookup, asked: () => asked }
  }
  const nobody = createReach(parseNetworks(''))
  const refused = { failure: 'address-not-allowed' }

  it('is checked when the name is resolved, whatever address the resolver returns', async () => {
    for (const address of [
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      '::ffff:127.0.0.1',
      'fe80::1',
    ]) {
      for (const scheme of ['http', 'https']) {
        const { lookup } = resolver([address])
        expect(await post(`${scheme}://hook.example/`, { reach: nobody, lookup }), address).toEqual(refused)
      }
    }
  })

  it('is checked if the URL contains it, in every spelling', async () => {
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:7f00:1]', '0', '[::]']) {
      expect(await post(`https://${host}:${new URL(receiver.url).port}/`, { reach: nobody })).toEqual(refused)
    }
  })

  it('is the one that was checked, even if the name resolves to another address a moment later', async () => {
    const before = receiver.received.length
    // Each case has one allowed and one refused address, in either order. The connection uses a single lookup, and that
    // lookup is the one that is checked.
    for (const [first, second, failure] of [
      ['127.0.0.2', '127.0.0.1', 'ECONNREFUSED'], // nothing listens there
      ['127.0.0.1', '127.0.0.2', 'address-not-allowed'],
    ] as const) {
      const reach = createReach(parseNetworks('127.0.0.2'))
      const { lookup, asked } = resolver([first], [second])
      const answer = await post(`http://rebinding.example:${new URL(receiver.url).port}/`, { reach, lookup })
      expect(answer).toEqual({ failure })
      expect(asked()).toBe(1)
    }
    expect(receiver.received).toHaveLength(before)
  })

  it('can be one of several, and only allowed addresses are tried', async () => {
    const { lookup } = resolver(['10.0.0.1', '127.0.0.1'])
    const answer = await post(`http://several.example:${new URL(receiver.url).port}/`, { lookup })
    expect(answer).toMatchObject({ status: 204 })
  })
})
