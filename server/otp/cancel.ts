import { OtpError } from '../errors.ts'
import { type Flow, isSessionId } from '../flows.ts'
import type { SessionStore } from './ports.ts'
import type { EndStatus } from './session.ts'
import { sessionNotKept } from './session-status.ts'

/**
 * Ends an open session, so its code no longer works. A session that has already ended stays as it is.
 * @returns how the session ended
 * @throws {OtpError} SESSION_NOT_FOUND, SESSION_CLOSED
 */
export async function cancelSession(
  sessions: SessionStore,
  { flow, projectId, sessionId }: { flow: Flow; projectId: string; sessionId: string },
): Promise<Exclude<EndStatus, 'VERIFIED'>> {
  if (!isSessionId(flow, sessionId)) throw sessionNotKept()
  const verdict = await sessions.cancel(sessionId, { flow: flow.name, projectId })
  switch (verdict.outcome) {
    case 'missing':
      throw sessionNotKept()
    case 'verified':
      throw new OtpError('SESSION_CLOSED')
    case 'ended':
      return verdict.status
  }
}
