import { document, header } from './document.ts'

/** Generates the table of test outcomes for the server and the mock. */
export function testOutcomes(): string {
  const { code, labels } = document['x-test-outcomes']
  return `${header}import type { ErrorCode, ErrorReason } from './contract.ts'

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
export const longestTestCode = '${code}'

export const testOutcomes: Readonly<Record<string, TestOutcome>> = ${JSON.stringify(labels, null, 2)}
`
}
