import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The `risumail-otp` program file, compiled from the current sources. */
    program: string
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))
// This is inside the project, so that the program finds its libraries.
const cache = join(root, 'node_modules', '.cache')

/**
 * Compiles the program once for a whole test run. It then starts in a third of the time that tsx takes, and no compiler
 * runs inside a process that we measure.
 */
export async function setup({ provide }: TestProject): Promise<() => void> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'risumail-otp-test-'))
  await build({
    entryPoints: [join(root, 'server', 'main.ts')],
    outdir: join(folder, 'server'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true, // keep lazy imports lazy
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  // The program reads the contract from the folder next to it, as in dist/.
  cpSync(join(root, 'openapi', 'openapi.yaml'), join(folder, 'openapi', 'openapi.yaml'))
  provide('program', join(folder, 'server', 'main.mjs'))
  return () => rmSync(folder, { recursive: true })
}
