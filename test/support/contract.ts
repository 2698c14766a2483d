import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { operations } from '../../server/generated/contract.ts'

export type OperationId = keyof operations

export interface Node {
  $ref?: string
  [key: string]: unknown
}

export const contractFile = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
const contract = parse(readFileSync(contractFile, 'utf8')) as Node & {
  paths: Record<string, Record<string, Node>>
}

/** Returns the node itself, or the node that its `$ref` points to. */
export function resolve(node: Node | undefined): Node {
  if (node?.$ref === undefined) return node ?? {}
  let target: unknown = contract
  for (const key of node.$ref.replace('#/', '').split('/'))
    target = (target as Node)[key.replaceAll('~1', '/')]
  return resolve(target as Node)
}

export interface OperationFacts {
  id: OperationId
  method: string
  path: string
  /** True if a public token opens it. */
  isForBrowsers: boolean
  /** The credentials that open it: `publicToken or serverKey`, `publicToken and analyticsSecret`. */
  opensWith: string
  /** Every documented response: `200`, or a status and an error code such as `401 UNAUTHORIZED`. */
  answers: string[]
}

/** Every operation in the contract. */
export const operationFacts: OperationFacts[] = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    id: operation['operationId'] as OperationId,
    method: method.toUpperCase(),
    path,
    isForBrowsers: JSON.stringify(operation['security']).includes('publicToken'),
    opensWith: (operation['security'] as object[])
      .map((requirement) => Object.keys(requirement).join(' and '))
      .join(' or '),
    answers: Object.entries(operation['responses'] as Record<string, Node>).flatMap(([status, response]) =>
      Number(status) < 400 ? [status] : codesOf(resolve(response)).map((code) => `${status} ${code}`),
    ),
  })),
)

/** Returns an operation's node in the contract. */
export function operationNode(id: OperationId): Node {
  const { path, method } = factsOf(id)
  return contract.paths[path]?.[method.toLowerCase()] ?? {}
}

export interface NamedExample {
  id: OperationId
  status: number
  name: string
  value: unknown
}

/** Every named example of every response. `Prefer: code=…, example=…` selects one in the mock. */
export const namedExamples: NamedExample[] = Object.values(contract.paths).flatMap((methods) =>
  Object.values(methods).flatMap((operation) =>
    Object.entries(operation['responses'] as Record<string, Node>).flatMap(([status, response]) => {
      const content = resolve(response)['content'] as {
        'application/json': { examples: Record<string, Node> }
      }
      return Object.entries(content['application/json'].examples).map(([name, example]) => ({
        id: operation['operationId'] as OperationId,
        status: Number(status),
        name,
        value: resolve(example)['value'],
      }))
    }),
  ),
)

export function factsOf(id: OperationId): OperationFacts {
  const facts = operationFacts.find((operation) => operation.id === id)
  if (facts === undefined) throw new Error(`the contract has no operation ${id}`)
  return facts
}

/** Returns the error codes that a response's schema allows. */
function codesOf(response: Node): string[] {
  const content = response['content'] as { 'application/json': { schema: Node } }
  const codesIn = (schema: Node): string[] => {
    const node = resolve(schema)
    const variants = [...((node['anyOf'] as Node[]) ?? []), ...((node['allOf'] as Node[]) ?? [])]
    const properties = (node['properties'] as Record<string, Node>) ?? {}
    const code = properties['code']
    if (code && code.$ref === undefined) return (code['enum'] as string[]) ?? [code['const'] as string]
    return [...variants, ...(properties['error'] ? [properties['error']] : [])].flatMap(codesIn)
  }
  return codesIn(content['application/json'].schema)
}
