/**
 * A duration in the words of a language, in hours, minutes and seconds: 600 is "10 minutes", 90 "1 minute, 30 seconds".
 * Unlike a time of day, a duration means the same in every time zone.
 */
export function durationInWords(language: string, seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ]
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => countOf(language, unit).format(count))
  return listOf(language).format(words)
}

/** A wait in words, rounded up: to minutes if it is longer than one, else to seconds. It is at most a second short. */
export function waitInWords(language: string, ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  // Limits end a millisecond after a full minute. "11 minutes" for that would be odd.
  const minutes = Math.ceil((seconds - 1) / 60)
  return durationInWords(language, seconds > 60 ? minutes * 60 : seconds)
}

// Making a formatter takes a hundred times as long as using it, and there are few.
const countOf = kept(
  (language, unit) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }),
)
const listOf = kept((language) => new Intl.ListFormat(language, { type: 'unit', style: 'long' }))

function kept<Made>(make: (language: string, unit: string) => Made) {
  const made = new Map<string, Made>()
  return (language: string, unit = ''): Made => {
    const name = `${language} ${unit}`
    const found = made.get(name) ?? make(language, unit)
    made.set(name, found)
    return found
  }
}
