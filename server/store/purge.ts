import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Logger } from '../log.ts'
import type { Clock } from '../otp/ports.ts'
import type { Database } from './database.ts'

export interface PurgeOptions {
  /** How long completed verifications are kept, in milliseconds. */
  retentionMs: number
  /** The longest time for which a session may count against a limit; it is not deleted before. */
  countedMs: number
  now: Clock
  log: Logger
}

export interface Purge {
  /** Deletes everything that has outlived its use by now. @returns how many rows went */
  run(): Promise<number>
  /** Runs now and then until `stop`. */
  start(): void
  stop(): Promise<void>
}

const hourMs = 3_600_000
const everyMs = 60_000
// Every step holds the write lock, so it is small, and others get their turn before the next.
const stepSize = 200
const betweenStepsMs = 20

/**
 * Deletes completed verifications after the retention; other sessions, counted tries and idempotency keys an hour after
 * they have expired; and no session while a limit counts it.
 */
export function createPurge(database: Database, { retentionMs, countedMs, now, log }: PurgeOptions): Purge {
  const outlivedAt = (at: number): Outlived[] => [
    { rows: 'sessions', time: 'verified_at', before: at - Math.max(retentionMs, countedMs) },
    { rows: 'sessions', time: 'expires_at', isUnverified: true, before: at - Math.max(hourMs, countedMs) },
    { rows: 'tries', time: 'expires_at', before: at - hourMs },
    { rows: 'idempotency_keys', time: 'expires_at', before: at - hourMs },
  ]
  const run = async () => {
    let deleted = 0
    for (const outlived of outlivedAt(now())) {
      for (let step = stepSize; step >= stepSize; deleted += step) {
        if (isStopped) return deleted
        step = await deleteStep(database, outlived)
        if (step > 0) await sleep(betweenStepsMs)
      }
    }
    return deleted
  }

  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const tick = async () => {
    try {
      const deleted = await run()
      if (deleted > 0) log.info({ deleted }, 'outlived rows deleted')
    } catch (error) {
      log.warn({ err: error }, 'outlived rows could not be deleted')
    }
  }
  return {
    run,
    start() {
      timer = setInterval(() => {
        running ??= tick().finally(() => {
          running = undefined
        })
      }, everyMs)
    },
    async stop() {
      clearInterval(timer)
      isStopped = true
      await running
    },
  }
}

interface Outlived {
  rows: 'sessions' | 'tries' | 'idempotency_keys'
  /** The indexed column that says how old a row is. */
  time: 'verified_at' | 'expires_at'
  isUnverified?: true
  before: number
}

/** Deletes the oldest `stepSize` of these rows, and those of the same millisecond. */
async function deleteStep({ query, guarded }: Database, outlived: Outlived): Promise<number> {
  const { numAffectedRows } = await guarded(() => outlivedRows(outlived).execute(query))
  return Number(numAffectedRows ?? 0)
}

/** The statement behind a step. */
export function outlivedRows({ rows, time, isUnverified, before }: Outlived) {
  const [table, column] = [sql.table(rows), sql.ref(time)]
  const condition = isUnverified ? sql`verified_at is null and ` : sql``
  // Its one bound on the column is the end of the step, so that no step walks through all that is left to delete.
  return sql`delete from ${table} where ${condition}${column} <= coalesce((select ${column} from ${table}
    where ${condition}${column} < ${before} order by ${column} limit 1 offset ${stepSize - 1}), ${before - 1})`
}
