const dayMs = 86_400_000
const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

// Most times on a page of the history fall on the same few days, so the last date is cached.
let lastDay = Number.NaN
let lastDate = ''

/** Formats milliseconds since the epoch for the contract, like `toISOString` but several times as fast. */
export function isoTime(at: number): string {
  const day = Math.floor(at / dayMs)
  if (day !== lastDay) {
    lastDate = new Date(at).toISOString().slice(0, -'HH:mm:ss.sssZ'.length)
    lastDay = day
  }
  const ms = at - day * dayMs
  const hours = twoDigits[Math.floor(ms / 3_600_000)]
  const minutes = twoDigits[Math.floor(ms / 60_000) % 60]
  const seconds = twoDigits[Math.floor(ms / 1000) % 60]
  return `${lastDate}${hours}:${minutes}:${seconds}.${String(ms % 1000).padStart(3, '0')}Z`
}
