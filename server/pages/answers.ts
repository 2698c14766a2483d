import type { ErrorCode } from '../generated/contract.ts'
import type { PageState } from '../otp/page.ts'
import type { Texts } from '../texts/texts.ts'

/** How the page answers in one state. */
export interface Answer {
  status: number
  /** For the log. */
  errorCode?: ErrorCode
  kind: 'good' | 'bad' | 'plain'
  message?: (page: Texts['page'], attemptsLeft: number) => string
}

/** What is shown though no session was asked about. */
export type Trouble =
  | 'unavailable'
  | 'fault'
  | 'notUnderstood'
  | 'tooLarge'
  | 'notAForm'
  | 'foreign'
  | 'method'

const refused = { kind: 'bad', message: (page: Texts['page']) => page.notUnderstood } as const

/**
 * Every state with its status and its text. Already verified is a 200, because nothing has gone wrong for the
 * recipient who opens the link once more. Used up and too many tries share a status, and only the second one
 * is cured by waiting.
 */
export const answers: Record<PageState | Trouble, Answer> = {
  open: { status: 200, kind: 'plain' },
  missingCode: {
    status: 400,
    errorCode: 'VALIDATION_FAILED',
    kind: 'bad',
    message: (page) => page.missingCode,
  },
  wrong: {
    status: 400,
    errorCode: 'INVALID_CODE',
    kind: 'bad',
    message: (page, attemptsLeft) => page.wrongCode(attemptsLeft),
  },
  usedUp: { status: 429, errorCode: 'RATE_LIMITED', kind: 'bad', message: (page) => page.attemptsUsedUp },
  expired: { status: 410, errorCode: 'SESSION_NOT_FOUND', kind: 'bad', message: (page) => page.expired },
  verified: { status: 200, kind: 'good', message: (page) => page.verified },
  alreadyVerified: { status: 200, kind: 'good', message: (page) => page.alreadyVerified },
  unknown: { status: 404, errorCode: 'SESSION_NOT_FOUND', kind: 'bad', message: (page) => page.unknownLink },
  tooManyTries: { status: 429, errorCode: 'RATE_LIMITED', kind: 'bad', message: (page) => page.tooManyTries },
  unavailable: {
    status: 503,
    errorCode: 'SERVICE_UNAVAILABLE',
    kind: 'bad',
    message: (page) => page.unavailable,
  },
  fault: { status: 500, errorCode: 'INTERNAL_ERROR', kind: 'bad', message: (page) => page.unavailable },
  notUnderstood: { status: 400, errorCode: 'VALIDATION_FAILED', ...refused },
  foreign: { status: 403, errorCode: 'ORIGIN_NOT_ALLOWED', ...refused },
  method: { status: 405, errorCode: 'METHOD_NOT_ALLOWED', ...refused },
  tooLarge: { status: 413, errorCode: 'PAYLOAD_TOO_LARGE', ...refused },
  notAForm: { status: 415, errorCode: 'UNSUPPORTED_MEDIA_TYPE', ...refused },
}
