import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
// Inside the project, so that the program finds its libraries.
const cache = join(root, 'node_modules', '.cache')

let program: Promise<string> | undefined
let folder: string | undefined

/**
 * The server compiled from the sources as they are now, once for each test file: it starts in two thirds of the
 * time that tsx takes, and nothing of a compiler runs inside the process that is measured.
 */
export function builtServer(): Promise<string> {
  program ??= compile()
  return program
}

async function compile(): Promise<string> {
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'risumail-otp-test-'))
  await build({
    entryPoints: [join(root, 'server', 'main.ts')],
    outdir: join(folder, 'server'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  // The contract is read from beside the program, as in dist/.
  cpSync(join(root, 'openapi', 'openapi.yaml'), join(folder, 'openapi', 'openapi.yaml'))
  return join(folder, 'server', 'main.mjs')
}

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})
