import type { Lock } from './locks.ts'

/**
 * One SQL text for every engine, made once. Its parameters are `$1`, `$2`, …; beside them it may use `:at`, the time
 * of day, and `:steady_at`, the time by which limits count (see `clock.ts`). The engine puts both in.
 */
export interface Statement<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown> {
  /** Also the name under which PostgreSQL keeps it prepared. */
  readonly name: string
  readonly text: string
  /** Never there: they carry the types of what goes in and what comes out. */
  readonly types?: { parameters: Parameters; row: Row }
}

/** A statement with its parameters. */
export interface Query<Row = unknown> {
  readonly statement: Statement<readonly unknown[], Row>
  readonly parameters: readonly unknown[]
}

/** Declares a statement: what it takes and what a row of it holds. */
export function statement<Parameters extends readonly unknown[] = [], Row = never>(
  name: string,
  text: string,
): (...parameters: Parameters) => Query<Row> {
  const made = { name, text }
  statements.push(made)
  return (...parameters) => ({ statement: made, parameters })
}

const statements: Statement[] = []

/** Every statement that was declared, for the tests. */
export function allStatements(): readonly Statement[] {
  return statements
}

export interface StepTime {
  /** The time of day, in milliseconds since the epoch. */
  at: number
  /** The same, but it never goes back: what limits count by. */
  steadyAt: number
}

/** The rows of the queries that were asked together, and when. */
export interface Reading extends StepTime {
  rows: readonly (readonly unknown[])[]
}

/** What a step comes to. A refusal writes nothing, and nothing has to be taken back. */
export interface Conclusion<Outcome> {
  outcome: Outcome
  writes: readonly Query[]
  /** Finds a row exactly if the writes were committed, for when a connection breaks and nobody says so. */
  proof?: Query
}

/** Reads, judges and concludes: written once for every engine, which drives it in one transaction. */
export interface Step<Outcome> {
  /** What no other step may hold at the same time. */
  locks: readonly Lock[]
  /** It reads and locks nothing, and doing it twice comes to the same. So a store can send it in one go. */
  isRepeatable?: true
  run(): Generator<readonly Query[], Conclusion<Outcome>, Reading>
}

type RowsOf<Queries extends readonly Query[]> = {
  [Place in keyof Queries]: Queries[Place] extends Query<infer Row> ? Row[] : never
}

/** Asks several queries at once, inside a step. */
export function* read<const Queries extends readonly Query[]>(
  ...queries: Queries
): Generator<readonly Query[], StepTime & { rows: RowsOf<Queries> }, Reading> {
  const reading = yield queries
  return { ...reading, rows: reading.rows as RowsOf<Queries> }
}

/** A store of one kind. What it cannot do now is SERVICE_UNAVAILABLE; a wrong statement stays what it is. */
export interface Engine {
  /** How long a step can wait for others, in milliseconds. */
  readonly timeoutMs: number
  /** Runs a step. Resolves once its writes are committed and on disk. @throws {OtpError} SERVICE_UNAVAILABLE */
  run<Outcome>(step: Step<Outcome>): Promise<Outcome>
  /** One query outside any step; it sees what is committed. @throws {OtpError} SERVICE_UNAVAILABLE */
  read<Row>(query: Query<Row>): Promise<Row[]>
  /** Brings the schema up to date. @returns the names of the migrations that ran */
  migrate(): Promise<string[]>
  /** The names of the migrations that would run. @throws {StoreError} if the schema is newer than this program */
  pendingMigrations(): Promise<string[]>
  /** How many connections are in use, and how many steps wait for their turn. */
  use(): { busy: number; waiting: number }
  /** Leaves nothing in the files of the store of what was deleted before, as far as that is in this engine's hands. */
  scrub(): Promise<void>
  /** Gives a little of what is free in the files back to the disk. @returns false if there is nothing more to give back */
  giveBack(): Promise<boolean>
  close(): Promise<void>
}

export interface StoreOptions {
  /** How long a step waits for others, in milliseconds. */
  timeoutMs?: number | undefined
  /** Stands in for the store's own clock. */
  now?: (() => number) | undefined
  /** Hears of connections that broke while nobody used them. */
  onTrouble?: ((error: Error) => void) | undefined
  /** Hears of what an operator should change, in a sentence. */
  onWarning?: ((warning: string) => void) | undefined
  observer?: StoreObserver | undefined
}

/** Hears of what the store does, for the metrics. */
export interface StoreObserver {
  /** A commit, with how many steps were in it. */
  onCommit(steps: number, durationMs: number): void
  /** How long a step waited for its turn. */
  onWait(durationMs: number): void
}

/** Why a store cannot be used at all, in a sentence for its operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}
