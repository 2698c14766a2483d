import { setTimeout as sleep } from 'node:timers/promises'
import { OtpError } from '../../errors.ts'
import { SteadyClock } from '../clock.ts'
import { keepClock, readClock } from '../clock-statements.ts'
import type { Engine, Query, Step, StepTime, StoreObserver } from '../engine.ts'
import { checkLeftovers, makeStoreOf } from './backup.ts'
import { openStoreFile } from './connection.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { placeOf } from './place.ts'
import { createRunner } from './prepare.ts'
import { readingOn, transactionsOn } from './transactions.ts'
import { asTrouble, isBusy } from './trouble.ts'

export interface SqliteOptions {
  /** The longest time that a write waits while another process is writing, in milliseconds. */
  busyTimeoutMs?: number | undefined
  now?: (() => number) | undefined
  /** Called with a sentence about something that the operator should change. */
  onWarning?: ((warning: string) => void) | undefined
  observer?: StoreObserver | undefined
}

/** A step that waits for the next commit. */
interface Waiting {
  step: Step<unknown>
  /** When it began to wait, by `performance.now()`. */
  since: number
  /** From this time on, it is too late to begin, by `performance.now()`. */
  giveUpAt: number
  resolve(outcome: unknown): void
  reject(error: unknown): void
}

/** Gives the caller of a step its result, once the commit is on disk. */
type Answer = () => void

const retryEveryMs = 20
// A commit takes about as long for one step as for many, so waiting steps share one. After this many steps, the rest of
// the event loop gets its turn.
const longestBatch = 64
// Free pages are usually reused soon. So they are returned to the disk only if there are many.
const leastFree = 1_000
const mostFreeShare = 0.1
const pagesGivenBack = 100

/**
 * Opens an SQLite file as the store. Steps queue. At the end of a turn of the event loop, the waiting steps run one
 * after the other in one transaction. Their callers get the results after its commit.
 * @throws {StoreError} if the file could lose committed data
 * @throws the SQLite error if the file cannot be opened
 */
export function openSqlite(
  path: string,
  { busyTimeoutMs = 2000, now = Date.now, onWarning, observer }: SqliteOptions = {},
): Engine {
  checkLeftovers(path)
  const connection = openStoreFile(path)
  makeStoreOf(connection)
  const checkInPlace = placeOf(path)
  const query = createRunner(connection)
  const transaction = transactionsOn(connection)
  const clock = new SteadyClock()
  const reading = readingOn(connection, checkInPlace)
  let waiting: Waiting[] = []
  let isScheduled = false

  const schedule = () => {
    if (isScheduled || waiting.length === 0) return
    isScheduled = true
    setImmediate(runBatch)
  }

  const runBatch = () => {
    const batch = waiting.slice(0, longestBatch)
    reading.end()
    try {
      checkInPlace()
      transaction.begin()
    } catch (error) {
      // Another process is writing. We poll for its lock, because waiting inside SQLite would block this process.
      if (isBusy(error)) return void waitForLock(error)
      waiting = waiting.slice(batch.length)
      return finish(refusals(batch, error))
    }
    waiting = waiting.slice(batch.length)
    const startedAt = performance.now()
    for (const { since } of batch) observer?.onWait(startedAt - since)
    const answers = commitAll(batch)
    observer?.onCommit(batch.length, performance.now() - startedAt)
    finish(answers)
  }

  const finish = (answers: readonly Answer[]) => {
    isScheduled = false
    for (const answer of answers) answer()
    schedule()
  }

  const waitForLock = async (error: unknown) => {
    await sleep(retryEveryMs)
    const late = waiting.filter(({ giveUpAt }) => performance.now() >= giveUpAt)
    waiting = waiting.filter((each) => !late.includes(each))
    finish(refusals(late, error))
  }

  /** Runs the steps inside the open transaction and ends it. */
  const commitAll = (batch: readonly Waiting[]): Answer[] => {
    const answers: Answer[] = []
    try {
      const time = readTime()
      for (const { step, resolve, reject } of batch) {
        try {
          const outcome = transaction.savepoint(() => drive(step, time))
          answers.push(() => resolve(outcome))
        } catch (error) {
          if (!connection.inTransaction) throw error // on a full disk, SQLite rolls back everything by itself
          answers.push(() => reject(asTrouble(error)))
        }
      }
      transaction.commit()
      checkInPlace()
      return answers
    } catch (error) {
      transaction.rollBack()
      return refusals(batch, error)
    }
  }

  const readTime = (): StepTime => {
    const [kept = { offsetMs: 0, seenAt: 0 }] = query(readClock(), noTime) as {
      offsetMs: number
      seenAt: number
    }[]
    const { keep, ...time } = clock.read(now(), kept)
    if (keep) query(keepClock(keep.offsetMs, keep.seenAt), noTime)
    return time
  }

  const drive = (step: Step<unknown>, time: StepTime): unknown => {
    const running = step.run()
    let turn = running.next()
    while (!turn.done) {
      const rows = turn.value.map((asked) => query(asked, time))
      turn = running.next({ ...time, rows })
    }
    for (const write of turn.value.writes) query(write, time)
    return turn.value.outcome
  }

  return {
    timeoutMs: busyTimeoutMs,

    run<Outcome>(step: Step<Outcome>) {
      return new Promise<Outcome>((resolve, reject) => {
        const since = performance.now()
        const giveUpAt = since + busyTimeoutMs
        waiting.push({ step, since, giveUpAt, resolve: resolve as (outcome: unknown) => void, reject })
        schedule()
      })
    },

    async read<Row>(asked: Query<Row>) {
      const giveUpAt = performance.now() + busyTimeoutMs
      for (;;) {
        try {
          reading.begin()
          const at = now()
          return query(asked, { at, steadyAt: at }) as Row[]
        } catch (error) {
          if (!isBusy(error) || performance.now() >= giveUpAt) throw asTrouble(error)
          await sleep(retryEveryMs)
        }
      }
    },

    async migrate() {
      reading.end()
      return migrate(connection, busyTimeoutMs, onWarning)
    },

    async pendingMigrations() {
      reading.end()
      return pendingMigrations(connection)
    },

    use: () => ({ busy: isScheduled ? 1 : 0, waiting: waiting.length }),

    async scrub() {
      const giveUpAt = performance.now() + busyTimeoutMs
      for (;;) {
        reading.end()
        // The log holds a copy of all writes. SQLite empties it, unless another reader is using it right now.
        const [answer] = connection.prepare('pragma wal_checkpoint(truncate)').all() as { busy: number }[]
        if (answer?.busy === 0) return
        if (performance.now() >= giveUpAt) throw new OtpError('SERVICE_UNAVAILABLE')
        await sleep(retryEveryMs)
      }
    },

    async giveBack() {
      reading.end()
      const count = (name: string) =>
        Object.values(connection.prepare(`pragma ${name}`).get() as Record<string, number>)[0] ?? 0
      const free = count('freelist_count')
      if (free <= leastFree || free <= count('page_count') * mostFreeShare) return false
      connection.exec(`pragma incremental_vacuum(${pagesGivenBack})`)
      return count('freelist_count') < free
    },

    async close() {
      // Waiting steps are written first. Later steps find the store closed.
      while (waiting.length > 0) await sleep(1)
      reading.end()
      connection.close()
    },
  }
}

const noTime: StepTime = { at: 0, steadyAt: 0 }

function refusals(waiting: readonly Waiting[], error: unknown): Answer[] {
  const reason = asTrouble(error)
  return waiting.map((each) => () => each.reject(reason))
}
