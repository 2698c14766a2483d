import { invalidRequest } from '../errors.ts'
import { isSandbox } from '../sandbox.ts'
import type { Erased, ErasedKeys, Erasure } from './erased.ts'
import type { SessionStore } from './ports.ts'
import { parseRecipient, sandboxRecipient } from './recipient.ts'

export interface EraseDependencies {
  sessions: SessionStore
  /** Makes the keys that limits use to keep counting an erased recipient. */
  erasedKeys: (recipient: { counted: string; mailbox: string }) => ErasedKeys
}

/**
 * Erases everything that a project stores about a mailbox, for every spelling of its address.
 * @throws {OtpError} VALIDATION_FAILED if `email` is not exactly one address
 */
export function eraseRecipient(
  dependencies: EraseDependencies,
  request: { projectId: string; email: string },
): Promise<Erased> {
  return dependencies.sessions.erase(erasureOf(dependencies, request))
}

/** Counts what `eraseRecipient` would erase. */
export function countErasable(
  dependencies: EraseDependencies,
  request: { projectId: string; email: string },
): Promise<Erased> {
  return dependencies.sessions.countErasable(erasureOf(dependencies, request))
}

function erasureOf(
  { erasedKeys }: EraseDependencies,
  { projectId, email }: { projectId: string; email: string },
): Erasure {
  const recipient = parseRecipient(email)
  if (recipient === undefined) throw invalidRequest('/email', 'must be exactly one email address')
  const known = isSandbox(projectId) ? sandboxRecipient(recipient) : recipient
  const { counted, mailbox } = known
  return { projectId, counted, mailbox, erasedAs: erasedKeys(known) }
}
