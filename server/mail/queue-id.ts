// Where mail servers put the queue ID, in this order: Postfix and many services, Exim, OpenSMTPD, Amazon SES.
const places = [
  /\bqueued as ([\w.-]{4,80})/i,
  /\bid=([\w.-]{4,80})/i,
  /^250 2\.0\.0 (\w{6,40}) Message accepted/i,
  /^250 ok ([\w-]{16,80})$/i,
]

/**
 * Returns the email's ID in the mail server's own log. Returns undefined if the response has no known form, or if the
 * ID might contain the code: our log must not contain the code.
 */
export function queueIdIn(response: string, code: string): string | undefined {
  const found = places.map((place) => place.exec(response)?.[1]).find((id) => id !== undefined)
  if (found === undefined || /^\d+$/.test(found) || found.includes(code)) return undefined
  return found
}
