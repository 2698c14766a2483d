import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { type ClockRow, SteadyClock } from '../clock.ts'
import { keepClock } from '../clock-statements.ts'
import type { Conclusion, Engine, Query, Step, StepTime, StoreOptions } from '../engine.ts'
import { migrateToLatest, pendingIn } from '../migrate.ts'
import { createCompiler, type DriverQuery } from './compile.ts'
import { lockQueries } from './locks.ts'
import { migrations } from './migrations.ts'
import { createPool, localSettings, type PostgresLocation } from './pool.ts'
import { connectTo, readOnce, trip } from './trips.ts'
import { asTrouble, isConflict, isLostConnection, isUselessAfter } from './trouble.ts'
import { checkVersion } from './version.ts'

const noTime: StepTime = { at: 0, steadyAt: 0 }
const mostTries = 3
// Two readings of the server's clock may arrive out of order, but not by more than this.
const clockToleranceMs = 2_000

/** Thrown when a step used an outdated clock offset, because the clock went back. */
class ClockWentBack extends Error {}

/** Thrown when it is unknown whether a commit succeeded. */
class OutcomeUnknown extends Error {
  readonly conclusion: Conclusion<unknown>

  constructor(conclusion: Conclusion<unknown>, cause: unknown) {
    super('the connection was lost before the commit was confirmed', { cause })
    this.conclusion = conclusion
  }
}

/**
 * Opens a PostgreSQL database as the store. A step takes two round trips. The first takes the locks and reads the time
 * and the data. The second writes and commits. With the locks held, READ COMMITTED is enough: every later statement
 * sees everything that earlier holders of the locks committed.
 * @throws {StoreError} if the database cannot be used
 */
export async function openPostgres(
  location: PostgresLocation,
  { timeoutMs: lockMs = 5_000, now, onTrouble = () => {}, observer }: StoreOptions,
): Promise<Engine> {
  const pool = createPool(location, lockMs, onTrouble)
  const compiler = createCompiler(location.isPrepared, now)
  const clock = new SteadyClock(clockToleranceMs)
  const settings = location.isPrepared ? [] : [localSettings(lockMs)]
  await checkVersion(pool)

  const take = async (client: pg.PoolClient, step: Step<unknown>): Promise<unknown> => {
    const running = step.run()
    let turn = running.next()
    if (turn.done && step.isRepeatable) {
      await writeAtOnce(client, turn.value)
      return turn.value.outcome
    }
    const asked = turn.done ? [] : turn.value
    const opening = [{ text: 'begin' }, ...settings, ...lockQueries(step.locks)]
    const answers = await trip(client, [
      ...opening,
      ...asked.map(compiler.withServerTime),
      compiler.clockQuery(),
    ])
    const { time, kept } = timeOf(answers.at(-1) as (ClockRow & { at: number })[])
    let rows = answers.slice(opening.length, -1)
    while (!turn.done) {
      turn = running.next({ ...time, rows })
      if (!turn.done)
        rows = await trip(
          client,
          turn.value.map((query) => compiler.withTime(query, time)),
        )
    }
    await conclude(client, turn.value, time, kept)
    return turn.value.outcome
  }

  const conclude = async (
    client: pg.PoolClient,
    conclusion: Conclusion<unknown>,
    time: StepTime,
    kept: readonly Query[],
  ): Promise<void> => {
    const queries = conclusion.writes.length > 0 ? [...conclusion.writes, ...kept] : []
    await commitAfter(
      client,
      queries.map((query) => compiler.withTime(query, time)),
      conclusion,
    )
  }

  /** Writes a step in one trip. If it used an outdated clock offset, the step is written again with the right time. */
  const writeAtOnce = async (client: pg.PoolClient, conclusion: Conclusion<unknown>): Promise<void> => {
    const writes = conclusion.writes.map(compiler.withServerTime)
    const queries = [{ text: 'begin' }, ...settings, compiler.clockQuery(), ...writes]
    const answers = await commitAfter(client, queries, conclusion)
    const { kept } = timeOf(answers[1 + settings.length] as (ClockRow & { at: number })[])
    if (kept.length > 0)
      await trip(
        client,
        kept.map((query) => compiler.withTime(query, noTime)),
      )
  }

  const commitAfter = async (
    client: pg.PoolClient,
    queries: readonly (Partial<DriverQuery> & { text: string })[],
    conclusion: Conclusion<unknown>,
  ): Promise<unknown[][]> => {
    try {
      const [answers, { command }] = await Promise.all([trip(client, queries), client.query('commit')])
      // If the transaction failed, the server answers the commit without an error, but says that it rolled back.
      if (command !== 'COMMIT') throw new Error('the server rolled back the transaction')
      return answers
    } catch (error) {
      if (!isLostConnection(error)) throw error
      if (conclusion.writes.length > 0) throw new OutcomeUnknown(conclusion, error)
      return []
    }
  }

  const timeOf = ([row]: (ClockRow & { at: number })[]): { time: StepTime; kept: Query[] } => {
    if (row === undefined) throw new Error('the clock of the store is missing')
    const { keep, ...time } = clock.read(row.at, row)
    const kept = keep ? [keepClock(keep.offsetMs, keep.seenAt)] : []
    // The queries used the old offset.
    if (keep && keep.offsetMs !== row.offsetMs) throw new ClockWentBack('', { cause: kept })
    return { time, kept }
  }

  /** Prepares another try: if the clock went back, saves its new state. */
  const again = async (error: unknown): Promise<void> => {
    if (!(error instanceof ClockWentBack)) return
    for (const query of error.cause as Query[]) {
      await pool.query(compiler.withTime(query, noTime))
    }
  }

  /** Looks up the outcome of a step whose commit was not confirmed. Such a step never runs twice. */
  const lookUp = async <Outcome>({ conclusion, cause }: OutcomeUnknown): Promise<Outcome> => {
    const { proof, outcome } = conclusion
    const found = proof && (await readOnce(pool, compiler.withServerTime(proof)))
    if (!found || found.length === 0) throw cause
    return outcome as Outcome
  }

  const runOnce = async <Outcome>(step: Step<Outcome>): Promise<Outcome> => {
    const askedAt = performance.now()
    const client = await connectTo(pool)
    const startedAt = performance.now()
    observer?.onWait(startedAt - askedAt)
    let failure: unknown
    try {
      const outcome = (await take(client, step)) as Outcome
      observer?.onCommit(1, performance.now() - startedAt)
      return outcome
    } catch (error) {
      failure = error
      throw error
    } finally {
      await giveBack(client, failure)
    }
  }

  return {
    timeoutMs: lockMs,

    async run<Outcome>(step: Step<Outcome>) {
      for (let tries = 1; ; tries++) {
        try {
          return await runOnce(step)
        } catch (error) {
          try {
            if (error instanceof OutcomeUnknown) return await lookUp<Outcome>(error)
            if (tries >= mostTries || !mayRepeat(error)) throw error
            await again(error)
          } catch (last) {
            throw asTrouble(last)
          }
        }
      }
    },

    async read<Row>(query: Query<Row>) {
      for (let tries = 1; ; tries++) {
        try {
          return (await readOnce(pool, compiler.withServerTime(query))) as Row[]
        } catch (error) {
          if (tries >= mostTries || !isLostConnection(error)) throw asTrouble(error)
        }
      }
    },

    use: () => ({ busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
    // The next vacuum removes deleted data from the tables. Recycling removes it from the write-ahead log.
    scrub: async () => {},
    giveBack: async () => false, // the server vacuums by itself
    migrate: () => migrateToLatest(queryOn(pool), migrations),
    pendingMigrations: () => pendingIn(queryOn(pool), migrations),
    close: async () => {
      if (!pool.ended && !pool.ending) await pool.end()
    },
  }
}

/** Rolls back after a failure and returns the connection to the pool. Closes it if that is not possible. */
async function giveBack(client: pg.PoolClient, failure: unknown): Promise<void> {
  const reason = failure instanceof OutcomeUnknown ? failure.cause : failure
  if (reason === undefined) return client.release()
  if (isUselessAfter(reason)) return client.release(true)
  const isClean = await client.query('rollback').then(
    () => true,
    () => false,
  )
  client.release(!isClean)
}

function mayRepeat(error: unknown): boolean {
  return isConflict(error) || isUselessAfter(error) || error instanceof ClockWentBack
}

function queryOn(pool: pg.Pool): Kysely<unknown> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}
