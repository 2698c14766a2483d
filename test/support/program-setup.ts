import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file of `risumail-otp`, compiled from the sources as they are now. */
    program: string
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))
// Inside the project, so that the program finds its libraries.
const cache = join(root, 'node_modules', '.cache')

/**
 * Compiles the program once for a whole run of the tests: so it starts in a third of the time that tsx takes, and nothing
 * of a compiler runs inside a process that is measured.
 */
export async function setup({ provide }: TestProject): Promise<() => void> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'risumail-otp-test-'))
  await build({
    entryPoints: [join(root, 'server', 'main.ts')],
    outdir: join(folder, 'server'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true, // what is imported only when it is used stays so
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  // The contract is read from beside the program, as in dist/.
  cpSync(join(root, 'openapi', 'openapi.yaml'), join(folder, 'openapi', 'openapi.yaml'))
  provide('program', join(folder, 'server', 'main.mjs'))
  return () => rmSync(folder, { recursive: true })
}
