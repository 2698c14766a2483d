import type { createErasedKeys } from '../otp/erased.ts'
import type { SessionStore } from '../otp/ports.ts'
import type { VerifyDependencies } from '../otp/verify.ts'
import { cancelBackendOtp, cancelEmailVerification, cancelInstantOtp } from './handlers/cancel.ts'
import { eraseRecipient } from './handlers/erase.ts'
import {
  listBackendOtpVerifications,
  listEmailVerifications,
  listInstantOtpVerifications,
} from './handlers/list.ts'
import {
  type SendingDependencies,
  sendBackendOtp,
  sendEmailVerification,
  sendInstantOtp,
} from './handlers/send.ts'
import { getBackendOtpStatus, getEmailVerificationStatus, getInstantOtpStatus } from './handlers/status.ts'
import { verifyBackendOtp, verifyEmailVerification, verifyInstantOtp } from './handlers/verify.ts'
import type { RequestLimit } from './request-limit.ts'
import type { Handlers } from './types.ts'

/** What the handlers of all operations need. */
export interface HandlerParts {
  sending: SendingDependencies
  verifying: VerifyDependencies
  sessions: SessionStore
  erasedKeys: ReturnType<typeof createErasedKeys>
  /** Counts the requests of a credential before the handler runs. */
  limited: RequestLimit
  hostedVerifyUrl: (sessionId: string) => string
  autofillHost: string | undefined
}

/** The handler of every operation, by its operationId. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { sending, verifying, sessions, erasedKeys, limited, hostedVerifyUrl, autofillHost } = parts
  return {
    sendInstantOtp: sendInstantOtp(sending),
    sendBackendOtp: sendBackendOtp(sending),
    sendEmailVerification: sendEmailVerification(sending, hostedVerifyUrl, autofillHost),
    verifyInstantOtp: limited(verifyInstantOtp(verifying)),
    verifyBackendOtp: limited(verifyBackendOtp(verifying)),
    verifyEmailVerification: limited(verifyEmailVerification(verifying)),
    listInstantOtpVerifications: limited(listInstantOtpVerifications(sessions)),
    listBackendOtpVerifications: limited(listBackendOtpVerifications(sessions)),
    listEmailVerifications: limited(listEmailVerifications(sessions)),
    getInstantOtpStatus: limited(getInstantOtpStatus(sessions)),
    getBackendOtpStatus: limited(getBackendOtpStatus(sessions)),
    getEmailVerificationStatus: limited(getEmailVerificationStatus(sessions)),
    cancelInstantOtp: limited(cancelInstantOtp(sessions)),
    cancelBackendOtp: limited(cancelBackendOtp(sessions)),
    cancelEmailVerification: limited(cancelEmailVerification(sessions)),
    eraseRecipient: limited(eraseRecipient({ sessions, erasedKeys })),
  }
}
