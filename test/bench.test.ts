import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { median, summarize } from '../scripts/bench/report.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = temporaryFolder()

it('the benchmark measures every operation on every server, and writes the printed results to a file', async () => {
  const file = join(folder, 'bench.json')
  const args = ['--import', 'tsx', 'scripts/bench.ts', '--rounds', '1', '--seconds', '1', '--clients', '2']
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...args, '--engines', 'bare,sqlite', '--json', file],
    {
      cwd: root,
    },
  )
  const { base, summaries } = JSON.parse(readFileSync(file, 'utf8')) as {
    base: string
    summaries: { server: string; operation: string; perSecond: number; ratio?: number }[]
  }
  expect(base).toBe('bare')
  expect(summaries.map(({ server, operation }) => `${operation} ${server}`).sort()).toEqual(
    ['send', 'pair', 'history'].flatMap((operation) => [`${operation} bare`, `${operation} sqlite`]).sort(),
  )
  for (const { server, operation, perSecond, ratio } of summaries) {
    expect(perSecond).toBeGreaterThan(0)
    expect(ratio === undefined).toBe(server === 'bare')
    expect(stdout).toContain(`${operation} ${server}`)
  }
})

it('a ratio compares two servers within one round, and the summary has the median of the ratios', () => {
  const round = (perSecond: number) => ({ perSecond, p50Ms: 1, p99Ms: 2, cpuMsPerOperation: 3 })
  const measured = {
    bare: { send: [round(100), round(200), round(50)] },
    ours: { send: [round(50), round(300), round(50)] },
  }
  const [, ours] = summarize(measured, 'bare')
  expect(ours).toMatchObject({ server: 'ours', perSecond: 50, ratio: 1, p99Ratio: 1 })
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})
