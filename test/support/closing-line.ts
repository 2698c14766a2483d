import type { Reporter, TestModule } from 'vitest/node'

/** Ends every run with one plain line, for people and scripts: `N passed, N failed`. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const count = (state: string) => tests.filter((found) => found === state).length
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length
    const skipped = count('skipped')
    const closing = `${count('passed')} passed, ${count('failed') + broken} failed`
    process.stdout.write(`\n${closing}${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  }
}
