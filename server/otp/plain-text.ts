/** Why a text is not plain. For the caller who wrote it. */
export interface Offense {
  /** The position of the character, counted from 1. */
  position: number
  message: string
}

// Some letters and marks are invisible (Hangul fillers, variation selectors): \p{DI} excludes them. Some letters, such
// as ŀ and ﷺ, produce a dot or a space when an email program normalizes them (NFKC).
const letter = /^(?!\p{DI})\p{L}$/u
const mark = /^(?!\p{DI})[\p{Mn}\p{Mc}]$/u
const digit = /^\p{Nd}$/u
const turnsIntoMore = /[^\p{L}\p{M}\p{Nd}]/u
const space = /^[ \u00a0\u202f\u3000]$/u
const closing = /^[)\]"'’”»›」』】》〉〕）]$/u
const opening = /^[([¿¡«‹“„‚‘「『【《〈〔（]$/u
// Not allowed: @, =, <, >, *, _, backslash and every other sign that makes up links, addresses and markup.
const punctuation = /^[,!?、，！？،؛؟।॥׳״&＆%％+＋#№~〜～®™\p{Sc}–—\-‐‑]$/u

// A joint is a character that joins the parts of an address, or looks like one. A space or the end must follow it.
const joint = /^[.:;/…。：；・۔]$/u
const behindJoint = /^[,!?、，！？]$/u
// Chinese and Japanese use no spaces. Between two of their characters, 。 ends a sentence. A colon may follow such a
// character, because no link scheme ends in one.
const jointOfSentences = /^[。；…]$/u
const jointOfWords = /^[:：・]$/u
const ideographic = /^(?!\p{Lm})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u
const partOfWord = /^(?:\p{M}|\p{Lm}|\p{Nd}|[\u200c\u200d])$/u
const wideOpening = /^[「『【《〈〔（]$/u

// These scripts need joiners (ZWJ, ZWNJ) for correct spelling. RFC 5892, appendix A, allows them for the same reason.
const joiner = /^[\u200c\u200d]$/u
const joined =
  /^(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}]$/u

const mostDigits = 4
// In these scripts, one character can be a word.
const wordByItself = /^(?!\p{Lm})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u
// Between digits, people write these as a dash: 03ー1234ー5678, 030x1234x5678.
const dashLike = /^(?:\p{Lm}|[xXｘＸ])$/u

/**
 * Checks that a text is plain words, so that no email program finds a link, an address or a phone number in it:
 * 1. It has only letters, digits, spaces and usual punctuation: no invisible characters, no other signs, no emoji.
 * 2. A space or the end follows every dot, colon, semicolon and slash. Closing quotes and brackets may come between.
 * 3. It has at most four digits before the next word of two letters.
 *
 * The time is linear in the length of the text.
 * @returns the first character that breaks a rule, and why
 */
export function offenseIn(text: string): Offense | undefined {
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
  // A program that reads the text as HTML shows &#46; as a dot.
  if (character === '#' && previous === '&') return '“&#” is not allowed'
  const isListed = [digit, space, joint, punctuation, closing, opening].some((kind) => kind.test(character))
  return isListed ? undefined : nameOf(character)
}

function nameOf(character: string): string {
  if (!/^[\p{C}\p{Z}\p{M}\p{DI}]$/u.test(character)) return `“${character}” is not allowed`
  const codePoint = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return `the invisible or combining character U+${codePoint} is not allowed`
}

/** Checks that nothing is joined. It reads a text one character at a time. */
class JointCheck {
  #open: string | undefined
  /** True if the word before is Chinese or Japanese. Digits, marks and closing brackets do not end that word. */
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
    // In a row of joints, the strictest one counts.
    if (this.#open === undefined || strictness(character) > strictness(this.#open)) this.#open = character
  }

  #mayFollow(open: string, character: string): boolean {
    if (character === '/') return false
    if (space.test(character) || closing.test(character)) return true
    // mailto:? is already a link.
    const isColon = jointOfWords.test(open) && !this.#isAfterIdeograph
    if (joint.test(character) || behindJoint.test(character)) return !isColon
    if (!this.#isAfterIdeograph) return false
    if (jointOfWords.test(open)) return true
    const isWide = [ideographic, wideOpening, digit].some((kind) => kind.test(character))
    return jointOfSentences.test(open) && isWide
  }
}

const strictness = (found: string) => (jointOfWords.test(found) ? 0 : jointOfSentences.test(found) ? 1 : 2)

/** Counts digits up to the next word. It reads a text one character at a time. */
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
