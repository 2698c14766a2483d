import { randomFillSync } from 'node:crypto'
import { monotonicFactory, ulid as ulidWith } from 'ulid'

// The library asks its source once for each of 16 characters; asking the system that often takes longer than all the
// rest of a ULID.
const pool = Buffer.alloc(1024)
let used = pool.length

/** A random part of 256, from the CSPRNG. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return (pool[used++] as number) / 256
}

/** A ULID of this time, now if it is left out (https://github.com/ulid/spec). */
export function ulid(at?: number): string {
  return ulidWith(at, random)
}

/** The same, but of two that this process makes the later one also sorts later, within a millisecond too. */
export const orderedUlid: (at: number) => string = monotonicFactory(random)
