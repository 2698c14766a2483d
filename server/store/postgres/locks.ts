import { createHash } from 'node:crypto'
import type { Lock } from '../locks.ts'

// A lock is one of a fixed number of rows, chosen by a hash. So we need not create and purge a row for every recipient.
// If two keys share a row, they only wait for each other. Advisory locks would do the same, but other databases with
// this protocol support them in name only.

const slotsPerKind = 4096

// Every step locks in slot order, so that no two steps deadlock. The locks that most steps share come last.
const kinds = ['recipient', 'key', 'address', 'page', 'credential', 'endpoint'] as const

/** The number of lock rows. */
export const slotCount = kinds.length * slotsPerKind

function slotOf({ of, key }: Extract<Lock, { key: string }>): number {
  const [high = 0, low = 0] = createHash('sha256').update(key).digest()
  return kinds.indexOf(of) * slotsPerKind + ((high << 4) | (low >> 4))
}

const slotOfRecipient = `(select (get_byte(hash, 0) << 4) | (get_byte(hash, 1) >> 4) from
  (select sha256(convert_to(mailbox, 'UTF8')) as hash from sessions where id = $1) as recipient)`

const lockRow = (condition: string) => `select slot from locks where ${condition} order by slot for update`

const takeSlots = { name: 'take_slots', text: lockRow('slot = any($1::integer[])') }
const takeSlotOfSession = { name: 'take_slot_of_session', text: lockRow(`slot = ${slotOfRecipient}`) }

/** Returns the queries that take these locks. A transaction holds them until it ends. */
export function lockQueries(locks: readonly Lock[]) {
  const keyed = locks.filter((lock) => 'key' in lock)
  const slots = [...new Set(keyed.map(slotOf))].sort((a, b) => a - b)
  return [
    ...locks.flatMap((lock) =>
      'sessionId' in lock ? [{ ...takeSlotOfSession, values: [lock.sessionId] }] : [],
    ),
    ...(slots.length > 0 ? [{ ...takeSlots, values: [slots] }] : []),
  ]
}
