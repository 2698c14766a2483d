/** Reads the contract in the shape that the docs need: one flat entry for each operation, references resolved. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { TestOutcomes } from './tables.ts'

/** A named example of a request or an answer. */
interface NamedExample {
  name: string
  summary: string
  value: Record<string, unknown>
}

interface DocumentedAnswer {
  status: string
  examples: NamedExample[]
}

interface SecurityScheme {
  type: 'http' | 'apiKey'
  name?: string
}

export interface DocumentedOperation {
  operationId: string
  method: string
  path: string
  tag: string
  /** The schemes of the first way to be let in, by name. */
  credentials: [string, SecurityScheme][]
  /** The body of the first named example, if the operation has a body. */
  requestExample: Record<string, unknown> | undefined
  /** The query parameters that have a default, with it, and those that are required. */
  query: Record<string, unknown>
  answers: DocumentedAnswer[]
}

interface Schema {
  $ref?: string
  enum?: string[]
  default?: unknown
  properties?: Record<string, Schema>
}

interface MediaType {
  content?: { 'application/json'?: { examples?: Record<string, { $ref?: string }> } }
  $ref?: string
}

interface RawOperation {
  operationId: string
  tags: [string]
  security: [Record<string, string[]>]
  parameters?: { $ref?: string }[]
  requestBody?: MediaType
  responses: Record<string, MediaType>
}

/** The parsed contract; `info.description` and the operations are where the docs add something. */
export interface ContractDocument {
  info: { title: string; version: string; summary: string; description: string; 'x-logo'?: object }
  servers: { url: string }[]
  tags: { name: string }[]
  'x-tagGroups'?: { name: string; tags: string[] }[]
  paths: Record<string, Record<string, RawOperation & Record<string, unknown>>>
  'x-test-outcomes': TestOutcomes
  components: {
    securitySchemes: Record<string, SecurityScheme>
    schemas: Record<string, Schema> & { ErrorCode: { enum: string[] } & Schema }
  }
}

/** Reads the contract from its file. */
export async function readContract(file: URL): Promise<ContractDocument> {
  return parse(await readFile(file, 'utf8')) as ContractDocument
}

/** Writes the default of a referenced schema beside the reference, where Redoc looks for it. */
export function exposeDefaults({ components: { schemas } }: ContractDocument): void {
  for (const schema of Object.values<Schema>(schemas)) {
    for (const property of Object.values(schema.properties ?? {})) {
      const target = schemas[property.$ref?.replace('#/components/schemas/', '') ?? '']
      if (target?.default !== undefined) property.default = target.default
    }
  }
}

/** The names of every field and parameter that an operation takes or answers with. */
export function fieldNamesOf(contract: ContractDocument, operation: object): string[] {
  const names = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return
    seen.add(node)
    const { $ref, properties, name } = node as { $ref?: unknown; properties?: object; name?: unknown }
    if (typeof $ref === 'string') visit(resolveReference(contract, $ref))
    if (properties) for (const property of Object.keys(properties)) names.add(property)
    if (typeof name === 'string' && 'in' in node) names.add(name)
    for (const [key, value] of Object.entries(node))
      if (key !== 'examples' && key !== 'x-codeSamples') visit(value)
  }
  visit(operation)
  return [...names]
}

function resolveReference(contract: ContractDocument, reference: string): unknown {
  let target: unknown = contract
  for (const key of reference.replace('#/', '').split('/')) target = (target as Record<string, unknown>)[key]
  return target
}

interface QueryParameter {
  name: string
  in: string
  required?: boolean
  example?: unknown
  schema: { default?: unknown }
}

/** What the example of a success says of a name, so that a sample asks for what its answer shows. */
function answeredWith(answers: readonly DocumentedAnswer[], name: string): unknown {
  const [success] = answers.find(({ status }) => status === '200')?.examples ?? []
  return (success?.value['data'] as Record<string, unknown> | undefined)?.[name]
}

/** Every operation, in the order of the contract. */
export function operationsOf(contract: ContractDocument): DocumentedOperation[] {
  const resolve = <T>(node: { $ref?: string }): T => {
    if (node.$ref === undefined) return node as T
    return resolve(resolveReference(contract, node.$ref) as { $ref?: string })
  }
  const examplesOf = (node: MediaType): NamedExample[] =>
    Object.entries(resolve<MediaType>(node).content?.['application/json']?.examples ?? {}).map(
      ([name, example]) => ({ name, ...resolve<Omit<NamedExample, 'name'>>(example) }),
    )

  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): DocumentedOperation => {
      const parameters = (operation.parameters ?? []).map((parameter) => resolve<QueryParameter>(parameter))
      const answers = Object.entries(operation.responses).map(([status, response]) => ({
        status,
        examples: examplesOf(response),
      }))
      const sampleOf = ({ name, required, example, schema }: QueryParameter) =>
        required ? (answeredWith(answers, name) ?? example) : schema.default
      return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        tag: operation.tags[0],
        credentials: Object.keys(operation.security[0]).map((name) => [
          name,
          contract.components.securitySchemes[name] as SecurityScheme,
        ]),
        requestExample: operation.requestBody && examplesOf(operation.requestBody)[0]?.value,
        query: Object.fromEntries(
          parameters
            .filter((parameter) => parameter.in === 'query' && sampleOf(parameter) !== undefined)
            .map((parameter) => [parameter.name, sampleOf(parameter)]),
        ),
        answers,
      }
    }),
  )
}
