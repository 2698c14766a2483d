import { OtpError } from '../errors.ts'
import type { Flow } from '../flows.ts'
import { longestTestCode, type TestOutcome, testOutcomes } from '../generated/test-outcomes.ts'
import { tooManyWrongCodes } from './refusals.ts'

/** Returns the right code of every sandbox session with this many digits. */
export function testCode(digits: number): string {
  return longestTestCode.slice(0, digits)
}

/**
 * Returns the outcome that a recipient's label asks for: `anyone+delivery-failed@example.com` has the label
 * `delivery-failed`. The first label counts. Tags that are not labels are ignored, so a test can tell its recipients
 * apart: `+run-7+slow`.
 */
export function testOutcomeOf(address: string): TestOutcome | undefined {
  const [, ...labels] = address.slice(0, address.lastIndexOf('@')).toLowerCase().split('+')
  const label = labels.find((candidate) => Object.hasOwn(testOutcomes, candidate))
  return label === undefined ? undefined : testOutcomes[label]
}

/** Returns the error that a label asks for. */
export function refusalOf(outcome: TestOutcome, flow: Flow): OtpError {
  const { error = 'INTERNAL_ERROR', at, reason, retryAfterSeconds } = outcome
  const code = error === 'RATE_LIMITED' && at === 'send' ? flow.sendLimitCode : error
  return new OtpError(code, {
    ...(reason && { reason }),
    ...(retryAfterSeconds && { retryAfterSeconds }),
    ...(reason === 'GUESS_LIMIT' && { message: tooManyWrongCodes }),
  })
}
