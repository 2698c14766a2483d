import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

const contract = new URL('../../openapi/openapi.yaml', import.meta.url)
export const header = '// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.\n\n'

interface Referable {
  $ref?: string
}

export interface Schema extends Referable {
  type?: string
  description?: string
  default?: unknown
  const?: unknown
  enum?: unknown[]
  allOf?: Schema[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

interface Parameter extends Referable {
  name: string
  in: string
  description?: string
  required?: boolean
  schema: Schema
}

interface Response extends Referable {
  content?: { 'application/json': { schema: Schema } }
}

interface Operation {
  operationId: string
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, Response>
  security?: Record<string, string[]>[]
}

export interface Contract {
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  webhooks: Record<string, { post: Operation }>
  components: {
    securitySchemes: Record<string, { type: string; in?: string; name?: string }>
    schemas: Record<string, Schema>
  }
  'x-test-outcomes': {
    code: string
    labels: Record<string, object>
  }
}

export const document = parse(await readFile(contract, 'utf8')) as Contract

/** Returns the node that a reference points to, or the node itself if it is not a reference. */
export function resolve<T extends Referable>(node: T): T {
  if (node.$ref === undefined) return node
  let target: unknown = document
  for (const key of node.$ref.replace('#/', '').split('/')) target = (target as Record<string, unknown>)[key]
  return resolve(target as T)
}

/** Every operation of the contract, with its path and method. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)
