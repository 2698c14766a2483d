import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Returns what axe-core finds wrong on this page, one line for each rule. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const results = (await page.evaluate(`${source}; axe.run()`)) as {
    violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]
  }
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join()}`,
  )
}
