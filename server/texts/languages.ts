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

/** The language that a BCP 47 tag begins with (RFC 4647, section 3.4: none of ours has subtags), else English. */
export function languageOf(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split('-', 1)
  return Object.hasOwn(languages, primary) ? (primary as Language) : 'en'
}
