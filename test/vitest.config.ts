import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'
import { isLongForm } from './support/figures.ts'

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    // As many as this machine has cores: most tests wait for sockets and disks.
    maxWorkers: availableParallelism(),
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './support/postgres-setup.ts',
    reporters: [process.env['CI'] ? 'dot' : 'default', new ClosingLine()],
    // Real sockets and a real disk on a busy machine; no test waits for this long on purpose.
    testTimeout: isLongForm ? 30 * 60_000 : 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // The long forms measure and load the machine; side by side they would load one another.
    fileParallelism: !isLongForm,
  },
})
