import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Document, OpenAPIBackend, type Operation } from 'openapi-backend'
import { parseRecipient } from '../otp/recipient.ts'
import type { OperationId } from './types.ts'

/** The parts of a request that the contract describes. */
interface RequestParts {
  query: Record<string, unknown>
  header: object
  /** Only operations that have a body. */
  requestBody?: object
}

/** What the contract says, ready to be asked. */
export interface Contract {
  operations: readonly (Operation & { operationId: OperationId })[]
  /** What is wrong with a request to this operation. */
  errorsOf(operationId: OperationId, request: RequestParts): ErrorObject[]
  /** How an answer departs from the contract: undocumented status, wrong body, wrong header. */
  violationsOf(operationId: OperationId, status: number, body: unknown, headers: object): string[]
}

/** Compiles the contract's schemas. @throws if it cannot be read */
export async function compileContract(definition: Document): Promise<Contract> {
  const backend = new OpenAPIBackend({
    definition,
    quick: true, // its own definition check knows only OpenAPI 3.0; the lint of the contract knows 3.1
    strict: true,
    customizeAjv: (_draft7, _options, context) => {
      // A header is always text; nothing else is turned into another type to make it fit.
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
  const operations = backend.router.getOperations() as Contract['operations']

  // In quick mode validators are compiled at their first use; a slow first request would be the caller's.
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
