import type { Erased, Erasure } from '../otp/erased.ts'
import type { HistoryQuery, HostedSession, PageTries, SessionStore } from '../otp/ports.ts'
import type { Engine } from './engine.ts'
import {
  byReferenceAfter,
  newestByReference,
  newestVerifications,
  verificationsAfter,
} from './history-statements.ts'
import { type HostedRow, hostedSession, sessionNow } from './statements.ts'
import { attempt } from './steps/attempt.ts'
import { cancel } from './steps/end.ts'
import {
  allProjects,
  countErasableEvents,
  countErasableSessions,
  erasePart,
  eraseWebhookEvents,
} from './steps/erase.ts'
import { issue } from './steps/issue.ts'
import { markFailed, markSent, markUnknown } from './steps/outcome.ts'
import { pageTry } from './steps/page-try.ts'

export function createSessionStore(engine: Engine): SessionStore {
  return {
    timeoutMs: engine.timeoutMs,
    issue: (session, limits, guesses) => engine.run(issue(session, limits, guesses, engine.timeoutMs)),
    markSent: (sessionId, delivery) => engine.run(markSent(sessionId, delivery)),
    markFailed: (sessionId, delivery) => engine.run(markFailed(sessionId, delivery)),
    markUnknown: (sessionId, delivery) => engine.run(markUnknown(sessionId, delivery)),
    attempt: (wanted) => engine.run(attempt(wanted)),
    cancel: (sessionId, wanted) => engine.run(cancel(sessionId, wanted)),
    listVerified: (query) => engine.read(historyOf(query)),
    async findRecord(sessionId) {
      const [row] = await engine.read(sessionNow(sessionId))
      if (row === undefined) return undefined
      const { at, ...session } = row
      return { session, at }
    },
    erase: (erasure) => erase(engine, erasure),
    async countErasable({ mailbox, counted, projectId }) {
      const [sessions] = await engine.read(countErasableSessions(mailbox, counted, projectId))
      const [events] = await engine.read(countErasableEvents(counted, projectId))
      return { sessions: sessions?.n ?? 0, webhookEvents: events?.n ?? 0 }
    },
    projects: async () => (await engine.read(allProjects())).map(({ projectId }) => projectId),
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
    credentialId: row.credentialId,
    reference: row.reference ?? undefined,
    lifetimeMs: row.lifetimeMs,
    email: row.email,
    canonicalRecipient: row.canonicalRecipient,
    locale: row.locale ?? undefined,
    redirectUrl: row.redirectUrl ?? undefined,
    otpDigits: row.otpDigits,
    attemptsLeft: Math.max(0, row.maxAttempts - row.attempts),
    isExpired: row.leftMs <= 0,
    isVerified: row.verifiedAt !== null,
    isCanceled: row.canceledAt !== null,
    isFailed: row.failedAt !== null,
  }
}

function historyOf({ projectId, flow, limit, position, reference }: HistoryQuery) {
  if (reference === undefined) {
    return position
      ? verificationsAfter(projectId, flow, limit, position.verifiedAt, position.id)
      : newestVerifications(projectId, flow, limit)
  }
  return position
    ? byReferenceAfter(projectId, flow, limit, position.verifiedAt, position.id, reference)
    : newestByReference(projectId, flow, limit, reference)
}

async function erase(engine: Engine, erasure: Erasure): Promise<Erased> {
  let sessions = 0
  for (let isLast = false; !isLast; ) {
    const part = await engine.run(erasePart(erasure))
    sessions += part.sessions
    isLast = part.isLast
  }
  const webhookEvents = await engine.run(eraseWebhookEvents(erasure))
  await engine.scrub()
  return { sessions, webhookEvents }
}
