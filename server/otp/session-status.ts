import { OtpError } from '../errors.ts'
import { type Flow, isSessionId } from '../flows.ts'
import type { SessionDetails } from '../generated/contract.ts'
import { isSandbox } from '../sandbox.ts'
import type { SessionStore } from './ports.ts'
import { eventsOf, viewOf } from './status.ts'
import { testCode } from './test-outcomes.ts'

/** The error for operations that need a session that the store still has. */
export function sessionNotKept(): OtpError {
  return new OtpError('SESSION_NOT_FOUND', {
    message:
      'Your project has no session with this id in this flow. It may have been deleted after its retention time.',
  })
}

/**
 * Returns the current state of a session.
 * @throws {OtpError} SESSION_NOT_FOUND, also for a session of another flow or project
 */
export async function sessionStatus(
  sessions: SessionStore,
  { flow, projectId, sessionId }: { flow: Flow; projectId: string; sessionId: string },
): Promise<SessionDetails> {
  const found = isSessionId(flow, sessionId) ? await sessions.findRecord(sessionId) : undefined
  if (found === undefined || found.session.projectId !== projectId) throw sessionNotKept()
  const { session, at } = found
  return {
    ...viewOf(session, at),
    events: eventsOf(session, at),
    ...(isSandbox(projectId) && { testCode: testCode(session.otpDigits) }),
  }
}
