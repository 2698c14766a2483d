import { ulid } from '../ulid.ts'
import { hashCode, mintCode } from './code.ts'
import type { Recipient } from './recipient.ts'

// Test recipients: for reviewers of an app and robots that sign in to a live system, and cannot read the mail.

/** An address with a fixed code. Times are milliseconds since the epoch. */
export interface TestRecipient {
  id: string
  projectId: string
  canonicalRecipient: string
  countedRecipient: string
  createdAt: number
  expiresAt: number
}

/** By number of digits: the code cut to these, as it is kept in a session. */
type CodeHashes = Record<number, string>

export interface TestRecipients {
  /** Takes the place of the one that the project has for the same address. */
  add(recipient: TestRecipient, codeHashes: CodeHashes): Promise<void>
  list(): Promise<TestRecipient[]>
  /** @returns false if no test recipient has this id */
  remove(id: string): Promise<boolean>
}

/** A code that never changes is a password that somebody wrote down, so it does not live for long. */
export const longestLifetimeMs = 90 * 24 * 60 * 60_000

const mostDigits = 10
const fewestDigits = 4

/**
 * Gives an address a fixed code. The code is returned once; the store keeps keyed hashes of it.
 * @param otpSecret the secret that signs
 */
export async function addTestRecipient(
  store: TestRecipients,
  { projectId, recipient, expiresInMs }: { projectId: string; recipient: Recipient; expiresInMs: number },
  otpSecret: string,
  now: number,
): Promise<{ testRecipient: TestRecipient; code: string }> {
  const { canonical, counted } = recipient
  const id = `tr_${ulid(now)}`
  const code = mintCode(mostDigits)
  const hashes: CodeHashes = {}
  for (let digits = fewestDigits; digits <= mostDigits; digits++)
    hashes[digits] = hashCode(otpSecret, id, canonical, code.slice(0, digits)).toString('hex')
  const testRecipient: TestRecipient = {
    id,
    projectId,
    canonicalRecipient: canonical,
    countedRecipient: counted,
    createdAt: now,
    expiresAt: now + expiresInMs,
  }
  await store.add(testRecipient, hashes)
  return { testRecipient, code }
}
