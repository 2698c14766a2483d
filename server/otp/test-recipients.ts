import { ulid } from '../ulid.ts'
import { hashCode, mintCode } from './code.ts'
import type { Recipient } from './recipient.ts'

// Test recipients are for app reviewers and robots that sign in to a live system but cannot read the email.

/** An address with a fixed code. Times are milliseconds since the epoch. */
export interface TestRecipient {
  id: string
  projectId: string
  canonicalRecipient: string
  countedRecipient: string
  createdAt: number
  expiresAt: number
}

/** For each number of digits, the hash of the code cut to that length, as a session keeps it. */
type CodeHashes = Record<number, string>

export interface TestRecipients {
  /** Adds a test recipient. It replaces the project's one for the same address. */
  add(recipient: TestRecipient, codeHashes: CodeHashes): Promise<void>
  list(): Promise<TestRecipient[]>
  /** @returns false if no test recipient has this id */
  remove(id: string): Promise<boolean>
}

/** A code that never changes is like a password that someone wrote down, so it must not live long. */
export const longestLifetimeMs = 90 * 24 * 60 * 60_000

const mostDigits = 10
const fewestDigits = 4

/**
 * Gives an address a fixed code. Returns the code only this once: the store keeps only keyed hashes of it.
 * @param otpSecret the secret that signs new codes
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
