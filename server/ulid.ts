import { randomFillSync } from 'node:crypto'
import { monotonicFactory, ulid as ulidWith } from 'ulid'

// The library calls its random source once for each of 16 characters. Calling the system that often takes longer than
// the rest of making a ULID.
const pool = Buffer.alloc(1024)
let used = pool.length

/** Returns a random multiple of 1/256, from 0 to below 1, from the CSPRNG. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return (pool[used++] as number) / 256
}

/** Returns a ULID for this time, by default for now (https://github.com/ulid/spec). */
export function ulid(at?: number): string {
  return ulidWith(at, random)
}

/** The same, but this process's ULIDs sort in the order in which it makes them, even within a millisecond. */
export const orderedUlid: (at: number) => string = monotonicFactory(random)
