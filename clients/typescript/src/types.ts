import type { operations } from './generated/contract.ts'

export type OperationId = keyof operations

/** The request body of an operation. */
export type BodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

/** The query parameters of an operation. */
export type QueryOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>

/** The request headers of an operation, without the credentials. */
export type HeadersOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['header']>

/** The result of a method: the `data` of the operation's 200 response. */
export type DataOf<Id extends OperationId> =
  operations[Id]['responses'][200]['content']['application/json']['data']

/** The last argument of every method. */
export interface CallOptions {
  /** Aborts the call, even while it waits for a retry. The call then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined
  /** Time limit for one attempt of this call, in milliseconds. It replaces the client's `timeoutMs`. */
  timeoutMs?: number | undefined
  /** How many times the client may retry this call. It replaces the client's `maxRetries`. */
  maxRetries?: number | undefined
  /** Headers to send in addition to the client's own, such as `X-Request-Id`. They cannot replace the credentials. */
  headers?: Record<string, string> | undefined
}

/** The return value of every method: a promise of the `data`. */
export interface ApiPromise<Data> extends Promise<Data> {
  /** Resolves with the `data` and its response. The response has the headers `RateLimit` and `X-Request-Id`. */
  withResponse(): Promise<{ data: Data; response: Response }>
}
