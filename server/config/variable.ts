export interface Variable<T> {
  parse: (text: string) => T
  /** If true, NAME_FILE may name a file that contains the value. */
  isSecret: boolean
  /** The default if the variable is unset or empty; undefined if there is none. */
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
