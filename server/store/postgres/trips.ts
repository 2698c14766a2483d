import type pg from 'pg'
import type { DriverQuery } from './compile.ts'
import { asTrouble, isUselessAfter } from './trouble.ts'

/** Sends all queries at once. @returns the rows of each query */
export async function trip(
  client: pg.PoolClient,
  queries: readonly (Partial<DriverQuery> & { text: string })[],
): Promise<unknown[][]> {
  const answers = await Promise.all(queries.map((query) => client.query(query as pg.QueryConfig)))
  return answers.map(({ rows }) => rows)
}

export async function readOnce(pool: pg.Pool, query: DriverQuery): Promise<unknown[]> {
  const client = await connectTo(pool)
  let failure: unknown
  try {
    const { rows } = await client.query(query as pg.QueryConfig)
    return rows
  } catch (error) {
    failure = error
    throw error
  } finally {
    client.release(isUselessAfter(failure))
  }
}

/** Takes a connection from the pool. A failure is not retried: that would only make the caller wait longer. */
export async function connectTo(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asTrouble(error)
  }
}
