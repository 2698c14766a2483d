/**
 * Writes the files that are generated from the contract: the types (openapi-typescript), the defaults of every request,
 * the table of test outcomes, the version, and the methods and webhooks of the TypeScript client.
 *
 *   tsx scripts/generate.ts           write the files
 *   tsx scripts/generate.ts --check   exit 1 if a committed file differs from the generated one
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { clientOperations } from './generate/client.ts'
import { withFullDescriptions } from './generate/descriptions.ts'
import { document, header, operations, resolve, type Schema } from './generate/document.ts'
import { testOutcomes } from './generate/test-outcomes.ts'
import { clientWebhooks } from './generate/webhooks.ts'

const root = new URL('../', import.meta.url)

async function types(): Promise<string> {
  // A client calls operations, but receives webhooks. With their ids, webhooks would count as operations in the types.
  const { webhooks, ...rest } = withFullDescriptions(document)
  const unnamed = Object.entries(webhooks).map(([name, { post }]) => {
    const { operationId: _, ...operation } = post
    return [name, { post: operation }] as const
  })
  const ast = await openapiTypescript({ ...rest, webhooks: Object.fromEntries(unnamed) } as never, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    enumValues: true,
    defaultNonNullable: false,
    silent: true,
  })
  return header + withPlainComments(astToString(ast))
}

/**
 * Formats comments as editors show them best: without the tag, and on separate lines. When the declarations are
 * bundled, a one-line comment would move to the end of the line before it. It would then document nothing.
 */
function withPlainComments(types: string): string {
  return types
    .replace(/^( +)\/\*\* @description (.*) \*\/$/gm, '$1/**\n$1 * $2\n$1 */')
    .replace(/^( +\* )@description /gm, '$1')
}

/** Returns the contract's `default` of every request field and query parameter, by operation. */
function requestDefaults(): string {
  const defaultsOf = (fields: [string, Schema][]) =>
    Object.fromEntries(
      fields
        .map(([name, schema]) => [name, resolve(schema).default])
        .filter(([, value]) => value !== undefined),
    )

  const byOperation: Record<string, unknown> = {}
  for (const operation of operations) {
    const body = operation.requestBody?.content['application/json'].schema
    const parameters = (operation.parameters ?? []).map(resolve)
    byOperation[operation.operationId] = defaultsOf([
      ...Object.entries(body ? (resolve(body).properties ?? {}) : {}),
      ...parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, schema }): [string, Schema] => [name, schema]),
    ])
  }
  return `${header}export const requestDefaults = ${JSON.stringify(byOperation, null, 2)} as const\n`
}

const version = `${header}/** The version of the contract, which is also the version of this program. */
export const version = '${document.info.version}'
`

const contractTypes = await types()
const files: [string, string][] = [
  ['server/generated/contract.ts', contractTypes],
  ['server/generated/request-defaults.ts', requestDefaults()],
  ['server/generated/test-outcomes.ts', testOutcomes()],
  ['server/generated/version.ts', version],
  ['clients/typescript/src/generated/contract.ts', contractTypes],
  ['clients/typescript/src/generated/operations.ts', clientOperations()],
  ['clients/typescript/src/generated/webhooks.ts', clientWebhooks()],
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
