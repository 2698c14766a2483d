import type { Lock } from './locks.ts'

/**
 * One SQL text for every engine, created once. Its parameters are `$1`, `$2` and so on. It may also use `:at`, the time
 * of day, and `:steady_at`, the time for limits (see `clock.ts`). The engine fills in both.
 */
export interface Statement<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown> {
  /** PostgreSQL also uses it as the name of the prepared statement. */
  readonly name: string
  readonly text: string
  /** Never set. It only carries the types of the parameters and of a row. */
  readonly types?: { parameters: Parameters; row: Row }
}

/** A statement with its parameters. */
export interface Query<Row = unknown> {
  readonly statement: Statement<readonly unknown[], Row>
  readonly parameters: readonly unknown[]
}

/** Declares a statement, with the types of its parameters and of a row. */
export function statement<Parameters extends readonly unknown[] = [], Row = never>(
  name: string,
  text: string,
): (...parameters: Parameters) => Query<Row> {
  const made = { name, text }
  statements.push(made)
  return (...parameters) => ({ statement: made, parameters })
}

const statements: Statement[] = []

/** Returns every declared statement, for the tests. */
export function allStatements(): readonly Statement[] {
  return statements
}

export interface StepTime {
  /** The time of day, in milliseconds since the epoch. */
  at: number
  /** The same, but it never goes back. Limits use it. */
  steadyAt: number
}

/** The rows of queries that ran together, and the time when they ran. */
export interface Reading extends StepTime {
  rows: readonly (readonly unknown[])[]
}

/** The result of a step. A refusal writes nothing, so nothing has to be rolled back. */
export interface Conclusion<Outcome> {
  outcome: Outcome
  writes: readonly Query[]
  /** Finds a row if the writes were committed, else none. Used if the connection breaks before the confirmation. */
  proof?: Query
}

/** Reads, judges and concludes. It is written once for every engine. The engine runs it in one transaction. */
export interface Step<Outcome> {
  /** The locks that no other step may hold at the same time. */
  locks: readonly Lock[]
  /**
   * Set if the step reads and locks nothing, and running it twice has the same result. So a store can send it in one
   * round trip.
   */
  isRepeatable?: true
  run(): Generator<readonly Query[], Conclusion<Outcome>, Reading>
}

type RowsOf<Queries extends readonly Query[]> = {
  [Place in keyof Queries]: Queries[Place] extends Query<infer Row> ? Row[] : never
}

/** Runs several queries at once, inside a step. */
export function* read<const Queries extends readonly Query[]>(
  ...queries: Queries
): Generator<readonly Query[], StepTime & { rows: RowsOf<Queries> }, Reading> {
  const reading = yield queries
  return { ...reading, rows: reading.rows as RowsOf<Queries> }
}

/** A store of one kind. If it is unavailable, it throws SERVICE_UNAVAILABLE. Errors in a statement pass unchanged. */
export interface Engine {
  /** The longest time that a step waits for others, in milliseconds. */
  readonly timeoutMs: number
  /** Runs a step. Resolves once its writes are committed and on disk. @throws {OtpError} SERVICE_UNAVAILABLE */
  run<Outcome>(step: Step<Outcome>): Promise<Outcome>
  /** Runs one query outside any step. It sees only committed data. @throws {OtpError} SERVICE_UNAVAILABLE */
  read<Row>(query: Query<Row>): Promise<Row[]>
  /** Brings the schema up to date. @returns the names of the migrations that ran */
  migrate(): Promise<string[]>
  /**
   * @returns the names of the migrations that would run
   * @throws {StoreError} if the schema is newer than this program
   */
  pendingMigrations(): Promise<string[]>
  /** Returns how many connections are in use, and how many steps are waiting. */
  use(): { busy: number; waiting: number }
  /** Removes the remains of deleted data from the files of the store, as far as this engine can. */
  scrub(): Promise<void>
  /** Gives a little free space in the files back to the disk. @returns false if there is nothing more to give back */
  giveBack(): Promise<boolean>
  close(): Promise<void>
}

export interface StoreOptions {
  /** The longest time that a step waits for others, in milliseconds. */
  timeoutMs?: number | undefined
  /** Replaces the store's own clock. */
  now?: (() => number) | undefined
  /** Called when a connection breaks, even if it is idle. */
  onTrouble?: ((error: Error) => void) | undefined
  /** Called with a sentence about something that the operator should change. */
  onWarning?: ((warning: string) => void) | undefined
  observer?: StoreObserver | undefined
}

/** Observes the store, for the metrics. */
export interface StoreObserver {
  /** Called after a commit, with the number of steps in it. */
  onCommit(steps: number, durationMs: number): void
  /** Called with the time that a step waited for its turn. */
  onWait(durationMs: number): void
}

/** The store cannot be used at all. The message tells the operator why, in a sentence. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}
