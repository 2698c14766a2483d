// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { ErrorCode, ErrorReason } from './contract.ts'

/** The effect of a label in the local part of a recipient, in the sandbox and in the mock. */
export interface TestOutcome {
  summary: string
  /** Where it shows: in the response to the send, in the session that it opens, or in the response to a verify. */
  at: 'send' | 'session' | 'verify'
  error?: ErrorCode
  reason?: ErrorReason
  retryAfterSeconds?: number
  delaySeconds?: number
  /** The status with which the session ends at once. */
  status?: 'EXPIRED' | 'ATTEMPTS_USED_UP'
}

/** The right code is as many of its first digits as a code has. Every other code is wrong. */
export const longestTestCode = '4242424242'

export const testOutcomes: Readonly<Record<string, TestOutcome>> = {
  "delivery-failed": {
    "summary": "The mail server does not accept the email.",
    "at": "send",
    "error": "SMTP_DELIVERY_FAILED",
    "reason": "RECIPIENT_REFUSED"
  },
  "smtp-not-configured": {
    "summary": "The service has no mail server to send with.",
    "at": "send",
    "error": "SMTP_NOT_CONFIGURED"
  },
  "unavailable": {
    "summary": "The service is not available right now.",
    "at": "send",
    "error": "SERVICE_UNAVAILABLE",
    "retryAfterSeconds": 5
  },
  "rate-limited": {
    "summary": "Too many codes were requested with this credential.",
    "at": "send",
    "error": "RATE_LIMITED",
    "reason": "SEND_LIMIT",
    "retryAfterSeconds": 42
  },
  "recipient-limited": {
    "summary": "Too many codes were requested for this recipient.",
    "at": "send",
    "error": "RATE_LIMITED",
    "reason": "SEND_LIMIT",
    "retryAfterSeconds": 900
  },
  "guess-limited": {
    "summary": "The code is sent. Too many wrong codes were typed for this recipient, so no code can be verified.",
    "at": "verify",
    "error": "RATE_LIMITED",
    "reason": "GUESS_LIMIT",
    "retryAfterSeconds": 3600
  },
  "slow": {
    "summary": "The send takes 3 seconds to answer.",
    "at": "send",
    "delaySeconds": 3
  },
  "expired": {
    "summary": "The code is sent, and expires at once.",
    "at": "session",
    "status": "EXPIRED"
  },
  "attempts-used-up": {
    "summary": "The code is sent, and all attempts of its session are used up at once.",
    "at": "session",
    "status": "ATTEMPTS_USED_UP"
  }
}
