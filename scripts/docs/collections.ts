/**
 * The contract as a Postman and as a Bruno collection, made from its examples. Made by hand: the converters that there
 * are cannot hand the session of a send on to its verify, and repeat one Idempotency-Key for ever.
 */
import type { ContractDocument, DocumentedOperation } from './contract.ts'
import { operationsOf } from './contract.ts'

/** What a reader fills in, with values that work with the mock. */
const variables = {
  baseUrl: 'http://127.0.0.1:4010',
  serverKey: 'risu_key_test_paste_yours',
  publicToken: 'risu_otp_test_paste_yours',
  otpSecret: 'risu_otp_sec_paste_yours',
  email: 'user@example.com',
  code: '424242',
  sessionId: '',
}

/** The variable that holds each credential of the contract. */
const credentialVariables: Record<string, keyof typeof variables> = {
  serverKey: 'serverKey',
  publicToken: 'publicToken',
  analyticsSecret: 'otpSecret',
}

interface CollectedRequest {
  name: string
  folder: string
  method: string
  path: string
  headers: [string, string][]
  query: [string, string][]
  /** The bearer token. */
  token: string
  body: string | undefined
  /** True for a send, whose session the others ask about. */
  opensSession: boolean
}

function requestsOf(contract: ContractDocument): CollectedRequest[] {
  return operationsOf(contract).map((operation) => {
    const { path, method, tag, query, requestExample } = operation
    const summary = contract.paths[path]?.[method.toLowerCase()]?.['summary']
    return {
      name: String(summary),
      folder: tag,
      method,
      path,
      headers: headersOf(operation),
      query: Object.entries(withVariables(query)).map(([name, value]) => [name, String(value)]),
      token: tokenOf(operation),
      body: requestExample && JSON.stringify(withVariables(requestExample), null, 2),
      opensSession: path.endsWith('/send'),
    }
  })
}

/** The example with variables where a reader has values of their own. */
function withVariables(example: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, name in variables ? `{{${name}}}` : value]),
  )
}

function tokenOf({ credentials, operationId }: DocumentedOperation): string {
  const [name] = credentials.find(([, { type }]) => type === 'http') ?? []
  const variable = credentialVariables[name ?? '']
  if (variable === undefined) throw new Error(`no variable holds the credential of ${operationId}`)
  return `{{${variable}}}`
}

function headersOf({ credentials }: DocumentedOperation): [string, string][] {
  return credentials.flatMap(([scheme, { type, name = '' }]): [string, string][] =>
    type === 'apiKey' ? [[name, `{{${credentialVariables[scheme]}}}`]] : [],
  )
}

const byFolder = (requests: CollectedRequest[]) => {
  const folders = new Map<string, CollectedRequest[]>()
  for (const request of requests)
    folders.set(request.folder, [...(folders.get(request.folder) ?? []), request])
  return folders
}

/** A Postman collection, format 2.1. */
export function postmanCollection(contract: ContractDocument): object {
  const folders = [...byFolder(requestsOf(contract))].map(([name, requests]) => ({
    name,
    item: requests.map((request) => ({
      name: request.name,
      request: {
        method: request.method,
        auth: { type: 'bearer', bearer: [{ key: 'token', value: request.token, type: 'string' }] },
        header: request.headers.map(([key, value]) => ({ key, value })),
        url: {
          raw: `{{baseUrl}}${request.path}`,
          host: ['{{baseUrl}}'],
          path: request.path.slice(1).split('/'),
          query: request.query.map(([key, value]) => ({ key, value })),
        },
        ...(request.body !== undefined && {
          body: { mode: 'raw', raw: request.body, options: { raw: { language: 'json' } } },
        }),
      },
      ...(request.opensSession && {
        event: [{ listen: 'test', script: { type: 'text/javascript', exec: [keepInPostman] } }],
      }),
    })),
  }))
  const { title, version, summary } = contract.info
  return {
    info: {
      name: title,
      description: `${summary} Version ${version}.`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: Object.entries(variables).map(([key, value]) => ({ key, value })),
    item: folders,
  }
}

const keepInPostman = "pm.collectionVariables.set('sessionId', pm.response.json().data.sessionId)"

/** A Bruno collection: its files by their path. */
export function brunoCollection(contract: ContractDocument): Map<string, string> {
  const { title } = contract.info
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: title, type: 'collection' }, null, 2)}\n`],
    ['environments/Mock.bru', block('vars', Object.entries(variables))],
  ])
  for (const [folder, requests] of byFolder(requestsOf(contract))) {
    requests.forEach((request, place) => {
      files.set(`${folder}/${request.name}.bru`, brunoRequest(request, place + 1))
    })
  }
  return files
}

function brunoRequest(request: CollectedRequest, place: number): string {
  const { name, method, path, query, headers, token, body, opensSession } = request
  const search = query.map(([key, value]) => `${key}=${value}`).join('&')
  const url = `{{baseUrl}}${path}${search && `?${search}`}`
  return [
    block('meta', [
      ['name', name],
      ['type', 'http'],
      ['seq', String(place)],
    ]),
    block(method.toLowerCase(), [
      ['url', url],
      ['body', body === undefined ? 'none' : 'json'],
      ['auth', 'bearer'],
    ]),
    ...(query.length > 0 ? [block('params:query', query)] : []),
    ...(headers.length > 0 ? [block('headers', headers)] : []),
    block('auth:bearer', [['token', token]]),
    ...(body === undefined ? [] : [`body:json {\n${indented(body)}\n}\n`]),
    ...(opensSession ? [`script:post-response {\n  ${keepInBruno}\n}\n`] : []),
  ].join('\n')
}

const keepInBruno = "bru.setVar('sessionId', res.body.data.sessionId)"

function block(name: string, entries: readonly (readonly [string, string])[]): string {
  return `${name} {\n${entries.map(([key, value]) => `  ${key}: ${value}`).join('\n')}\n}\n`
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
