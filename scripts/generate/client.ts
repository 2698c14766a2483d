import { document, header, operations, resolve, type Schema } from './document.ts'

type LocatedOperation = (typeof operations)[number]

const methodsOfTheRuntime = ['get', 'post']
const idempotencyHeader = 'Idempotency-Key'
const lineWidth = 110

/** Generates the methods of the TypeScript client: their types, their documentation, and their calls to the runtime. */
export function clientOperations(): string {
  for (const operation of operations) refuseWhatTheRuntimeCannotDo(operation)
  return `${header}import type { Call } from '../call.ts'
${operations.some(isPaged) ? "import { walk } from '../pages.ts'\n" : ''}import type { RetryPolicy } from '../retry.ts'
import type { ApiPromise, CallOptions, HeadersOf, QueryOf } from '../types.ts'
import type { ${namedTypes().join(', ')}, paths } from './contract.ts'

type Path = keyof paths

${headerOptions().join('')}export interface RisumailOtpClient {
${operations.flatMap(declarations).join('\n\n')}
}

/** The paths of the operations that take the analytics secret. */
export const pathsWithSecret: readonly string[] = ${JSON.stringify(operations.filter(needsSecret).map(({ path }) => path))}

export function createOperations(call: Call): RisumailOtpClient {
  const get = (path: Path) => (query?: object, options?: CallOptions) =>
    call({ method: 'get', path, retry: 'safe' }, { query }, options)
  const post = (path: Path, retry: RetryPolicy) => (body: object, options?: CallOptions) =>
    call({ method: 'post', path, retry }, { body }, options)
  // A request with the same key takes effect only once, so a retry is as safe as the retry of a read.
  const postOnce =
    (path: Path, retry: RetryPolicy) => (body: object, options?: CallOptions & ${interfaceOf(idempotencyHeader)}) => {
      const key = options?.${optionOf(idempotencyHeader)}
      return call({ method: 'post', path, retry: key ? 'safe' : retry }, { body, header: { '${idempotencyHeader}': key } }, options)
    }
  const client: RisumailOtpClient = {
${operations.flatMap(definitions).join('\n')}
  }
  return client
}
`
}

/** Returns the name of the body's schema. The contract names every body and every result. */
function bodyName({ requestBody }: LocatedOperation): string | undefined {
  const schema = requestBody?.content['application/json'].schema
  return schema && nameOf(schema)
}

function dataOf({ responses }: LocatedOperation): Schema {
  const answer = resolve(responses['200'] ?? {}).content?.['application/json'].schema ?? {}
  return resolve(answer).properties?.['data'] ?? {}
}

function nameOf({ $ref }: Schema): string {
  const name = $ref?.split('/').at(-1)
  if (name === undefined) throw new Error('every body and every result must be a named schema')
  return name
}

/** Returns the name of the item type of a list. */
function itemName(operation: LocatedOperation): string | undefined {
  const pages = walkOf(operation)
  return pages && nameOf(resolve(dataOf(operation)).properties?.[pages.items]?.items ?? {})
}

function namedTypes(): string[] {
  const names = operations.flatMap((operation) => [
    bodyName(operation) ?? [],
    nameOf(dataOf(operation)),
    itemName(operation) ?? [],
  ])
  return [...new Set(names.flat())].sort()
}

function refuseWhatTheRuntimeCannotDo(operation: LocatedOperation): void {
  const { operationId, method, path } = operation
  const [inQuery, inHeader] = [parametersIn('query', operation), parametersIn('header', operation)]
  const isKnown =
    inQuery.length + inHeader.length === (operation.parameters ?? []).length &&
    inHeader.every(({ name, required }) => name === idempotencyHeader && !required) &&
    (method === 'get' ? inHeader.length === 0 : inQuery.length === 0)
  if (!methodsOfTheRuntime.includes(method) || path.includes('{') || !isKnown) {
    throw new Error(
      `the client cannot call ${operationId}: its runtime supports only get with a query, and post with an idempotency key`,
    )
  }
}

function parametersIn(place: 'query' | 'header', { parameters = [] }: LocatedOperation) {
  return parameters.map(resolve).filter((parameter) => parameter.in === place)
}

const isPaged = (operation: LocatedOperation) =>
  parametersIn('query', operation).some(({ name }) => name === 'cursor')

/** Returns the parameter that comes before a method's options, with its name and type, or undefined. */
function inputOf(operation: LocatedOperation) {
  const { operationId } = operation
  const body = bodyName(operation)
  if (body) return { name: 'body', declared: `body: ${body}` }
  const inQuery = parametersIn('query', operation)
  if (inQuery.length === 0) return undefined
  const mark = inQuery.some(({ required }) => required) ? '' : '?'
  return { name: 'query', declared: `query${mark}: QueryOf<'${operationId}'>` }
}

/** `Idempotency-Key` → `idempotencyKey` */
const optionOf = (header: string) =>
  header.toLowerCase().replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase())

/** `Idempotency-Key` → `IdempotencyKeyOption` */
const interfaceOf = (header: string) => `${header.replaceAll('-', '')}Option`

/** Generates one interface for each header parameter, with the contract's description. */
function headerOptions(): string[] {
  const headers = operations.flatMap((operation) =>
    parametersIn('header', operation).map((header) => ({ ...header, operationId: operation.operationId })),
  )
  const names = [...new Set(headers.map(({ name }) => name))]
  return names.map((wanted) => {
    const takers = headers.filter(({ name }) => name === wanted)
    const [{ operationId, description = '' }] = takers as [(typeof takers)[number]]
    const methods = takers.map((taker) => `\`${taker.operationId}\``).join(', ')
    return `/** An option of ${methods}. */
export interface ${interfaceOf(wanted)} {
${comment([`Sent as the header \`${wanted}\`. ${description}`])}
  ${optionOf(wanted)}?: HeadersOf<'${operationId}'>['${wanted}'] | undefined
}

`
  })
}

/** Names the method that walks a paged list: `listBackendOtpVerifications` → `allBackendOtpVerifications`. */
function walkOf(operation: LocatedOperation): { name: string; items: string } | undefined {
  if (!isPaged(operation)) return undefined
  const data = resolve(dataOf(operation))
  const lists = Object.entries(data.properties ?? {}).filter(([, schema]) => resolve(schema).type === 'array')
  const [items] = lists[0] ?? []
  if (items === undefined || lists.length > 1 || !operation.operationId.startsWith('list')) {
    throw new Error(`cannot tell which items ${operation.operationId} lists`)
  }
  return { name: operation.operationId.replace(/^list/, 'all'), items }
}

function declarations(operation: LocatedOperation): string[] {
  const { operationId } = operation
  const options = ['CallOptions', ...parametersIn('header', operation).map(({ name }) => interfaceOf(name))]
  const parameters = [inputOf(operation)?.declared, `options?: ${options.join(' & ')}`]
    .filter(Boolean)
    .join(', ')
  const method = `${documentation(operation)}\n  ${operationId}(${parameters}): ApiPromise<${nameOf(dataOf(operation))}>`
  const pages = walkOf(operation)
  if (!pages) return [method]
  return [
    method,
    `${comment([`Iterates over the items of every page of \`${operationId}\`. Starts at the page that \`query.cursor\` names, or at the first page.`])}
  ${pages.name}(${parameters}): AsyncGenerator<${itemName(operation)}, void, undefined>`,
  ]
}

function definitions(operation: LocatedOperation): string[] {
  const { operationId, method, path } = operation
  const policy = `'${retryPolicyOf(operation)}'`
  const made =
    method === 'get'
      ? `get('${path}')`
      : isSafeWithKey(operation)
        ? `postOnce('${path}', ${policy})`
        : `post('${path}', ${policy})`
  const pages = walkOf(operation)
  return [
    `    ${operationId}: ${made},`,
    ...(pages
      ? [
          `    ${pages.name}: (query, options) =>`,
          `      walk((next) => client.${operationId}({ ...query, ...next }, options), (page) => page.${pages.items}),`,
        ]
      : []),
  ]
}

/** Never retries an operation with an unknown name: a person must decide whether a retry does harm. */
function retryPolicyOf({ method, operationId }: LocatedOperation): string {
  if (method === 'get' || /^(?:cancel|erase)/.test(operationId)) return 'safe'
  return operationId.startsWith('send') ? 'refused' : 'never'
}

const isSafeWithKey = (operation: LocatedOperation) =>
  parametersIn('header', operation).some(({ name }) => name === idempotencyHeader)

function needsSecret({ security = [] }: LocatedOperation): boolean {
  const { securitySchemes } = document.components
  return security.some((schemes) =>
    Object.keys(schemes).some((name) => securitySchemes[name]?.type === 'apiKey'),
  )
}

const retrySentences: Record<string, string> = {
  safe: 'Retried automatically after a network failure, and after an error that waiting can fix.',
  refused:
    'Retried automatically only after an error that says how many seconds to wait: then no email was sent.',
  never: 'Never retried automatically.',
}

function documentation(operation: LocatedOperation): string {
  const option = optionOf(idempotencyHeader)
  return comment([
    `${operation.summary}.`,
    ...(operation.description ? [operation.description] : []),
    retrySentences[retryPolicyOf(operation)] ?? '',
    ...(isSafeWithKey(operation)
      ? [`With \`options.${option}\`, also retried after a network failure.`]
      : []),
    ...parametersIn('query', operation).map(({ name, description }) => `@param query.${name} ${description}`),
    `@throws {RisumailOtpError} ${errorCodesOf(operation).join(', ')}`,
  ])
}

/** Returns the codes of every documented error, in the order of the statuses. */
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
