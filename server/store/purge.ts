import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { Clock } from '../otp/ports.ts'
import { type Engine, type Query, read, type Step, statement } from './engine.ts'

export interface PurgeOptions {
  /** How long completed verifications are kept, in milliseconds. */
  retentionMs: number
  /** How long other sessions are kept after they have expired, in milliseconds. */
  retentionUnverifiedMs: number
  /** The longest time for which a session may count against a limit; it is not deleted before. */
  countedMs: number
  /** The longest window in which the client address of a session counts, in milliseconds. */
  clientCountedMs: number
  now: Clock
  log: Logger
  /** Hears of every purge that ended without a fault. */
  onPurge?: ((deleted: number, durationMs: number) => void) | undefined
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
const webhooksKeptMs = 30 * 24 * hourMs
// Every step holds locks, and others get their turn before the next. How long so many rows take depends on the size of
// the store and the speed of its disk, so each step has as many as would have taken this long in the step before.
const stepMs = 15
const [firstStep, smallestStep, largestStep] = [50, 10, 1_000]
const betweenStepsMs = 20
const sayEveryMs = 10_000

/** The oldest rows of a table whose time is over, so many as the step has, and those of the same millisecond. */
const oldest = (table: string, time: string, condition: string, before: string, size: string) =>
  // Its one bound on the column is the end of the step, so that no step walks through all that is left.
  `${condition}${time} <= coalesce((select ${time} from ${table}
    where ${condition}${time} < ${before} order by ${time} limit 1 offset ${size} - 1), ${before} - 1)`

/** Deletes rows that are older than a time of day. */
const outlived = (name: string, table: string, time: string, condition = '') =>
  statement<[size: number, before: number], unknown>(
    name,
    `delete from ${table} where ${oldest(table, time, condition, '$2', '$1')} returning 1`,
  )

/** Deletes rows that no limit counts any more, by the clock that limits go by. */
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

/** A client address is personal data, and of no use once no limit counts it. The network around it stays. */
const forgetAddresses = statement<[size: number, countedMs: number], unknown>(
  'forget_client_addresses',
  `update sessions set client_address = null where ${oldest('sessions', 'counted_at', 'client_address is not null and ', '(:steady_at - $2)', '$1')}
    returning 1`,
)

/**
 * Deletes completed verifications after the retention and other sessions after theirs, but none while a limit counts it;
 * counted tries when they have expired, idempotency keys an hour later; webhook events after 30 days.
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
          log.info({ deleted }, 'outlived rows are being deleted')
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

/** A step that took too long is followed by a smaller one, and it grows again slowly. */
function nextSize(size: number, tookMs: number): number {
  const fitting = Math.round(size * Math.min(1.5, stepMs / Math.max(tookMs, 0.1)))
  return Math.min(largestStep, Math.max(smallestStep, fitting))
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
