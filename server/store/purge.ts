import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { Clock } from '../otp/ports.ts'
import { type Engine, type Query, read, type Step, statement } from './engine.ts'

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
// Every step holds locks, so it is small, and others get their turn before the next.
const stepSize = 200
const betweenStepsMs = 20

/** Deletes the oldest `stepSize` of these rows, and those of the same millisecond. */
const outlived = (name: string, table: string, time: string, condition = '') =>
  // Its one bound on the column is the end of the step, so that no step walks through all that is left to delete.
  statement<[before: number], unknown>(
    name,
    `delete from ${table} where ${condition}${time} <= coalesce((select ${time} from ${table}
      where ${condition}${time} < $1 order by ${time} limit 1 offset ${stepSize - 1}), $1 - 1) returning 1`,
  )

const purgeVerified = outlived('purge_verified', 'sessions', 'verified_at', 'verified_at is not null and ')
const purgeUnverified = outlived('purge_unverified', 'sessions', 'expires_at', 'verified_at is null and ')
const purgeTries = outlived('purge_tries', 'tries', 'expires_at')
const purgeTallies = outlived('purge_tallies', 'tallies', 'expires_at')
const purgeKeys = outlived('purge_keys', 'idempotency_keys', 'expires_at')

/**
 * Deletes completed verifications after the retention; other sessions, counted tries and idempotency keys an hour after
 * they have expired; and no session while a limit counts it.
 */
export function createPurge(engine: Engine, { retentionMs, countedMs, now, log }: PurgeOptions): Purge {
  const outlivedAt = (at: number): Query[] => [
    purgeVerified(at - Math.max(retentionMs, countedMs)),
    purgeUnverified(at - Math.max(hourMs, countedMs)),
    purgeTries(at - hourMs),
    purgeTallies(at - hourMs),
    purgeKeys(at - hourMs),
  ]
  const run = async () => {
    let deleted = 0
    for (const query of outlivedAt(now())) {
      for (let step = stepSize; step >= stepSize; deleted += step) {
        if (isStopped) return deleted
        step = await engine.run(deletion(query))
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

/** @returns how many rows went */
function deletion(query: Query): Step<number> {
  return {
    locks: [],
    *run() {
      const { rows } = yield* read(query)
      return { outcome: rows[0].length, writes: [] }
    },
  }
}
