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
 * The responses that a handler may return: a documented status with its documented body, and nothing else. Handlers
 * declare it as their return type, because only then does the compiler refuse extra fields.
 */
export type Reply<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses']]: {
    status: Status
    body: JsonOf<operations[Id]['responses'][Status]>
    headers?: Record<string, string>
    /** Extra facts for the log line. */
    logged?: LoggedFacts
  }
}[keyof operations[Id]['responses']]

/** Facts for the log line that only some requests have. */
export interface LoggedFacts {
  project?: string
  sandbox?: true
  sessionId?: string
  /** How the mail server accepted the email. */
  delivery?: Delivery
  /** The recipient has a fixed code, so no email was sent. */
  testRecipient?: true
}

export interface Call<Id extends OperationId> {
  body: Body<Id>
  query: Query<Id>
  caller: Caller
  /** Only operations that may be repeated document this header. */
  idempotencyKey: string | undefined
}

/** Who is calling, after authentication. */
export interface Caller {
  credential: Credential
  /** The client that limits count; undefined for server keys. */
  client: PublicClient | undefined
}

export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Reply<Id>>
export type Handlers = { [Id in OperationId]: Handler<Id> }

/** Facts about one request, for the log and for the middleware around the handler. */
export interface RequestState extends DefaultState {
  requestId: string
  operationId?: OperationId
  credentialId?: string
  /** The client network, as limits count it. */
  network?: string
  /** The recipient, as limits count it. */
  recipient?: string
  errorCode?: ErrorCode
  /** Which form of the hosted page was sent. */
  pageAction?: 'verify' | 'send'
  /** The limit that refused the request, under the name that the operator knows. */
  limit?: string | undefined
  facts?: LoggedFacts
  /** The thrown value, if the response is not the contract's error body. */
  failure?: unknown
}

export type HttpContext = ParameterizedContext<RequestState, DefaultContext>
