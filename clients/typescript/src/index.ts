export { type ClientOptions, createClient, createPlainClient, type PlainClientOptions } from './client.ts'
export { RisumailOtpError, RisumailOtpTransportError, type TransportFailure } from './errors.ts'
export type {
  components,
  ErrorCode,
  ErrorDetail,
  operations,
  paths,
  SendEmailVerificationRequest,
  SendInstantOtpRequest,
  SendRequest,
  Verification,
  VerifyRequest,
} from './generated/contract.ts'
export type { IdempotencyKeyOption, RisumailOtpClient } from './generated/operations.ts'
export type { BodyOf, CallOptions, DataOf, HeadersOf, OperationId, QueryOf } from './types.ts'
