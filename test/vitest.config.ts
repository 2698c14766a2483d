import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'
import { isLongForm } from './support/figures.ts'

// The guarantees measure time, or hold a mail server to its deadline. So no other tests run at the same time.
const alone = ['guarantees/**/*.test.ts']

const shared = {
  root: import.meta.dirname,
  // Tests use real sockets and a real disk on a busy machine. No test waits this long on purpose.
  testTimeout: isLongForm ? 30 * 60_000 : 120_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 10_000 } },
}

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    ...shared,
    globalSetup: ['./support/postgres-setup.ts', './support/program-setup.ts'],
    reporters: [process.env['CI'] ? 'dot' : 'default', new ClosingLine()],
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          // We do not use `exclude`: it would replace the exclusions from the command line.
          include: ['**/*.test.ts', ...alone.map((pattern) => `!${pattern}`)],
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'guarantees',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
