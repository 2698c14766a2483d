import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { Clock } from '../otp/ports.ts'
import { type Engine, type Query, read, type Step, statement } from './engine.ts'

export interface PurgeOptions {
  /** How long completed verifications are kept, in milliseconds. */
  retentionMs: number
  /** How long other sessions are kept after they expire, in milliseconds. */
  retentionUnverifiedMs: number
  /** The longest time that a session may count against a limit, in milliseconds. It is not deleted earlier. */
  countedMs: number
  /** The longest time that the client address of a session may count against a limit, in milliseconds. */
  clientCountedMs: number
  now: Clock
  log: Logger
  /** Called after every purge that ended without an error. */
  onPurge?: ((deleted: number, durationMs: number) => void) | undefined
}

export interface Purge {
  /** Deletes everything that is no longer needed. @returns the number of deleted or cleared rows */
  run(): Promise<number>
  /** Runs the purge regularly until `stop`. */
  start(): void
  stop(): Promise<void>
}

const hourMs = 3_600_000
const everyMs = 60_000
const webhooksKeptMs = 30 * 24 * hourMs
// Every step holds locks, so other work gets its turn between steps. The time per row depends on the size of the store
// and the speed of its disk. So each step takes as many rows as the previous step could have handled in this time.
const stepMs = 15
const [firstStep, smallestStep, largestStep] = [50, 10, 1_000]
const betweenStepsMs = 20
const sayEveryMs = 10_000

/** Selects the oldest rows from before a time: as many as the step takes, and any others of the same millisecond. */
const oldest = (table: string, time: string, condition: string, before: string, size: string) =>
  // The end of the step is the only bound on the column, so that no step scans all remaining rows.
  `${condition}${time} <= coalesce((select ${time} from ${table}
    where ${condition}${time} < ${before} order by ${time} limit 1 offset ${size} - 1), ${before} - 1)`

/** Deletes rows that are older than a time of day. */
const outlived = (name: string, table: string, time: string, condition = '') =>
  statement<[size: number, before: number], unknown>(
    name,
    `delete from ${table} where ${oldest(table, time, condition, '$2', '$1')} returning 1`,
  )

/** Deletes rows that no limit counts anymore, by the clock for limits. */
const uncounted = (name: string, table: string) =>
  statement<[size: number], unknown>(
    name,
    `delete from ${table} where ${oldest(table, 'expires_at', '', ':steady_at', '$1')} returning 1`,
  )

const purgeVerified = outlived('purge_verified', 'sessions', 'verified_at', 'verified_at is not null and ')
const purgeUnverified = outlived('purge_unverified', 'sessions', 'expires_at', 'verified_at is null and ')
const purgeTries = uncounted('purge_tries', 'tries')
const purgeTallies = uncounted('purge_tallies', 'tallies')
const purgeKeys = outlived('purge_keys', 'idempotency_keys', 'expires_at')
const purgeEvents = outlived('purge_webhook_events', 'webhook_events', 'created_at')
const purgeDeliveries = outlived('purge_webhook_deliveries', 'webhook_deliveries', 'created_at')

/** A client address is personal data, and it is useless once no limit counts it. Its network stays. */
const forgetAddresses = statement<[size: number, countedMs: number], unknown>(
  'forget_client_addresses',
  `update sessions set client_address = null where ${oldest('sessions', 'counted_at', 'client_address is not null and ', '(:steady_at - $2)', '$1')}
    returning 1`,
)

/**
 * Deletes completed verifications and other sessions after their retention times, but not while a limit counts them.
 * Deletes tries and tallies when they expire, and idempotency keys an hour after they expire. Deletes webhook events
 * after 30 days.
 */
export function createPurge(engine: Engine, options: PurgeOptions): Purge {
  const { retentionMs, retentionUnverifiedMs, countedMs, clientCountedMs, now, log, onPurge } = options
  const outlivedAt = (at: number): ((size: number) => Query)[] => [
    (size) => forgetAddresses(size, clientCountedMs),
    (size) => purgeVerified(size, at - Math.max(retentionMs, countedMs)),
    (size) => purgeUnverified(size, at - Math.max(retentionUnverifiedMs, countedMs)),
    purgeTries,
    purgeTallies,
    (size) => purgeKeys(size, at - hourMs),
    (size) => purgeDeliveries(size, at - webhooksKeptMs),
    (size) => purgeEvents(size, at - webhooksKeptMs),
  ]
  let size = firstStep
  const run = async () => {
    let deleted = 0
    let saidAt = performance.now()
    for (const queryOf of outlivedAt(now())) {
      for (let isMore = true; isMore; ) {
        if (isStopped) return deleted
        const startedAt = performance.now()
        const step = await engine.run(deletion(queryOf(size)))
        const tookMs = performance.now() - startedAt
        deleted += step
        isMore = step >= size
        if (!isMore) continue
        size = nextSize(size, tookMs)
        if (performance.now() - saidAt > sayEveryMs) {
          saidAt = performance.now()
          log.info({ deleted }, 'deleting old data')
        }
        await sleep(betweenStepsMs)
      }
    }
    while (!isStopped && (await engine.giveBack())) await sleep(betweenStepsMs)
    return deleted
  }

  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const tick = async () => {
    try {
      const startedAt = performance.now()
      const deleted = await run()
      onPurge?.(deleted, performance.now() - startedAt)
      if (deleted > 0) log.info({ deleted }, 'deleted old data')
    } catch (error) {
      log.warn({ err: error }, 'could not delete old data')
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

/** After a step that took too long, the next one is smaller. Then the size grows again slowly. */
function nextSize(size: number, tookMs: number): number {
  const fitting = Math.round(size * Math.min(1.5, stepMs / Math.max(tookMs, 0.1)))
  return Math.min(largestStep, Math.max(smallestStep, fitting))
}

/** @returns the number of affected rows */
function deletion(query: Query): Step<number> {
  return {
    locks: [],
    *run() {
      const { rows } = yield* read(query)
      return { outcome: rows[0].length, writes: [] }
    },
  }
}
