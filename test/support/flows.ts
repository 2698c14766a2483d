import type { Client } from 'openapi-fetch'
import type {
  ApiError,
  CanceledSessionResponse,
  paths,
  SendBackendOtpBody,
  SendInstantOtpBody,
  SentOtpResponse,
  SessionDetailsResponse,
  VerificationPageResponse,
  VerifyBody,
  VerifyResultResponse,
} from '../../server/generated/contract.ts'
import type { OperationId } from './contract.ts'
import type { TestServer } from './server.ts'

interface Answer<Data> {
  data?: Data
  error?: { error: ApiError }
  response: Response
}

type Api = Client<paths>

/** One flow as a caller sees it, through the generated types. */
export interface Flow {
  sendId: OperationId
  verifyId: OperationId
  statusId: OperationId
  cancelId: OperationId
  sessionIdPrefix: string
  sendLimitCode: 'OTP_RATE_LIMITED' | 'RATE_LIMITED'
  send(api: Api, body: SendBackendOtpBody | SendInstantOtpBody): Promise<Answer<SentOtpResponse>>
  verify(api: Api, body: VerifyBody): Promise<Answer<VerifyResultResponse>>
  /** Needs a server key, like `cancel`. */
  status(api: Api, sessionId: string): Promise<Answer<SessionDetailsResponse>>
  cancel(api: Api, sessionId: string): Promise<Answer<CanceledSessionResponse>>
  /** Creates a client with a new credential that opens the flow. */
  authorized(server: TestServer, projectId?: string): Promise<Api>
}

const withServerKey = async (server: TestServer, projectId = 'default') =>
  server.client(await server.key({ projectId }))

export const instant: Flow = {
  sendId: 'sendInstantOtp',
  verifyId: 'verifyInstantOtp',
  statusId: 'getInstantOtpStatus',
  cancelId: 'cancelInstantOtp',
  sessionIdPrefix: 'otp_sess_',
  sendLimitCode: 'OTP_RATE_LIMITED',
  send: (api, body) => api.POST('/api/v1/instant-otp/send', { body }),
  verify: (api, body) => api.POST('/api/v1/instant-otp/verify', { body }),
  status: (api, sessionId) => api.GET('/api/v1/instant-otp/status', { params: { query: { sessionId } } }),
  cancel: (api, sessionId) => api.POST('/api/v1/instant-otp/cancel', { body: { sessionId } }),
  authorized: async (server, projectId = 'default') =>
    server.client((await server.token({ projectId })).token),
}

export const backend: Flow = {
  sendId: 'sendBackendOtp',
  verifyId: 'verifyBackendOtp',
  statusId: 'getBackendOtpStatus',
  cancelId: 'cancelBackendOtp',
  sessionIdPrefix: 'otp_backend_',
  sendLimitCode: 'RATE_LIMITED',
  send: (api, body) => api.POST('/api/v1/backend-otp/send', { body }),
  verify: (api, body) => api.POST('/api/v1/backend-otp/verify', { body }),
  status: (api, sessionId) => api.GET('/api/v1/backend-otp/status', { params: { query: { sessionId } } }),
  cancel: (api, sessionId) => api.POST('/api/v1/backend-otp/cancel', { body: { sessionId } }),
  authorized: withServerKey,
}

export const emailVerification: Flow = {
  sendId: 'sendEmailVerification',
  verifyId: 'verifyEmailVerification',
  statusId: 'getEmailVerificationStatus',
  cancelId: 'cancelEmailVerification',
  sessionIdPrefix: 'ev_',
  sendLimitCode: 'RATE_LIMITED',
  send: (api, body) => api.POST('/api/v1/email-verification/send', { body }),
  verify: (api, body) => api.POST('/api/v1/email-verification/verify', { body }),
  status: (api, sessionId) =>
    api.GET('/api/v1/email-verification/status', { params: { query: { sessionId } } }),
  cancel: (api, sessionId) => api.POST('/api/v1/email-verification/cancel', { body: { sessionId } }),
  authorized: withServerKey,
}

/** A flow whose history can be listed. */
export interface FlowWithHistory extends Flow {
  listId: OperationId
  list(
    api: Api,
    query?: { limit?: number; cursor?: string; reference?: string },
  ): Promise<Answer<VerificationPageResponse>>
  /** Creates a client that may send, verify and list. */
  historian(server: TestServer, projectId?: string): Promise<Api>
}

export const instantWithHistory: FlowWithHistory = {
  ...instant,
  listId: 'listInstantOtpVerifications',
  list: (api, query = {}) => api.GET('/api/v1/instant-otp/verifications', { params: { query } }),
  historian: async (server, projectId = 'default') => {
    const { token, secret } = await server.token({ projectId })
    return server.client(token, { 'X-Otp-Secret': secret })
  },
}

export const backendWithHistory: FlowWithHistory = {
  ...backend,
  listId: 'listBackendOtpVerifications',
  list: (api, query = {}) => api.GET('/api/v1/backend-otp/verifications', { params: { query } }),
  historian: withServerKey,
}

export const emailVerificationWithHistory: FlowWithHistory = {
  ...emailVerification,
  listId: 'listEmailVerifications',
  list: (api, query = {}) => api.GET('/api/v1/email-verification/verifications', { params: { query } }),
  historian: withServerKey,
}

/** Sends a code and reads it from the inbox. @throws if the send fails */
export async function sendAndRead(server: TestServer, flow: Flow, api: Api, body: SendBackendOtpBody) {
  const { data, error } = await flow.send(api, body)
  if (data === undefined) throw new Error(`the send failed: ${JSON.stringify(error)}`)
  return { sessionId: data.data.sessionId, email: body.email, code: server.sink.codeTo(body.email) }
}

/** Returns a different code of the same length. */
export function wrongCode(code: string): string {
  return code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
}
