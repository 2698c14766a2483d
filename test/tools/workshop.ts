import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const contract = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))

/** The folder into which the other tools are installed. */
export const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-tools-'))

/** Runs a program in the folder, or in a folder of it. */
export function run(program: string, args: string[], at = ''): Promise<{ isFine: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: join(folder, at), timeout: 300_000 }, (error, stdout, stderr) => {
      resolve({ isFine: error === null, output: stdout + stderr })
    })
  })
}
