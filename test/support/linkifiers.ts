import { findPhoneNumbersInText } from 'libphonenumber-js'
import LinkifyIt from 'linkify-it'
import * as linkify from 'linkifyjs'
import tlds from 'tlds'

const linkifyIt = new LinkifyIt({}, { fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds(tlds)
// Countries where the seven languages are spoken.
const countries = ['US', 'GB', 'DE', 'FR', 'ES', 'PT', 'BR', 'IN', 'JP'] as const

const decodeEntities = (text: string) =>
  text.replace(/&#(?:x([0-9a-f]{1,4})|(\d{1,4}));?/gi, (_all, hex: string | undefined, decimal: string) =>
    String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  )

/** Returns a text as it was sent, and as programs normalize it before they look for links. */
function spellingsOf(text: string): Set<string> {
  const visible = text.replace(/[\p{Cf}\p{DI}]/gu, '')
  return new Set([text, text.normalize('NFKC'), visible, visible.normalize('NFKC'), decodeEntities(text)])
}

/** Returns what two linkifiers and a telephone number finder would link in this text. */
export function linksIn(text: string): string[] {
  return [...spellingsOf(text)].flatMap((spelling) => [
    ...(linkifyIt.match(spelling) ?? []).map(({ raw }) => raw),
    ...linkify.find(spelling).map(({ value }) => value),
    ...telephoneNumbersIn(spelling),
  ])
}

function telephoneNumbersIn(text: string): string[] {
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) < 5) return [] // otherwise every year would count as a number
  return countries.flatMap((country) =>
    findPhoneNumbersInText(text, country)
      .filter(({ number }) => number.nationalNumber.length > 4)
      .map(({ number }) => String(number.number)),
  )
}
