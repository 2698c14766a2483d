/** Why a text is not plain, for the caller who wrote it. */
export interface Offence {
  /** Which character it is, counted from 1. */
  position: number
  message: string
}

// Words and their punctuation in any script. Not here: @, everything that is invisible or turns the direction of the
// text, symbols, and every dot and digit that only looks like one.
const letters = String.raw`\p{L}\p{M}`
const spaces = String.raw` \u00a0\u202f\u3000`
const closing = String.raw`)\]"'’”»›」』）`
const punctuation = String.raw`,;!?¡¿&%+#$€£¥₹…–—\-(\[‘“„‚«‹「『（、，！？；،؛؟।॥`
const plain = new RegExp(`^[${letters}\\p{Nd}${spaces}${closing}${punctuation}]$`, 'u')

// What joins the parts of an address: only where the part before it ends there.
const joint = /^[.:/。：]$/u
const afterJoint = new RegExp(`^[${spaces}${closing}]$`, 'u')
// Chinese and Japanese have no space behind a full stop; nothing links their words because of it.
const wideJoint = /^[。：]$/u
const ideographic = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u

// Scripts that need joiners to be spelt right.
const joiner = /^[\u200c\u200d]$/u
const joined =
  /^[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Arabic}]$/u

const digit = /^\p{Nd}$/u
const letter = /^\p{L}$/u
const mostDigits = 4

/**
 * Holds a text to words: letters, digits, spaces and plain punctuation; every dot, colon and slash ends what stands
 * before it; and no more than four digits without a letter between them. So no mail program finds a link, an address or
 * a telephone number in it. Takes time in proportion to the text.
 * @returns the first thing that breaks the rule
 */
export function offenceIn(text: string): Offence | undefined {
  const characters = [...text]
  let digits = 0
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1]
    const at = (message: string): Offence => ({ position: index + 1, message })
    if (joint.test(character)) {
      const isEnd = next === undefined || afterJoint.test(next)
      const isWide = wideJoint.test(character) && next !== undefined && ideographic.test(next)
      if (!isEnd && !isWide) return at(`a space must follow “${character}”`)
    } else if (joiner.test(character)) {
      const isInside = [characters[index - 1], next].every((side) => side !== undefined && joined.test(side))
      if (!isInside) return at('an invisible character is not allowed')
    } else if (!plain.test(character)) {
      return at(nameOf(character))
    }
    if (letter.test(character)) digits = 0
    else if (digit.test(character) && ++digits > mostDigits)
      return at('more than four digits in a row are not allowed')
  }
  return undefined
}

function nameOf(character: string): string {
  return /^[\p{C}\p{Z}\p{M}]$/u.test(character)
    ? 'an invisible character is not allowed'
    : `“${character}” is not allowed`
}
