import type { ErrorCode } from '../generated/contract.ts'
import type { ResendView } from '../otp/resend.ts'
import type { Said, Texts } from '../texts/texts.ts'

/** The values that a text may contain. */
interface Figures {
  attemptsLeft: number
  /** The wait in words. */
  wait: string
}

/** The response of the page in one state. */
export interface Answer {
  status: number
  /** For the log. */
  errorCode?: ErrorCode
  kind: 'good' | 'bad' | 'plain'
  said: (page: Texts['page'], figures: Figures) => Said
}

/** The states of a page that belongs to no session. */
export type Trouble =
  | 'unavailable'
  | 'fault'
  | 'notUnderstood'
  | 'tooLarge'
  | 'notAForm'
  | 'foreign'
  | 'method'

export type PageStateName = Exclude<ResendView['state'], 'resent'> | 'newCode' | 'home' | Trouble

const refused = { kind: 'bad', said: (page: Texts['page']) => page.notUnderstood } as const
const invalid = { status: 400, errorCode: 'VALIDATION_FAILED', kind: 'bad' } as const
const limited = { status: 429, errorCode: 'RATE_LIMITED', kind: 'bad' } as const

/**
 * Every state with its status and its text. Opening the link again after success is a 200: nothing went wrong for that
 * person. `usedUp` and `tooManyTries` share a status, but waiting helps only in the second case.
 */
export const answers: Record<PageStateName, Answer> = {
  open: { status: 200, kind: 'plain', said: (page) => ({ heading: page.open, text: '' }) },
  newCode: { status: 200, kind: 'plain', said: (page) => page.resend.sent },
  missingCode: { ...invalid, said: (page) => page.missingCode },
  wrong: {
    status: 400,
    errorCode: 'INVALID_CODE',
    kind: 'bad',
    said: (page, { attemptsLeft }) => page.wrongCode(attemptsLeft),
  },
  usedUp: { ...limited, said: (page) => page.attemptsUsedUp },
  expired: { status: 410, errorCode: 'SESSION_NOT_FOUND', kind: 'bad', said: (page) => page.expired },
  canceled: { status: 410, errorCode: 'SESSION_NOT_FOUND', kind: 'bad', said: (page) => page.canceled },
  verified: { status: 200, kind: 'good', said: (page) => page.verified },
  alreadyVerified: { status: 200, kind: 'good', said: (page) => page.alreadyVerified },
  unknown: { status: 404, errorCode: 'SESSION_NOT_FOUND', kind: 'bad', said: (page) => page.unknownLink },
  tooManyTries: { ...limited, said: (page, { wait }) => page.tooManyTries(wait) },
  missingAddress: { ...invalid, said: (page) => page.resend.missingAddress },
  wrongAddress: { ...invalid, said: (page) => page.resend.wrongAddress },
  wait: { ...limited, said: (page, { wait }) => page.resend.wait(wait) },
  notSent: {
    status: 502,
    errorCode: 'SMTP_DELIVERY_FAILED',
    kind: 'bad',
    said: (page) => page.resend.notSent,
  },
  noNewCode: { status: 403, errorCode: 'UNAUTHORIZED', kind: 'bad', said: (page) => page.resend.noNewCode },
  home: { status: 200, kind: 'plain', said: (page) => page.home },
  unavailable: {
    status: 503,
    errorCode: 'SERVICE_UNAVAILABLE',
    kind: 'bad',
    said: (page) => page.unavailable,
  },
  fault: { status: 500, errorCode: 'INTERNAL_ERROR', kind: 'bad', said: (page) => page.unavailable },
  notUnderstood: { status: 400, errorCode: 'VALIDATION_FAILED', ...refused },
  foreign: { status: 403, errorCode: 'ORIGIN_NOT_ALLOWED', ...refused },
  method: { status: 405, errorCode: 'METHOD_NOT_ALLOWED', ...refused },
  tooLarge: { status: 413, errorCode: 'PAYLOAD_TOO_LARGE', ...refused },
  notAForm: { status: 415, errorCode: 'UNSUPPORTED_MEDIA_TYPE', ...refused },
}
