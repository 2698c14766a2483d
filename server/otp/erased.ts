import { createHmac } from 'node:crypto'

/** The keys that replace an erased recipient, for the limits that still count it. */
export interface ErasedKeys {
  /** Replaces the mailbox as limits count it. */
  counted: string
  /** Replaces the same mailbox without its tag. */
  mailbox: string
}

/** The mailbox to erase, and the project. */
export interface Erasure {
  projectId: string
  counted: string
  mailbox: string
  erasedAs: ErasedKeys
}

/** How many records an erasure covers. */
export interface Erased {
  sessions: number
  webhookEvents: number
}

/**
 * Makes the keys that replace an erased recipient. They are keyed hashes: with only the store, nobody can find the
 * address by trying all addresses. They contain no @, so no address equals them.
 * @param secret the first secret in OTP_SECRET. When it changes, counting starts again for erased recipients.
 */
export function createErasedKeys(secret: string) {
  const key = createHmac('sha256', secret).update('erased recipients').digest()
  const hash = (text: string) => `#${createHmac('sha256', key).update(text).digest('hex').slice(0, 32)}`
  return ({ counted, mailbox }: { counted: string; mailbox: string }): ErasedKeys => {
    const ofCounted = hash(counted)
    return { counted: ofCounted, mailbox: mailbox === counted ? ofCounted : hash(mailbox) }
  }
}
