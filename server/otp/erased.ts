import { createHmac } from 'node:crypto'

/** What stands for a recipient that was erased, where a limit still has to count it. */
export interface ErasedKeys {
  /** For the mailbox as it is counted. */
  counted: string
  /** For the same without its tag. */
  mailbox: string
}

/** Whose data is erased, and of which project. */
export interface Erasure {
  projectId: string
  counted: string
  mailbox: string
  erasedAs: ErasedKeys
}

/** How much of it there was. */
export interface Erased {
  sessions: number
  webhookEvents: number
}

/**
 * Makes the keys that stand for an erased recipient. They are keyed, so that nobody who has only the store can find the
 * address by trying all there are; and no address begins as they do.
 * @param secret the first of OTP_SECRET: when it changes, erased recipients are counted anew
 */
export function createErasedKeys(secret: string) {
  const key = createHmac('sha256', secret).update('erased recipients').digest()
  const hash = (text: string) => `#${createHmac('sha256', key).update(text).digest('hex').slice(0, 32)}`
  return ({ counted, mailbox }: { counted: string; mailbox: string }): ErasedKeys => {
    const ofCounted = hash(counted)
    return { counted: ofCounted, mailbox: mailbox === counted ? ofCounted : hash(mailbox) }
  }
}
