import pg from 'pg'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { createDatabase } from './postgres.ts'

type Row = Record<string, unknown>

/** The store of a server under test. Tests use it to read and disturb the store without going through the server. */
export interface TestStore {
  databaseUrl: string
  /** Returns the rows of a query. Its parameters are `$1`, `$2`, … */
  rows(text: string, ...parameters: unknown[]): Promise<Row[]>
  execute(text: string): Promise<void>
  /** Keeps everyone else from writing. @returns a function that lets them write again */
  hold(): Promise<() => Promise<void>>
  remove(): Promise<void>
}

/** With TEST_STORE=postgres, the tests of our promises run on PostgreSQL. */
export const isOnPostgres = process.env['TEST_STORE'] === 'postgres'

/** @param path the file of the store, if the store is a file */
export async function createTestStore(path: string): Promise<TestStore> {
  return isOnPostgres ? onPostgres() : onSqlite(path)
}

function onSqlite(path: string): TestStore {
  return {
    databaseUrl: `sqlite:${path}`,
    async rows(text, ...parameters) {
      const connection = openConnection(path)
      const rows = connection.prepare(text.replace(/\$\d+/g, '?')).all(...parameters) as Row[]
      connection.close()
      return rows
    },
    async execute(text) {
      const connection = openConnection(path)
      connection.exec(text)
      connection.close()
    },
    async hold() {
      const connection = openConnection(path)
      connection.exec('begin exclusive')
      return async () => {
        connection.exec('rollback')
        connection.close()
      }
    },
    remove: async () => {},
  }
}

async function onPostgres(): Promise<TestStore> {
  const { url, drop } = await createDatabase()
  const connected = async <T>(use: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return await use(client)
    } finally {
      await client.end()
    }
  }
  return {
    databaseUrl: url,
    rows: (text, ...parameters) =>
      connected(async (client) => {
        // Counts and times are numbers here, as with SQLite.
        const { rows, fields } = await client.query<Row>(text, parameters)
        const bigints = fields.filter(({ dataTypeID }) => dataTypeID === 20).map(({ name }) => name)
        const numbers = (row: Row) =>
          bigints.map((name) => [name, row[name] === null ? null : Number(row[name])] as const)
        return rows.map((row) => ({ ...row, ...Object.fromEntries(numbers(row)) }))
      }),
    execute: (text) => connected(async (client) => void (await client.query(text))),
    async hold() {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('begin')
      await client.query(
        'lock table sessions, tries, idempotency_keys, credentials, readiness, locks in exclusive mode',
      )
      return () => client.end()
    },
    remove: drop,
  }
}
