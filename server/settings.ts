/** Allows at most `max` in any window of `windowMs`. */
export interface Limit {
  max: number
  windowMs: number
  /** The name that operators know it by, for the log. */
  name?: string | undefined
}

/** What a public token may write into an email: `plain` words, or with `locked` no text at all. */
export type PublicTokenTexts = 'plain' | 'locked'
