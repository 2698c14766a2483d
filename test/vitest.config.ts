import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'
import { isLongForm } from './support/figures.ts'

// The guarantees measure, or hold a mail server to its deadline, so they have the machine to themselves.
const alone = ['guarantees/**/*.test.ts']

const shared = {
  root: import.meta.dirname,
  // Real sockets and a real disk on a busy machine; no test waits for this long on purpose.
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
          // Not by `exclude`, which would take the place of what the command line leaves out.
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
