import type { ErrorCode } from './generated/contract.ts'

/** The differences between flows. They share everything else. */
export interface Flow {
  /** The name in the store and in the log. */
  name: 'instant' | 'backend' | 'email_verification'
  /** Comes before the ULID in every session id of this flow. */
  sessionIdPrefix: string
  /** The error code of the 429 response when a send limit is reached. */
  sendLimitCode: ErrorCode
}

export const flows = {
  instant: {
    name: 'instant',
    sessionIdPrefix: 'otp_sess_',
    sendLimitCode: 'OTP_RATE_LIMITED',
  },
  backend: {
    name: 'backend',
    sessionIdPrefix: 'otp_backend_',
    sendLimitCode: 'RATE_LIMITED',
  },
  emailVerification: {
    name: 'email_verification',
    sessionIdPrefix: 'ev_',
    sendLimitCode: 'RATE_LIMITED',
  },
} as const satisfies Record<string, Flow>

/** Returns the flow of an operation, or undefined if it belongs to no flow. */
export function flowOf(operationId: string): Flow | undefined {
  if (operationId.includes('InstantOtp')) return flows.instant
  if (operationId.includes('BackendOtp')) return flows.backend
  return operationId.includes('EmailVerification') ? flows.emailVerification : undefined
}

/** True if the text has the form of a session id of this flow: the prefix and a ULID. */
export function isSessionId(flow: Flow, text: string): boolean {
  return (
    text.startsWith(flow.sessionIdPrefix) && /^[0-9A-Z]{26}$/.test(text.slice(flow.sessionIdPrefix.length))
  )
}
