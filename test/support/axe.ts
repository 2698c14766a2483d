import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

type Impact = 'minor' | 'moderate' | 'serious' | 'critical'
const every: Impact[] = ['minor', 'moderate', 'serious', 'critical']

/** Returns what axe-core finds wrong on this page, one line for each rule. @param impacts what counts, by default all */
export async function accessibilityProblems(page: Page, impacts: Impact[] = every): Promise<string[]> {
  const results = (await page.evaluate(`${source}; axe.run({ resultTypes: ['violations'] })`)) as {
    violations: { id: string; impact: Impact; nodes: { html: string; failureSummary?: string }[] }[]
  }
  return results.violations
    .filter(({ impact }) => impacts.includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join()}`,
    )
}
