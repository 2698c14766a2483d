import { expect } from 'vitest'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import type { Transaction } from './fault-server.ts'
import type { TestServer } from './server.ts'
import type { Outcome } from './smtp-faults.ts'

interface Row {
  sent_at: number | null
  failed_at: number | null
}

/** What the caller of a send received. */
export interface Answer {
  email: string
  status: number
  code: string | undefined
  durationMs: number
}

/** Returns the outcome. The response and the stored row must agree. */
function outcomeOf({ status, code }: Answer, row: Row | undefined, now: number): Outcome {
  expect([200, 502]).toContain(status)
  if (status === 200) {
    expect(row).toEqual({ sent_at: now, failed_at: null })
    return 'sent'
  }
  expect(code).toBe('SMTP_DELIVERY_FAILED')
  expect(row?.sent_at).toBeNull()
  return row?.failed_at === null ? 'unknown' : 'refused'
}

/** Returns the outcomes that are possible according to the relay's ledger. */
function outcomesLeftBy(transactions: Transaction[]): Outcome[] {
  const whole = transactions.filter(({ message }) => message !== undefined)
  expect(whole.length, 'times that the mail was handed over').toBeLessThanOrEqual(1)
  const verdict = whole[0]?.verdict
  if (verdict?.startsWith('250')) return ['sent']
  if (verdict !== undefined && /^[45]/.test(verdict)) return ['refused']
  if (verdict === '') return ['refused'] // the relay had replied before the message arrived
  if (whole.length > 0) return ['unknown']
  return transactions.some(({ isInvited }) => isInvited) ? ['refused', 'unknown'] : ['refused']
}

/**
 * Returns the outcome of each send. The response, the store and the relay's ledger must agree. Once a fault is over,
 * the relay may still accept an email that nobody waits for. Its sender was already told that it may arrive.
 */
export function audit(
  { databasePath, now }: TestServer,
  ledger: Transaction[],
  answers: Answer[],
  isOver: boolean,
): Outcome[] {
  const store = openConnection(databasePath, { readonly: true })
  const rowTo = store.prepare('select sent_at, failed_at from sessions where email = ?')
  const transactionsTo = new Map<string, Transaction[]>()
  for (const transaction of ledger) {
    const { recipient } = transaction
    transactionsTo.set(recipient, [...(transactionsTo.get(recipient) ?? []), transaction])
  }
  const outcomes = answers.map((answer) => {
    const outcome = outcomeOf(answer, rowTo.get(answer.email) as Row | undefined, now)
    const left = outcomesLeftBy(transactionsTo.get(answer.email) ?? [])
    if (!isOver || outcome !== 'unknown') expect(left, answer.email).toContain(outcome)
    return outcome
  })
  store.close()
  return outcomes
}
