// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { ErrorCode, ErrorReason } from './contract.ts'

/** What a label in the local part of a recipient causes, in the sandbox and in the mock. */
export interface TestOutcome {
  summary: string
  /** When it shows: in the answer to the send, in the session that it opens, or in the answer to a verify. */
  at: 'send' | 'session' | 'verify'
  error?: ErrorCode
  reason?: ErrorReason
  retryAfterSeconds?: number
  delaySeconds?: number
  /** How the session ends at once. */
  status?: 'EXPIRED' | 'ATTEMPTS_USED_UP'
}

/** Its first digits are the right code; every other code is wrong. */
export const longestTestCode = '4242424242'

export const testOutcomes: Readonly<Record<string, TestOutcome>> = {
  "delivery-failed": {
    "summary": "The mail server does not accept the mail.",
    "at": "send",
    "error": "SMTP_DELIVERY_FAILED",
    "reason": "RECIPIENT_REFUSED"
  },
  "smtp-not-configured": {
    "summary": "The server has no mail server to send with.",
    "at": "send",
    "error": "SMTP_NOT_CONFIGURED"
  },
  "unavailable": {
    "summary": "The service cannot serve now.",
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
    "summary": "The code is sent. Too many wrong codes were typed for this recipient, so none can be verified.",
    "at": "verify",
    "error": "RATE_LIMITED",
    "reason": "GUESS_LIMIT",
    "retryAfterSeconds": 3600
  },
  "slow": {
    "summary": "The answer to the send comes after 3 seconds.",
    "at": "send",
    "delaySeconds": 3
  },
  "expired": {
    "summary": "The code is sent, and has expired at once.",
    "at": "session",
    "status": "EXPIRED"
  },
  "attempts-used-up": {
    "summary": "The code is sent, and the attempts of its session are used up at once.",
    "at": "session",
    "status": "ATTEMPTS_USED_UP"
  }
}
