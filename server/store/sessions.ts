import type { HostedSession, PageTries, SessionStore } from '../otp/ports.ts'
import type { Engine } from './engine.ts'
import { type HostedRow, hostedSession, newestVerifications, verificationsAfter } from './statements.ts'
import { attempt } from './steps/attempt.ts'
import { issue } from './steps/issue.ts'
import { markFailed, markSent, markUnknown } from './steps/outcome.ts'
import { pageTry } from './steps/page-try.ts'

export function createSessionStore(engine: Engine): SessionStore {
  return {
    timeoutMs: engine.timeoutMs,
    issue: (session, limits, guesses) => engine.run(issue(session, limits, guesses, engine.timeoutMs)),
    markSent: (sessionId) => engine.run(markSent(sessionId)),
    markFailed: (sessionId) => engine.run(markFailed(sessionId)),
    markUnknown: (sessionId) => engine.run(markUnknown(sessionId)),
    attempt: (wanted) => engine.run(attempt(wanted)),
    listVerified: (projectId, flow, limit, position) =>
      engine.read(
        position
          ? verificationsAfter(projectId, flow, limit, position.verifiedAt, position.id)
          : newestVerifications(projectId, flow, limit),
      ),
    async find(sessionId, flow) {
      const [row] = await engine.read(hostedSession(sessionId, flow))
      return row && fromRow(row)
    },
  }
}

export function createPageTries(engine: Engine): PageTries {
  return { count: (client, limit) => engine.run(pageTry(client, limit)) }
}

function fromRow(row: HostedRow): HostedSession {
  return {
    projectId: row.projectId,
    email: row.email,
    canonicalRecipient: row.canonicalRecipient,
    locale: row.locale ?? undefined,
    redirectUrl: row.redirectUrl ?? undefined,
    otpDigits: row.otpDigits,
    attemptsLeft: Math.max(0, row.maxAttempts - row.attempts),
    isExpired: row.leftMs <= 0,
    isVerified: row.verifiedAt !== null,
    isFailed: row.failedAt !== null,
  }
}
