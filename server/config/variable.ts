export interface Variable<T> {
  parse: (text: string) => T
  /** A secret may also stand in the file that NAME_FILE names. */
  isSecret: boolean
  /** What applies when the variable is unset or empty; undefined where it has no default. */
  fallback: string | undefined
  description: string
}

export function variable<T>(
  parse: (text: string) => T,
  fallback: string | undefined,
  description: string,
): Variable<T> {
  return { parse, fallback, description, isSecret: false }
}

export function secret<T>(
  parse: (text: string) => T,
  fallback: string | undefined,
  description: string,
): Variable<T> {
  return { parse, fallback, description, isSecret: true }
}
