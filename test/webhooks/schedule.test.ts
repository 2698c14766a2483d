import { describe, expect, it } from 'vitest'
import { retryInMs } from '../../server/webhooks/schedule.ts'

const minute = 60_000
const hour = 60 * minute
const published = [
  5000,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

describe('the retries', () => {
  it('follow the waits of the specification, up to a tenth shorter or longer, and end after ten tries', () => {
    const waits = (random: number) => published.map((_, place) => retryInMs(place + 1, undefined, random))
    expect(waits(0.5)).toEqual(published)
    expect(waits(0)).toEqual(published.map((wait) => wait * 0.9))
    expect(waits(1)).toEqual(published.map((wait) => Math.round(wait * 1.1)))
    expect(retryInMs(10, undefined, 0.5)).toBeUndefined()
    expect(retryInMs(10, 1000, 0.5)).toBeUndefined()
  })

  it('wait as long as the receiver asks for, up to a day, and never less than the schedule', () => {
    expect(retryInMs(1, 60_000, 0.5)).toBe(60_000)
    expect(retryInMs(1, 1, 0.5)).toBe(5000)
    expect(retryInMs(1, 1e12, 0.5)).toBe(24 * hour)
  })
})
