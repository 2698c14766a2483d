export type { PlainClient } from './api.ts'
export type { RequestHook, ResponseHook } from './call.ts'
export { type ClientOptions, createClient, createPlainClient, type PlainClientOptions } from './client.ts'
export {
  isRisumailOtpError,
  type ReceivedError,
  RisumailOtpError,
  RisumailOtpTransportError,
  type TransportFailure,
} from './errors.ts'
// Each name after `as` is the name that the type had before 1.3.0.
export type {
  CancelBody,
  CanceledSession,
  components,
  EraseBody,
  Erasure,
  ErrorCode,
  ErrorDetail,
  ErrorReason,
  operations,
  paths,
  SendBackendOtpBody,
  SendBackendOtpBody as SendRequest,
  SendEmailVerificationBody,
  SendEmailVerificationBody as SendEmailVerificationRequest,
  SendInstantOtpBody,
  SendInstantOtpBody as SendInstantOtpRequest,
  SentEmailVerification,
  SentOtp,
  Session,
  SessionDetails,
  SessionEvent,
  SessionStatus,
  Verification,
  VerificationPage,
  VerifyBody,
  VerifyBody as VerifyRequest,
  VerifyResult,
} from './generated/contract.ts'
export type { IdempotencyKeyOption, RisumailOtpClient } from './generated/operations.ts'
export type { ApiPromise, BodyOf, CallOptions, DataOf, HeadersOf, OperationId, QueryOf } from './types.ts'
