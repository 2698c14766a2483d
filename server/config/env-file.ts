import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/**
 * Returns the variables of a `.env` file, or none if the file does not exist.
 * @throws {Error} with a sentence for the user, if the file exists but cannot be read as UTF-8
 */
export function readEnvFile(path: string): Record<string, string> {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    throw new Error(code === 'EISDIR' ? `${path} is a directory` : `${path} cannot be read (${code})`)
  }
  return parseEnv(decode(bytes, path)) as Record<string, string>
}

// The decoder drops a byte order mark at the start. Otherwise it would become part of the first name.
function decode(bytes: Buffer, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // reported below
  }
  throw new Error(`${path} must be UTF-8 text; save it in that encoding`)
}
