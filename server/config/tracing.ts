/** Parses `name=value` pairs, separated by commas, as in OpenTelemetry. @throws without repeating the values */
export function parseHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z0-9-]+)=(.*)$/.exec(pair) ?? []
      if (name === undefined || value === undefined || !/^[\x20-\x7e]*$/.test(value))
        throw new Error('must be name=value pairs, separated by commas')
      return [name.toLowerCase(), decode(value)]
    }),
  )
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    throw new Error('has a % that is not part of a percent-encoding')
  }
}

export function parseServiceName(text: string): string {
  if (!/^[\w.-]{1,60}$/.test(text))
    throw new Error('must be 1 to 60 letters, digits, dots, dashes and underscores')
  return text
}

export function parseRatio(text: string): number {
  const ratio = Number(text)
  if (!/^\d(?:\.\d+)?$/.test(text) || ratio > 1) throw new Error('must be a number from 0 to 1')
  return ratio
}
