import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { ja } from './ja.ts'
import { pt } from './pt.ts'
import type { Texts } from './texts.ts'

/** Every language that a recipient can be addressed in, by its BCP 47 tag. */
export const languages = { en, de, es, fr, pt, hi, ja } satisfies Record<string, Texts>

export type Language = keyof typeof languages

/** The language of the first tag that names one, dropping subtags from its end (RFC 4647, section 3.4), else English. */
export function chooseLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    for (let parts = tag.toLowerCase().split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
      const range = parts.join('-')
      if (Object.hasOwn(languages, range)) return range as Language
    }
  }
  return 'en'
}
