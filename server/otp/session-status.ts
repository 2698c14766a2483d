import { OtpError } from '../errors.ts'
import { type Flow, isSessionId } from '../flows.ts'
import type { SessionDetails } from '../generated/contract.ts'
import { isSandbox } from '../sandbox.ts'
import type { SessionStore } from './ports.ts'
import { eventsOf, viewOf } from './status.ts'
import { testCode } from './test-outcomes.ts'

/** For operations on a session of which the caller must know that it is kept. */
export function sessionNotKept(): OtpError {
  return new OtpError('SESSION_NOT_FOUND', {
    message:
      'Your project has no session with this id in this flow. The session may have been deleted after its retention.',
  })
}

/**
 * What became of a session, as it stands now.
 * @throws {OtpError} SESSION_NOT_FOUND for one of another flow or project, too
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
