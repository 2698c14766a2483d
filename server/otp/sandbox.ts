import { isSessionId } from '../flows.ts'
import type { TestOutcome } from '../generated/test-outcomes.ts'
import { DeliveryFailed, type DeliveryReason, type Mailer } from './delivery.ts'
import { noGuessLimits } from './guesses.ts'
import { sandboxRecipient } from './recipient.ts'
import { checkSend, type IssuedSession, type SendDependencies, type SendRequest, sendCode } from './send.ts'
import { refusalOf, testCode, testOutcomeOf } from './test-outcomes.ts'
import { type VerifyDependencies, type VerifyRequest, verifyCode } from './verify.ts'

// Sandbox credentials follow the live rules. But nothing reaches a mailbox, and nothing counts for anyone else.

/** Resolves after this many milliseconds. */
export type Wait = (ms: number) => Promise<void>

/**
 * `sendCode` without an email. The code is `testCode`, and the recipient's label decides the outcome. Only the
 * credential's limit applies, because tests run often and with the same recipients.
 * @throws {OtpError} the errors of `sendCode`, and the one that the label asks for
 */
export async function sendInSandbox(
  { wait, ...dependencies }: SendDependencies & { wait: Wait },
  request: SendRequest,
): Promise<IssuedSession> {
  const outcome = testOutcomeOf(request.email)
  const mailer = sandboxMailer(outcome, wait)
  const { limits } = dependencies
  const rules = {
    ...dependencies,
    mailer,
    mintCode: testCode,
    limits: { ...noSendLimits, credential: limits.credential },
    guesses: noGuessLimits,
  }
  checkSend(rules, request)
  if (outcome?.at === 'send' && outcome.error && outcome.error !== 'SMTP_DELIVERY_FAILED')
    throw refusalOf(outcome, request.flow)
  const sent = await sendCode(rules, {
    ...request,
    recipient: sandboxRecipient(request.recipient),
    client: undefined,
    expiresInSeconds: outcome?.status === 'EXPIRED' ? 0 : request.expiresInSeconds,
  })
  if (outcome?.status === 'ATTEMPTS_USED_UP') await useUpAttempts(rules, request, sent.sessionId)
  return sent
}

/** `verifyCode` in the sandbox. @throws {OtpError} the errors of `verifyCode`, and the one that the label asks for */
export async function verifyInSandbox(
  dependencies: VerifyDependencies,
  request: VerifyRequest,
): Promise<void> {
  const outcome = testOutcomeOf(request.email)
  if (outcome?.at === 'verify' && isSessionId(request.flow, request.sessionId))
    throw refusalOf(outcome, request.flow)
  await verifyCode({ ...dependencies, guesses: noGuessLimits }, { ...request, client: undefined })
}

const noSendLimits: SendDependencies['limits'] = {
  recipient: undefined,
  recipientTotal: undefined,
  mailbox: undefined,
  credential: undefined,
  address: undefined,
  addressWhenBusy: undefined,
  network: undefined,
  networkWhenBusy: undefined,
  failures: undefined,
}

/** The longest time that a sandbox send takes, in milliseconds. */
const timeoutMs = 10_000

function sandboxMailer(outcome: TestOutcome | undefined, wait: Wait): Mailer {
  return {
    isConfigured: outcome?.error !== 'SMTP_NOT_CONFIGURED',
    timeoutMs,
    async deliver() {
      if (outcome?.delaySeconds) await wait(outcome.delaySeconds * 1000)
      if (outcome?.error === 'SMTP_DELIVERY_FAILED')
        throw new DeliveryFailed('the label of the recipient requests this failure', {
          reason: outcome.reason as DeliveryReason,
        })
      return undefined
    },
  }
}

/** Enters wrong codes until the session takes no more. */
async function useUpAttempts(
  { sessions, guesses }: SendDependencies,
  { flow, projectId, otpDigits }: SendRequest,
  sessionId: string,
): Promise<void> {
  const wrong = { sessionId, flow: flow.name, projectId, typedDigits: otpDigits, hashesFor: () => [] }
  for (let outcome = 'wrong'; outcome === 'wrong'; )
    ({ outcome } = await sessions.attempt({ ...wrong, guesses, client: undefined }))
}
