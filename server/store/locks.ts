import type { PublicClient } from '../otp/ports.ts'

/**
 * Something that a step locks: a recipient, a client address, a credential, and so on. A step that knows only the id of
 * a session can lock the recipient of that session. SQLite runs one step at a time and ignores locks.
 */
export type Lock =
  | { of: 'recipient' | 'key' | 'address' | 'page' | 'credential' | 'endpoint'; key: string }
  | { of: 'recipientOfSession'; sessionId: string }

export const lock = {
  recipient: (key: string): Lock => ({ of: 'recipient', key }),
  recipientOfSession: (sessionId: string): Lock => ({ of: 'recipientOfSession', sessionId }),
  idempotencyKey: (key: string): Lock => ({ of: 'key', key }),
  address: (key: string): Lock => ({ of: 'address', key }),
  page: (key: string): Lock => ({ of: 'page', key }),
  credential: (key: string): Lock => ({ of: 'credential', key }),
  endpoint: (key: string): Lock => ({ of: 'endpoint', key }),
}

/** Returns the locks for everything that is counted for a client with a public token. */
export function locksOfClient({ address, network, credentialId }: PublicClient): Lock[] {
  return [lock.address(address), lock.address(network), lock.credential(credentialId)]
}
