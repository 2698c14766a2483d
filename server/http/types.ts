import type { DefaultContext, DefaultState, ParameterizedContext } from 'koa'
import type { Credential } from '../credentials/ports.ts'
import type { ErrorCode, operations } from '../generated/contract.ts'
import type { requestDefaults } from '../generated/request-defaults.ts'
import type { Delivery } from '../otp/delivery.ts'
import type { PublicClient } from '../otp/ports.ts'

export type OperationId = keyof operations

type JsonOf<T> = T extends { content: { 'application/json': infer Json } } ? Json : undefined
type WithDefaults<T, Defaults> = Omit<T, keyof Defaults> & {
  [Name in keyof Defaults & keyof T]-?: Exclude<T[Name], undefined>
}

/** The request body of an operation, validated, with the contract's defaults filled in. */
type Body<Id extends OperationId> = WithDefaults<
  JsonOf<operations[Id]['requestBody']>,
  (typeof requestDefaults)[Id]
>

/** The query of an operation, validated, with the contract's defaults filled in. */
type Query<Id extends OperationId> = WithDefaults<
  NonNullable<operations[Id]['parameters']['query']>,
  (typeof requestDefaults)[Id]
>

/**
 * What a handler may answer: a documented status with its documented body, and nothing else. A handler names it
 * as its return type, because only then does the compiler refuse a field too many.
 */
export type Reply<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses']]: {
    status: Status
    body: JsonOf<operations[Id]['responses'][Status]>
    headers?: Record<string, string>
    /** What the log says of it beside the usual. */
    logged?: LoggedFacts
  }
}[keyof operations[Id]['responses']]

/** What a request has that few have, for its line in the log. */
export interface LoggedFacts {
  project?: string
  sandbox?: true
  sessionId?: string
  /** How the mail was accepted. */
  delivery?: Delivery
  /** The recipient has a fixed code, and nothing was mailed. */
  testRecipient?: true
}

export interface Call<Id extends OperationId> {
  body: Body<Id>
  query: Query<Id>
  caller: Caller
  /** Only operations that may be repeated document one. */
  idempotencyKey: string | undefined
}

/** Who is calling, after authentication. */
export interface Caller {
  credential: Credential
  /** Who is counted; undefined for server keys. */
  client: PublicClient | undefined
}

export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Reply<Id>>
export type Handlers = { [Id in OperationId]: Handler<Id> }

/** What one request leaves behind for the log and the checks around it. */
export interface RequestState extends DefaultState {
  requestId: string
  operationId?: OperationId
  credentialId?: string
  /** The client network that is counted. */
  network?: string
  /** The recipient that is counted. */
  recipient?: string
  errorCode?: ErrorCode
  /** The limit that refused the request, as its operator calls it. */
  limit?: string | undefined
  facts?: LoggedFacts
  /** What was thrown, where it was answered otherwise than with the contract's error body. */
  failure?: unknown
}

export type HttpContext = ParameterizedContext<RequestState, DefaultContext>
