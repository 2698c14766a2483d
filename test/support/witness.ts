import type * as crypto from 'node:crypto'
import type * as connection from '../../server/store/sqlite/connection.ts'

/** What the server asked of its store and of its hash functions, in order. */
const witnessed: string[] = []

/** Everything that was asked while `act` ran, and what it came to. */
export async function witness<T>(act: () => Promise<T>): Promise<{ result: T; asked: string[] }> {
  witnessed.length = 0
  const result = await act()
  return { result, asked: witnessed.splice(0) }
}

/** The store's connections as they are, with every statement that runs written down; for `vi.mock`. */
export function witnessedConnections(real: typeof connection): typeof connection {
  const { openConnection } = real
  return {
    ...real,
    openConnection(path, options) {
      const real = openConnection(path, options)
      const prepare = (text: string) => {
        witnessed.push(text)
        return real.prepare(text)
      }
      return { ...real, prepare: prepare as typeof real.prepare }
    },
  }
}

/** The hash functions as they are, with every call written down; for `vi.mock`. */
export function witnessedHashes(real: typeof crypto): typeof crypto {
  const noted =
    <A extends unknown[], R>(name: string, call: (...given: A) => R) =>
    (...given: A): R => {
      witnessed.push(name)
      return call(...given)
    }
  return {
    ...real,
    createHash: noted('createHash', real.createHash),
    createHmac: noted('createHmac', real.createHmac),
    timingSafeEqual: noted('timingSafeEqual', real.timingSafeEqual),
  }
}
