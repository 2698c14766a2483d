/**
 * Writes what the server derives from the contract into `server/generated/`:
 * the types (openapi-typescript) and the defaults of every request.
 *
 *   tsx scripts/generate.ts           write the files
 *   tsx scripts/generate.ts --check   exit 1 if a committed file differs from what would be written
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'

const root = new URL('../', import.meta.url)
const contract = new URL('openapi/openapi.yaml', root)
const header = '// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.\n\n'

interface Schema {
  $ref?: string
  default?: unknown
  properties?: Record<string, Schema>
}

interface Parameter {
  $ref?: string
  name: string
  schema: Schema
}

interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}

interface Contract {
  paths: Record<string, Record<string, Operation>>
}

async function types(): Promise<string> {
  const ast = await openapiTypescript(contract, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    enumValues: true,
    defaultNonNullable: false,
    silent: true,
  })
  return header + astToString(ast)
}

/** The contract's `default` of every request field and query parameter, by operation. */
async function requestDefaults(): Promise<string> {
  const document = parse(await readFile(contract, 'utf8')) as Contract
  const resolve = <T extends { $ref?: string }>(node: T): T => {
    if (node.$ref === undefined) return node
    let target: unknown = document
    for (const key of node.$ref.replace('#/', '').split('/'))
      target = (target as Record<string, unknown>)[key]
    return resolve(target as T)
  }
  const defaultsOf = (fields: [string, Schema][]) =>
    Object.fromEntries(
      fields
        .map(([name, schema]) => [name, resolve(schema).default])
        .filter(([, value]) => value !== undefined),
    )

  const byOperation: Record<string, unknown> = {}
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    const body = operation.requestBody?.content['application/json'].schema
    const parameters = (operation.parameters ?? []).map(resolve)
    byOperation[operation.operationId] = defaultsOf([
      ...Object.entries(body ? (resolve(body).properties ?? {}) : {}),
      ...parameters.map(({ name, schema }): [string, Schema] => [name, schema]),
    ])
  }
  return `${header}export const requestDefaults = ${JSON.stringify(byOperation, null, 2)} as const\n`
}

const files: [string, string][] = [
  ['server/generated/contract.ts', await types()],
  ['server/generated/request-defaults.ts', await requestDefaults()],
]

const isCheck = process.argv.includes('--check')
const stale: string[] = []
for (const [path, content] of files) {
  const file = new URL(path, root)
  if (isCheck) {
    const committed = await readFile(file, 'utf8').catch(() => '')
    if (committed !== content) stale.push(path)
  } else {
    await mkdir(new URL('.', file), { recursive: true })
    await writeFile(file, content)
    process.stdout.write(`wrote ${path}\n`)
  }
}
if (stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}\nRun \`npm run generate\` and commit the result.\n`)
  process.exitCode = 1
}
