import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brunoCollection, postmanCollection } from '../../scripts/docs/collections.ts'
import { operationsOf, readContract } from '../../scripts/docs/contract.ts'
import { contract, folder, run } from './workshop.ts'

const collected = await readContract(pathToFileURL(contract))

/** Checks the statuses of a whole run. Every request succeeds, except to cancel sessions that are verified by then. */
function complaintOfStatuses(statuses: number[]): string | undefined {
  const wanted = operationsOf(collected).map(({ operationId }) => (/^cancel/.test(operationId) ? 409 : 200))
  const isFine = statuses.sort().join() === wanted.sort().join()
  return isFine ? undefined : `it got ${statuses.join()} and not ${wanted.join()}`
}

/** Runs the Postman collection with Postman's own runner against the mock. */
export async function complaintOfPostman(url: string): Promise<string | undefined> {
  writeFileSync(join(folder, 'postman.json'), JSON.stringify(postmanCollection(collected)))
  const newman = await run(join('node_modules/.bin', 'newman'), [
    ...['run', 'postman.json', '--env-var', `baseUrl=${url}`],
    ...['--reporters', 'json', '--reporter-json-export', 'newman.json'],
  ])
  if (!newman.isFine) return newman.output
  const { run: report } = JSON.parse(readFileSync(join(folder, 'newman.json'), 'utf8')) as {
    run: { executions: { response: { code: number } }[] }
  }
  return complaintOfStatuses(report.executions.map(({ response }) => response.code))
}

/** Runs the Bruno collection with Bruno's own runner against the mock. */
export async function complaintOfBruno(url: string): Promise<string | undefined> {
  for (const [path, text] of brunoCollection(collected)) {
    const file = join(folder, 'bruno', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const options = ['--env', 'Mock', '--env-var', `baseUrl=${url}`, '--output', '../bruno.json']
  const bru = await run(join('..', 'node_modules/.bin', 'bru'), ['run', '-r', ...options], 'bruno')
  if (!bru.isFine) return bru.output
  const [{ results }] = JSON.parse(readFileSync(join(folder, 'bruno.json'), 'utf8')) as [
    { results: { response: { status: number } }[] },
  ]
  return complaintOfStatuses(results.map(({ response }) => response.status))
}
