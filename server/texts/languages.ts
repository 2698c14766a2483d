import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { ja } from './ja.ts'
import { pt } from './pt.ts'
import { ptBr } from './pt-br.ts'
import type { Texts } from './texts.ts'

/** Every language of the emails and pages, by its BCP 47 tag. */
export const languages = { en, de, es, fr, pt, 'pt-BR': ptBr, hi, ja } satisfies Record<string, Texts>

export type Language = keyof typeof languages

const byLowerCaseTag = new Map(
  Object.keys(languages).map((tag) => [tag.toLowerCase(), tag as Language] as const),
)

/** Finds our language for a BCP 47 tag: drops subtags from the end until one matches (RFC 4647, section 3.4), else English. */
export function languageOf(tag: string): Language {
  const subtags = tag.toLowerCase().split('-')
  for (let length = subtags.length; length > 0; length--) {
    const found = byLowerCaseTag.get(subtags.slice(0, length).join('-'))
    if (found) return found
  }
  return 'en'
}
