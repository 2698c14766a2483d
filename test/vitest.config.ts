import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Real sockets and a real disk on a busy machine; no test waits for this long on purpose.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
