import type { ErrorCode } from './generated/contract.ts'

/** What distinguishes one flow from another; everything else they share. */
export interface Flow {
  /** The name in the store and in the log. */
  name: 'instant' | 'backend' | 'email_verification'
  /** Stands before the ULID in every session id of this flow. */
  sessionIdPrefix: string
  /** The code of the 429 when a send limit is reached. */
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

/** The flow of an operation of the contract; undefined for one that is of none. */
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
