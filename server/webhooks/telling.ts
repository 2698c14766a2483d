import type { SessionStore } from '../otp/ports.ts'

/** Wakes the webhook dispatcher after every change that may have ended a session. */
export function telling(sessions: SessionStore, wake: () => void): SessionStore {
  const then = async <T>(change: Promise<T>): Promise<T> => {
    const outcome = await change
    wake()
    return outcome
  }
  return {
    ...sessions,
    attempt: (wanted) => then(sessions.attempt(wanted)),
    cancel: (sessionId, wanted) => then(sessions.cancel(sessionId, wanted)),
    markFailed: (sessionId, delivery) => then(sessions.markFailed(sessionId, delivery)),
  }
}
