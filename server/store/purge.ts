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
// Every step holds locks, so it is small, and others get their turn before the next.
const stepSize = 200
const betweenStepsMs = 20

/** The oldest `stepSize` rows of a table whose time is over, and those of the same millisecond. */
const oldest = (table: string, time: string, condition: string, before: string) =>
  // Its one bound on the column is the end of the step, so that no step walks through all that is left.
  `${condition}${time} <= coalesce((select ${time} from ${table}
    where ${condition}${time} < ${before} order by ${time} limit 1 offset ${stepSize - 1}), ${before} - 1)`

/** Deletes rows that are older than a time of day. */
const outlived = (name: string, table: string, time: string, condition = '') =>
  statement<[before: number], unknown>(
    name,
    `delete from ${table} where ${oldest(table, time, condition, '$1')} returning 1`,
  )

/** Deletes rows that no limit counts any more, by the clock that limits go by. */
const uncounted = (name: string, table: string) =>
  statement<[], unknown>(
    name,
    `delete from ${table} where ${oldest(table, 'expires_at', '', ':steady_at')} returning 1`,
  )

const purgeVerified = outlived('purge_verified', 'sessions', 'verified_at', 'verified_at is not null and ')
const purgeUnverified = outlived('purge_unverified', 'sessions', 'expires_at', 'verified_at is null and ')
const purgeTries = uncounted('purge_tries', 'tries')
const purgeTallies = uncounted('purge_tallies', 'tallies')
const purgeKeys = outlived('purge_keys', 'idempotency_keys', 'expires_at')
const purgeEvents = outlived('purge_webhook_events', 'webhook_events', 'created_at')
const purgeDeliveries = outlived('purge_webhook_deliveries', 'webhook_deliveries', 'created_at')

/** A client address is personal data, and of no use once no limit counts it. The network around it stays. */
const forgetAddresses = statement<[countedMs: number], unknown>(
  'forget_client_addresses',
  `update sessions set client_address = null where ${oldest('sessions', 'counted_at', 'client_address is not null and ', '(:steady_at - $1)')}
    returning 1`,
)

/**
 * Deletes completed verifications after the retention and other sessions after theirs, but none while a limit counts it;
 * counted tries when they have expired, idempotency keys an hour later; webhook events after 30 days.
 */
export function createPurge(engine: Engine, options: PurgeOptions): Purge {
  const { retentionMs, retentionUnverifiedMs, countedMs, clientCountedMs, now, log, onPurge } = options
  const outlivedAt = (at: number): Query[] => [
    forgetAddresses(clientCountedMs),
    purgeVerified(at - Math.max(retentionMs, countedMs)),
    purgeUnverified(at - Math.max(retentionUnverifiedMs, countedMs)),
    purgeTries(),
    purgeTallies(),
    purgeKeys(at - hourMs),
    purgeDeliveries(at - webhooksKeptMs),
    purgeEvents(at - webhooksKeptMs),
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
