import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    reporters: [process.env['CI'] ? 'dot' : 'default', new ClosingLine()],
    // Real sockets and a real disk on a busy machine; no test waits for this long on purpose.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
