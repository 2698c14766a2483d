import { document, header } from './document.ts'

/** Generates the table of test outcomes for the server and the mock. */
export function testOutcomes(): string {
  const { code, labels } = document['x-test-outcomes']
  return `${header}import type { ErrorCode, ErrorReason } from './contract.ts'

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
export const longestTestCode = '${code}'

export const testOutcomes: Readonly<Record<string, TestOutcome>> = ${JSON.stringify(labels, null, 2)}
`
}
