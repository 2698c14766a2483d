import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { NewSession, SendLimit } from '../../server/otp/ports.ts'
import { guessLimit, newSession } from './new-session.ts'
import type { OpenStore } from './stores.ts'

export const minute = 60_000
export const hour = 60 * minute

/** The hash of a session's code in these tests. */
export const codeOf = (id: string) => Buffer.alloc(32, id)

/** What the tests of the store of sessions do with it, and the results that they expect. @param now the store's clock */
export function sessionTools(store: () => OpenStore, now: () => number) {
  const issued = (quota?: object) => ({
    outcome: 'issued',
    expiresAt: now() + 1_000_000,
    quota,
    isTestRecipient: false,
  })
  const limited = (retryAfterMs: number) => ({
    outcome: 'limited',
    isGuessLimit: false,
    limit: onePerMinute[0],
    retryAfterMs,
    quota: undefined,
  })
  const onePerMinute: SendLimit[] = [{ subject: 'recipient', max: 1, windowMs: minute }]

  /** Issues a session whose code is known. Its recipient is the id without the last character. */
  const issue = (id: string, overrides: Partial<NewSession> = {}, limits: SendLimit[] = []) => {
    const recipient = id.slice(0, -1)
    const known = { codeHash: codeOf(id), canonicalRecipient: recipient, countedRecipient: recipient }
    return store().sessions.issue(newSession(id, { ...known, ...overrides }), limits, noGuessLimits)
  }

  /** Types a code into a session. */
  const attempt = async (sessionId: string, code: Buffer, budget?: { max: number; windowMs: number }) =>
    store().sessions.attempt({
      sessionId,
      flow: 'backend',
      projectId: 'default',
      typedDigits: 6,
      hashesFor: () => [code],
      guesses: budget ? guessLimit(budget) : noGuessLimits,
      client: undefined,
    })
  const outcome = async (sessionId: string, code: Buffer) => (await attempt(sessionId, code)).outcome
  return { issued, limited, onePerMinute, issue, attempt, outcome }
}
