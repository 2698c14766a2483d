import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isoTime } from '../server/iso-time.ts'
import { runs } from './support/properties.ts'

it('isoTime formats a time exactly as `toISOString` does', () => {
  const times = fc.oneof(
    fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) }),
    fc.integer({ min: -2, max: 2 }).map((ms) => Date.UTC(2026, 1, 28) + 86_400_000 + ms),
  )
  fc.assert(
    fc.property(times, (at) => {
      expect(isoTime(at)).toBe(new Date(at).toISOString())
    }),
    runs({ quick: 2_000, long: 200_000 }),
  )
})
