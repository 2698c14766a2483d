import type { PublicClient } from '../otp/ports.ts'

/**
 * What a step needs for itself: one recipient, one client address, one credential, and so on; or the recipient of a
 * session of which only the id is known. SQLite runs one step at a time and ignores them.
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

/** Those under which whatever one client does with a public token is counted. */
export function locksOfClient({ address, network, credentialId }: PublicClient): Lock[] {
  return [lock.address(address), lock.address(network), lock.credential(credentialId)]
}
