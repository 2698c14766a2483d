import type { ClockRow } from './clock.ts'
import { statement } from './engine.ts'

// The clock and the write check

export const readClock = statement<[], ClockRow>(
  'read_clock',
  'select offset_ms as "offsetMs", seen_at as "seenAt" from clock where id = 1',
)

export const keepClock = statement<[offsetMs: number, seenAt: number]>(
  'keep_clock',
  'update clock set offset_ms = $1, seen_at = $2 where id = 1 and seen_at <= $2',
)

export const checkWrite = statement<[]>(
  'check_write',
  'update readiness set checked_at = checked_at + 1 where id = 1',
)
