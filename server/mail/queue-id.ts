// Where mail servers put it: Postfix and many services; Exim; OpenSMTPD; Amazon SES.
const places = [
  /\bqueued as ([\w.-]{4,80})/i,
  /\bid=([\w.-]{4,80})/i,
  /^250 2\.0\.0 (\w{6,40}) Message accepted/i,
  /^250 ok ([\w-]{16,80})$/i,
]

/**
 * What the mail server calls the mail in its own log; undefined if it does not say so in a known way, or if the id might
 * hold the code: then it must not stand in our log.
 */
export function queueIdIn(response: string, code: string): string | undefined {
  const found = places.map((place) => place.exec(response)?.[1]).find((id) => id !== undefined)
  if (found === undefined || /^\d+$/.test(found) || found.includes(code)) return undefined
  return found
}
