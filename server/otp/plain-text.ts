/** Why a text is not plain, for the caller who wrote it. */
export interface Offence {
  /** Which character it is, counted from 1. */
  position: number
  message: string
}

// Invisible letters and marks exist too (Hangul fillers, variation selectors): \p{DI}. Some letters, such as ŀ and ﷺ,
// turn into a dot or a space when a mail program normalizes them (NFKC).
const letter = /^(?!\p{DI})\p{L}$/u
const mark = /^(?!\p{DI})[\p{Mn}\p{Mc}]$/u
const digit = /^\p{Nd}$/u
const turnsIntoMore = /[^\p{L}\p{M}\p{Nd}]/u
const space = /^[ \u00a0\u202f\u3000]$/u
const closing = /^[)\]"'’”»›」』】》〉〕）]$/u
const opening = /^[([¿¡«‹“„‚‘「『【《〈〔（]$/u
// Not here: @, =, <, >, *, _, backslash and every other sign that links, addresses and mark-up are made of.
const punctuation = /^[,!?、，！？،؛؟।॥׳״&＆%％+＋#№~〜～®™\p{Sc}–—\-‐‑]$/u

// A joint is what the parts of an address are joined by, or looks like it. Behind it stands a space or the end.
const joint = /^[.:;/…。：；・۔]$/u
const behindJoint = /^[,!?、，！？]$/u
// Chinese and Japanese are written without spaces: between two of their characters 。 ends a sentence, and no scheme of
// a link ends in one, so that a colon may follow.
const jointOfSentences = /^[。；…]$/u
const jointOfWords = /^[:：・]$/u
const ideographic = /^(?!\p{Lm})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u
const partOfWord = /^(?:\p{M}|\p{Lm}|\p{Nd}|[\u200c\u200d])$/u
const wideOpening = /^[「『【《〈〔（]$/u

// Scripts that need joiners (ZWJ, ZWNJ) to be spelt right; RFC 5892, appendix A, allows them there for the same reason.
const joiner = /^[\u200c\u200d]$/u
const joined =
  /^(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}]$/u

const mostDigits = 4
// One character is a word in these scripts.
const wordByItself = /^(?!\p{Lm})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u
// Between digits these stand for a dash: 03ー1234ー5678, 030x1234x5678.
const dashLike = /^(?:\p{Lm}|[xXｘＸ])$/u

/**
 * Holds a text to plain words, so that no mail program finds a link, an address or a telephone number in it:
 * 1. Letters, digits, spaces and usual punctuation; nothing invisible, no other signs, no emoji.
 * 2. A space or the end follows every dot, colon, semicolon and slash, after closing quotes and brackets.
 * 3. At most four digits before the next word of two letters.
 *
 * Takes time in proportion to the text.
 * @returns the first thing that breaks the rule
 */
export function offenceIn(text: string): Offence | undefined {
  const characters = [...text]
  const words = new DigitCount()
  const joints = new JointCheck()
  for (const [index, character] of characters.entries()) {
    const message =
      refusalOf(character, characters[index - 1], characters[index + 1]) ??
      joints.refusalAfter(character) ??
      words.refusalAfter(character)
    if (message !== undefined) return { position: index + 1, message }
  }
  return undefined
}

function refusalOf(
  character: string,
  previous: string | undefined,
  next: string | undefined,
): string | undefined {
  if (joiner.test(character)) {
    const isInside = [previous, next].every((side) => side !== undefined && joined.test(side))
    return isInside ? undefined : nameOf(character)
  }
  if (letter.test(character) || mark.test(character)) {
    return turnsIntoMore.test(character.normalize('NFKC')) ? nameOf(character) : undefined
  }
  // &#46; is a dot to a program that takes a text for HTML.
  if (character === '#' && previous === '&') return '“&#” is not allowed'
  const isListed = [digit, space, joint, punctuation, closing, opening].some((kind) => kind.test(character))
  return isListed ? undefined : nameOf(character)
}

function nameOf(character: string): string {
  if (!/^[\p{C}\p{Z}\p{M}\p{DI}]$/u.test(character)) return `“${character}” is not allowed`
  const codePoint = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return `the invisible or combining character U+${codePoint} is not allowed`
}

/** Sees that nothing is joined: reads a text one character after the other. */
class JointCheck {
  #open: string | undefined
  /** That the word before is Chinese or Japanese; digits, marks and closing brackets do not end it. */
  #isAfterIdeograph = false
  #previous = ' '

  refusalAfter(character: string): string | undefined {
    const open = this.#open
    if (open !== undefined && !this.#mayFollow(open, character)) return `a space must follow “${open}”`
    if (joint.test(character)) this.#meet(character)
    else if (!closing.test(character) && !behindJoint.test(character)) {
      this.#open = undefined
      if (!partOfWord.test(character)) this.#isAfterIdeograph = ideographic.test(character)
    }
    this.#previous = character
    return undefined
  }

  #meet(character: string): void {
    const isLeading = character === '…' && [space, opening].some((kind) => kind.test(this.#previous))
    if (isLeading && this.#open === undefined) return
    // In a row of joints, the strictest counts.
    if (this.#open === undefined || strictness(character) > strictness(this.#open)) this.#open = character
  }

  #mayFollow(open: string, character: string): boolean {
    if (character === '/') return false
    if (space.test(character) || closing.test(character)) return true
    // mailto:? is a link already.
    const isColon = jointOfWords.test(open) && !this.#isAfterIdeograph
    if (joint.test(character) || behindJoint.test(character)) return !isColon
    if (!this.#isAfterIdeograph) return false
    if (jointOfWords.test(open)) return true
    const isWide = [ideographic, wideOpening, digit].some((kind) => kind.test(character))
    return jointOfSentences.test(open) && isWide
  }
}

const strictness = (found: string) => (jointOfWords.test(found) ? 0 : jointOfSentences.test(found) ? 1 : 2)

/** Counts digits up to the next word: reads a text one character after the other. */
class DigitCount {
  #digits = 0
  #letters = 0

  refusalAfter(character: string): string | undefined {
    if (digit.test(character)) {
      this.#letters = 0
      this.#digits++
      return this.#digits > mostDigits ? 'at most four digits may come before the next word' : undefined
    }
    if (letter.test(character)) {
      if (dashLike.test(character)) return undefined
      this.#letters++
      if (this.#letters > 1 || wordByItself.test(character)) this.#digits = 0
    } else if (!mark.test(character) && !joiner.test(character)) this.#letters = 0
    return undefined
  }
}
