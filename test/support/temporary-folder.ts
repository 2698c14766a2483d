import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Creates an empty folder for the tests of a file. It is deleted when they are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return folder
}
