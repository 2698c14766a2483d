import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Request as ApiRequest, type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import { OtpError } from '../errors.ts'
import { requestDefaults } from '../generated/request-defaults.ts'
import { parseRecipient } from '../otp/recipient.ts'
import { validationFailed } from './errors.ts'
import { readJsonObject, typedQuery } from './input.ts'
import { callerOf, type createSecurity, refusalOf } from './security.ts'
import type { Handlers, HttpContext, OperationId } from './types.ts'

export interface Api {
  /** Answers a request to one of the contract's paths. @throws {OtpError} */
  handle(http: HttpContext): Promise<void>
  /** The operations of a path by method, in lower case; undefined if the contract has no such path. */
  operationsAt(path: string): Record<string, { security?: object[] }> | undefined
  /** How an answer departs from the contract: undocumented status, wrong body, wrong header. */
  violationsOf(operationId: OperationId, status: number, body: unknown, headers: object): string[]
}

/**
 * Wires the contract to the handlers.
 * @throws if an operation has no handler or could be called without a credential
 */
export async function createApi(
  contract: Document,
  handlers: Handlers,
  security: ReturnType<typeof createSecurity>,
): Promise<Api> {
  const backend = new OpenAPIBackend({
    definition: contract,
    quick: true, // its own definition check knows only OpenAPI 3.0; the lint of the contract knows 3.1
    strict: true,
    ignoreTrailingSlashes: false,
    customizeAjv: (_draft7, _options, context) => {
      // A header is always text; nothing else is turned into another type to make it fit.
      const isHeaders = context === 'responseHeadersValidator'
      const code = { regExp: patternOfShortText }
      const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, coerceTypes: isHeaders, code })
      addFormats.default(ajv)
      ajv.addFormat('uri', ofShortText(ajv.formats['uri']))
      ajv.addFormat('idn-email', (text) => parseRecipient(text) !== undefined)
      return ajv
    },
    securityHandlers: security,
    handlers: {
      notFound: () => {
        throw new OtpError('NOT_FOUND')
      },
      methodNotAllowed: (_context: Context, http: HttpContext) => {
        const methods = Object.keys(backend.definition.paths?.[http.path] ?? {})
        http.set('Allow', methods.map((method) => method.toUpperCase()).join(', '))
        throw new OtpError('METHOD_NOT_ALLOWED')
      },
      // Runs before the validation, and only for those who were let in: a bad key is a 401 even with a bad body.
      postSecurityHandler: async (context: Context, http: HttpContext, request: ApiRequest) => {
        if (!context.security['authorized']) return
        http.state.credentialId = callerOf(context.security).credential.id
        request.query = typedQuery(http.querystring, (context.operation.parameters ?? []) as never) as never
        if (context.operation.requestBody) request.body = await readJsonObject(http)
      },
      unauthorizedHandler: (context: Context) => {
        throw refusalOf(context.security)
      },
      validationFail: (context: Context) => {
        throw validationFailed((context.validation.errors ?? []) as never)
      },
      notImplemented: () => {
        throw new Error('an operation without a handler was reached')
      },
      postRoutingHandler: (context: Context, http: HttpContext) => {
        http.state.operationId = context.operation?.operationId as OperationId
      },
    },
  })
  await backend.init()

  const operations = backend.router.getOperations()
  // The contract does not change while the server runs, and the router would flatten it anew at every call.
  backend.router.getOperations = () => operations
  for (const operation of operations) {
    const id = operation.operationId as OperationId
    const handler = handlers[id] as unknown as ((call: unknown) => Promise<unknown>) | undefined
    if (handler === undefined) throw new Error(`the operation ${id} has no handler`)
    refuseUnguarded(id, operation.security, security)
    backend.register(id, (context: Context, http: HttpContext, request: ApiRequest) =>
      handler({
        body: { ...requestDefaults[id], ...request.body },
        query: { ...requestDefaults[id], ...(request.query as object) },
        caller: callerOf(context.security),
        idempotencyKey: http.get('idempotency-key') || undefined,
      }),
    )
    // In quick mode validators are compiled at their first use; a slow first request would be the caller's.
    backend.validator.getRequestValidatorsForOperation(id)
  }

  return {
    async handle(http) {
      // The router would also take a path that it first has to put right.
      if (!Object.hasOwn(backend.definition.paths ?? {}, http.path)) throw new OtpError('NOT_FOUND')
      const request: ApiRequest = {
        method: http.method,
        path: http.path,
        headers: http.headers as never,
        query: {},
      }
      const reply = await backend.handleRequest(request, http, request)
      http.status = reply.status
      http.set(reply.headers ?? {})
      http.body = reply.body
    },

    operationsAt: (path) => backend.definition.paths?.[path] as never,

    violationsOf(operationId, status, body, headers) {
      const operation = operations.find((candidate) => candidate.operationId === operationId)
      if (operation?.responses?.[status] === undefined)
        return [`${operationId} does not document the status ${status}`]
      return [
        backend.validateResponse(body, operationId, status).errors ?? [],
        backend.validateResponseHeaders(headers, operationId, { statusCode: status }).errors ?? [],
      ]
        .flat()
        .map((error) => `${operationId} ${status} ${error.instancePath} ${error.message}`)
    },
  }
}

// No text of the contract may be longer, and its length is checked beside its pattern, not before.
const longestText = 2_000

/** A pattern that does not look at a text which is too long anyway. */
function patternOfShortText(pattern: string, flags: string) {
  const expression = new RegExp(pattern, flags)
  return {
    test: (text: string) => text.length <= longestText && expression.test(text),
    toString: () => String(expression), // by which Ajv tells one from another
  }
}
patternOfShortText.code = 'patternOfShortText' // for validators that are written to a file, which ours are not

/** The same for a format. */
function ofShortText(format: unknown): (text: string) => boolean {
  const matches = format instanceof RegExp ? (text: string) => format.test(text) : format
  if (typeof matches !== 'function') throw new Error('the format is neither a pattern nor a function')
  return (text) => text.length <= longestText && Boolean(matches(text))
}

function refuseUnguarded(id: string, requirements: object[] | undefined, schemes: object): void {
  const isGuarded = (requirement: object) =>
    Object.keys(requirement).length > 0 &&
    Object.keys(requirement).every((scheme) => Object.hasOwn(schemes, scheme))
  if (!requirements?.length || !requirements.every(isGuarded)) {
    throw new Error(`the operation ${id} could be called without a credential that this server checks`)
  }
}
