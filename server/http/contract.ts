import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Document, OpenAPIBackend, type Operation } from 'openapi-backend'
import { parseRecipient } from '../otp/recipient.ts'
import type { QueryParameter } from './input.ts'
import type { OperationId } from './types.ts'

/** The parts of a request that the contract describes. */
interface RequestParts {
  query: Record<string, unknown>
  header: object
  /** Set only if the operation has a body. */
  requestBody?: object
}

/** One operation of the contract. */
interface ContractOperation {
  operationId: OperationId
  path: string
  /** In upper case. */
  method: string
  security: readonly Record<string, string[]>[]
  parameters: readonly QueryParameter[]
  hasBody: boolean
}

/** The compiled contract. */
export interface Contract {
  operations: readonly ContractOperation[]
  /** Returns the errors in a request to this operation. */
  errorsOf(operationId: OperationId, request: RequestParts): ErrorObject[]
  /** Returns how a response breaks the contract: undocumented status, wrong body, wrong header. */
  violationsOf(operationId: OperationId, status: number, body: unknown, headers: object): string[]
}

export type { Document } from 'openapi-backend'

/** Compiles the contract's schemas. @throws if the contract cannot be read */
export async function compileContract(definition: Document): Promise<Contract> {
  const backend = new OpenAPIBackend({
    definition,
    quick: true, // its definition check knows only OpenAPI 3.0; our lint of the contract covers 3.1
    strict: true,
    customizeAjv: (_draft7, _options, context) => {
      // Header values are always text, so they are converted. No other value is converted to fit its schema.
      const isHeaders = context === 'responseHeadersValidator'
      const code = { regExp: patternOfShortText }
      const ajv = new Ajv2020({
        strict: false,
        allErrors: true,
        verbose: true,
        coerceTypes: isHeaders,
        code,
      })
      addFormats.default(ajv)
      ajv.addFormat('uri', ofShortText(ajv.formats['uri']))
      ajv.addFormat('idn-email', (text) => parseRecipient(text) !== undefined)
      return ajv
    },
  })
  await backend.init()
  const found = backend.router.getOperations() as (Operation & { operationId: OperationId })[]
  const operations = found.map(
    ({ operationId, path, method, security = [], parameters = [], requestBody }): ContractOperation => ({
      operationId,
      path,
      method: method.toUpperCase(),
      security,
      parameters: parameters as QueryParameter[],
      hasBody: requestBody !== undefined,
    }),
  )

  // In quick mode, validators are compiled on first use. Compile them now, so that no caller waits for it.
  const validators = new Map(
    operations.map(({ operationId }) => [
      operationId,
      backend.validator.getRequestValidatorsForOperation(operationId) ?? [],
    ]),
  )
  const nothing = { path: {}, cookie: {} }

  return {
    operations,

    errorsOf(operationId, request) {
      const parts = { ...nothing, ...request }
      return (validators.get(operationId) ?? []).flatMap((validate) => {
        validate(parts)
        return (validate.errors as ErrorObject[] | null) ?? []
      })
    },

    violationsOf(operationId, status, body, headers) {
      const operation = found.find((candidate) => candidate.operationId === operationId)
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

// No text in the contract may be longer. Ajv checks a pattern even if the length check fails.
const longestText = 2_000

/** Returns a pattern that rejects a text that is too long, without running the expression on it. */
function patternOfShortText(pattern: string, flags: string) {
  const expression = new RegExp(pattern, flags)
  return {
    test: (text: string) => text.length <= longestText && expression.test(text),
    toString: () => String(expression), // Ajv uses this to tell patterns apart
  }
}
patternOfShortText.code = 'patternOfShortText' // used only for validators that are written to a file; ours are not

/** Does the same for a format. */
function ofShortText(format: unknown): (text: string) => boolean {
  const matches = format instanceof RegExp ? (text: string) => format.test(text) : format
  if (typeof matches !== 'function') throw new Error('the format is neither a pattern nor a function')
  return (text) => text.length <= longestText && Boolean(matches(text))
}
