import { document, header, operations, resolve, type Schema } from './document.ts'

type LocatedOperation = (typeof operations)[number]

const methodsOfTheRuntime = ['get', 'post']
const lineWidth = 110

/** The methods of the TypeScript client: their types, their documentation, and what the runtime is to call. */
export function clientOperations(): string {
  for (const operation of operations) refuseWhatTheRuntimeCannotDo(operation)
  const isPaged = operations.some((operation) => namesOf(operation).includes('cursor'))
  return `${header}import type { Call } from '../call.ts'
${isPaged ? "import { walk } from '../pages.ts'\n" : ''}import type { BodyOf, CallOptions, DataOf, QueryOf } from '../types.ts'

export interface RisumailOtpClient {
${operations.flatMap(declarations).join('\n\n')}
}

/** Where the analytics secret is asked for. */
export const pathsWithSecret: readonly string[] = ${JSON.stringify(operations.filter(needsSecret).map(({ path }) => path))}

export function createOperations(call: Call): RisumailOtpClient {
  const client: RisumailOtpClient = {
${operations.flatMap(definitions).join('\n')}
  }
  return client
}
`
}

function refuseWhatTheRuntimeCannotDo({
  operationId,
  method,
  path,
  parameters = [],
}: LocatedOperation): void {
  const isQueryOnly = parameters.map(resolve).every((parameter) => parameter.in === 'query')
  if (!methodsOfTheRuntime.includes(method) || path.includes('{') || !isQueryOnly) {
    throw new Error(`the client's runtime has no ${method} and no parameters but the query's: ${operationId}`)
  }
}

const namesOf = ({ parameters = [] }: LocatedOperation) =>
  parameters.map((parameter) => resolve(parameter).name)

/** What a method takes before its options: name and type, or nothing. */
function inputOf({ operationId, requestBody, parameters }: LocatedOperation) {
  if (requestBody) return { name: 'body', declared: `body: BodyOf<'${operationId}'>` }
  return parameters?.length ? { name: 'query', declared: `query?: QueryOf<'${operationId}'>` } : undefined
}

/** `listBackendOtpVerifications` → `allBackendOtpVerifications`, for a list that has pages. */
function walkOf(operation: LocatedOperation): { name: string; items: string } | undefined {
  if (!namesOf(operation).includes('cursor')) return undefined
  const answer = resolve(operation.responses['200'] ?? {}).content?.['application/json'].schema ?? {}
  const data = resolve(resolve(answer).properties?.['data'] ?? {})
  const lists = Object.entries(data.properties ?? {}).filter(([, schema]) => resolve(schema).type === 'array')
  const [items] = lists[0] ?? []
  if (items === undefined || lists.length > 1 || !operation.operationId.startsWith('list')) {
    throw new Error(`cannot tell what ${operation.operationId} lists`)
  }
  return { name: operation.operationId.replace(/^list/, 'all'), items }
}

function declarations(operation: LocatedOperation): string[] {
  const { operationId } = operation
  const parameters = [inputOf(operation)?.declared, 'options?: CallOptions'].filter(Boolean).join(', ')
  const method = `${documentation(operation)}\n  ${operationId}(${parameters}): Promise<DataOf<'${operationId}'>>`
  const pages = walkOf(operation)
  if (!pages) return [method]
  const item = `DataOf<'${operationId}'>['${pages.items}'][number]`
  return [
    method,
    `${comment([`The items of every page of \`${operationId}\`, from the one that \`query.cursor\` names or the first.`])}
  ${pages.name}(${parameters}): AsyncGenerator<${item}, void, undefined>`,
  ]
}

function definitions(operation: LocatedOperation): string[] {
  const { operationId, method, path } = operation
  const input = inputOf(operation)?.name
  const parameters = [input, 'options'].filter(Boolean).join(', ')
  const pages = walkOf(operation)
  const call = `{ method: '${method}', path: '${path}', retry: '${retryPolicyOf(operation)}' }`
  return [
    `    ${operationId}: (${parameters}) => call(${call}, { ${input ?? ''} }, options),`,
    ...(pages
      ? [
          `    ${pages.name}: (${parameters}) =>`,
          `      walk((next) => client.${operationId}({ ...query, ...next }, options), (page) => page.${pages.items}),`,
        ]
      : []),
  ]
}

/** A name that is not known is never repeated: whether that does harm is for a person to say. */
function retryPolicyOf({ method, operationId }: LocatedOperation): string {
  if (method === 'get') return 'safe'
  return operationId.startsWith('send') ? 'refused' : 'never'
}

function needsSecret({ security = [] }: LocatedOperation): boolean {
  const { securitySchemes } = document.components
  return security.some((schemes) =>
    Object.keys(schemes).some((name) => securitySchemes[name]?.type === 'apiKey'),
  )
}

const retrySentences: Record<string, string> = {
  safe: 'Repeated by itself after 429, 502, 503 and a network failure.',
  refused:
    'Repeated by itself only after a 429 or 503 that names the seconds to wait, for then no mail went out.',
  never: 'Never repeated by itself.',
}

function documentation(operation: LocatedOperation): string {
  const parameters = (operation.parameters ?? []).map(resolve)
  return comment([
    `${operation.summary}.`,
    ...(operation.description ? [operation.description] : []),
    retrySentences[retryPolicyOf(operation)] ?? '',
    ...parameters.map(({ name, description }) => `@param query.${name} ${description}`),
    `@throws {RisumailOtpError} ${errorCodesOf(operation).join(', ')}`,
  ])
}

/** The codes of every documented error, in the order of the statuses. */
function errorCodesOf({ responses }: LocatedOperation): string[] {
  const codesIn = (schema: Schema): unknown[] => {
    const { properties, allOf = [], anyOf = [] } = resolve(schema)
    const { code, error } = properties ?? {}
    if (code && code.$ref === undefined) return code.enum ?? [code.const]
    return [...allOf, ...anyOf, ...(error ? [error] : [])].flatMap(codesIn)
  }
  const schemas = Object.values(responses).map(
    (response) => resolve(response).content?.['application/json'].schema,
  )
  return [...new Set(schemas.flatMap((schema) => (schema ? codesIn(schema) : [])).map(String))]
}

function comment(paragraphs: string[]): string {
  const lines = paragraphs.flatMap((paragraph) => wrapped(paragraph.trim().replaceAll('*/', '*\\/')))
  return ['  /**', ...lines.map((line) => `   * ${line}`), '   */'].join('\n')
}

function wrapped(text: string): string[] {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length + 6 > lineWidth) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
