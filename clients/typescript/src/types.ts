import type { operations } from './generated/contract.ts'

export type OperationId = keyof operations

/** What an operation takes as its body. */
export type BodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

/** What an operation takes as its query. */
export type QueryOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>

/** What an operation takes as its headers, besides the credentials. */
export type HeadersOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['header']>

/** What a method resolves with: the member `data` of the operation's 200. */
export type DataOf<Id extends OperationId> =
  operations[Id]['responses'][200]['content']['application/json']['data']

/** What every method takes as its last argument. */
export interface CallOptions {
  /** Ends the call, also while it waits for a retry; the call then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined
  /** How long one try of this call may take, in milliseconds, instead of the client's `timeoutMs`. */
  timeoutMs?: number | undefined
  /** How often this call is repeated by itself, instead of the client's `maxRetries`. */
  maxRetries?: number | undefined
  /** Headers beside those of the client, such as `X-Request-Id`. They cannot replace the credentials. */
  headers?: Record<string, string> | undefined
}

/** What a method returns: a promise of the `data`. */
export interface ApiPromise<Data> extends Promise<Data> {
  /** The `data` with the answer that it came in, whose headers hold `RateLimit` and `X-Request-Id`. */
  withResponse(): Promise<{ data: Data; response: Response }>
}
