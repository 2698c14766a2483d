import { OtpError } from '../errors.ts'
import { flowOf, isSessionId } from '../flows.ts'
import { requestDefaults } from '../generated/request-defaults.ts'
import { parseRecipient } from '../otp/recipient.ts'
import { isSandbox, projectName } from '../sandbox.ts'
import { type Contract, compileContract, type Document } from './contract.ts'
import { type QueryReader, queryReader, readJsonObject } from './input.ts'
import { authorize, type Requirement, requirementsOf, type SecuritySchemes } from './security.ts'
import type { Handlers, HttpContext, LoggedFacts, OperationId } from './types.ts'
import { validationFailed } from './validation.ts'

export interface Api {
  /** Answers requests to the contract's paths. Passes every other request to `next`. @throws {OtpError} */
  handle(http: HttpContext, next: () => Promise<unknown>): Promise<unknown>
  /** The methods of a path that browsers may call from other origins. Undefined if they may not call the path. */
  methodsForBrowsers(path: string): string | undefined
  violationsOf: Contract['violationsOf']
}

/** One operation, with everything that is known before a request arrives. */
interface Route {
  id: OperationId
  requirements: Requirement[]
  hasBody: boolean
  readQuery: QueryReader
  handle(call: unknown): Promise<{
    status: number
    body: unknown
    headers?: Record<string, string>
    logged?: LoggedFacts
  }>
}

/** The operations of one path. */
interface Resource {
  /** Keyed by method, in upper case. */
  routes: Map<string, Route>
  /** The methods, as the Allow header lists them. */
  allow: string
  methodsForBrowsers: string | undefined
}

/**
 * Connects the contract to the handlers. openapi-backend only compiles the contract's schemas. Requests do not go
 * through its router, because that reads every request several times.
 * @throws if an operation has no handler or could be called without a credential
 */
export async function createApi(
  definition: Document,
  handlers: Handlers,
  schemes: SecuritySchemes,
): Promise<Api> {
  const contract = await compileContract(definition)
  const resources = new Map<string, Resource>()
  for (const { path, method, operationId: id, security, parameters, hasBody } of contract.operations) {
    const handle = handlers[id] as unknown as Route['handle'] | undefined
    if (handle === undefined) throw new Error(`the operation ${id} has no handler`)
    const route: Route = {
      id,
      requirements: requirementsOf(id, security, schemes),
      hasBody,
      readQuery: queryReader(parameters),
      handle,
    }
    const routes = resources.get(path)?.routes ?? new Map<string, Route>()
    routes.set(method, route)
    resources.set(path, resourceOf(routes))
  }

  return {
    async handle(http, next) {
      const resource = resources.get(http.path)
      if (resource === undefined) return next()
      const route = resource.routes.get(http.method)
      if (route === undefined) {
        http.set('Allow', resource.allow)
        throw new OtpError('METHOD_NOT_ALLOWED')
      }
      return answer(route, contract, http)
    },

    methodsForBrowsers: (path) => resources.get(path)?.methodsForBrowsers,
    violationsOf: contract.violationsOf,
  }
}

function resourceOf(routes: Map<string, Route>): Resource {
  const allow = [...routes.keys()].join(', ')
  const isForBrowsers = [...routes.values()].some(({ requirements }) =>
    requirements.some((requirement) => requirement.some(({ scheme }) => scheme === 'publicToken')),
  )
  return { routes, allow, methodsForBrowsers: isForBrowsers ? allow : undefined }
}

// Authenticate before reading the query and the body: a bad key answers 401 even with a bad body.
async function answer(route: Route, contract: Contract, http: HttpContext): Promise<void> {
  const { id, requirements, hasBody, readQuery, handle } = route
  http.state.operationId = id
  const caller = await authorize(requirements, http)
  http.state.credentialId = caller.credential.id
  const { projectId } = caller.credential
  http.state.facts = { project: projectName(projectId), ...(isSandbox(projectId) && { sandbox: true }) }

  const query = readQuery(http.querystring)
  const requestBody = hasBody ? await readJsonObject(http) : undefined
  const errors = contract.errorsOf(id, {
    query,
    header: http.headers,
    ...(requestBody && { requestBody }),
  })
  if (errors.length > 0) throw validationFailed(errors)

  const { email, sessionId = query['sessionId'] } = (requestBody ?? {}) as {
    email?: string
    sessionId?: unknown
  }
  const flow = flowOf(id)
  // Log a session id only if it has the right form. Any other text may be a secret in the wrong field.
  if (flow && typeof sessionId === 'string' && isSessionId(flow, sessionId))
    http.state.facts.sessionId = sessionId
  const recipient = email === undefined ? undefined : parseRecipient(email)
  if (recipient) http.state.recipient = recipient.counted
  const reply = await handle({
    body: { ...requestDefaults[id], ...requestBody },
    query: { ...requestDefaults[id], ...query },
    caller,
    idempotencyKey: http.get('idempotency-key') || undefined,
  })
  http.status = reply.status
  http.set(reply.headers ?? {})
  http.state.facts = { ...http.state.facts, ...reply.logged }
  http.body = reply.body
}
