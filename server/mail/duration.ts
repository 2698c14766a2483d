/**
 * A duration in the words of a language, in hours, minutes and seconds: 600 is "10 minutes", 90 "1 minute, 30 seconds".
 * A duration, unlike a time of day, means the same in every time zone.
 */
export function durationInWords(language: string, seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ]
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    )
  return new Intl.ListFormat(language, { type: 'unit', style: 'long' }).format(words)
}
