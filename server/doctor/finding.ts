/** The result of one check by `doctor`. */
export interface Finding {
  /** What was checked, such as `mail.example:587 login`. */
  check: string
  status: 'ok' | 'warning' | 'problem'
  /** What was found, in a sentence. */
  found: string
  /** What to do about it. */
  remedy?: string
}

export const ok = (check: string, found: string): Finding => ({ check, status: 'ok', found })

export const warning = (check: string, found: string, remedy: string): Finding => ({
  check,
  status: 'warning',
  found,
  remedy,
})

export const problem = (check: string, found: string, remedy: string): Finding => ({
  check,
  status: 'problem',
  found,
  remedy,
})
