import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

const starterUrl = inject('postgresUrl')

/** True if this machine has a PostgreSQL that the tests can use. CI must have one. */
export const hasPostgres = starterUrl !== undefined
if (!hasPostgres && process.env['CI']) {
  throw new Error('PostgreSQL 13 or newer is missing: install it, or say where it is in POSTGRES_BIN')
}

let address: Promise<string> | undefined

async function start(): Promise<string> {
  if (starterUrl === undefined) throw new Error('this machine has no PostgreSQL')
  const response = await fetch(starterUrl)
  const text = await response.text()
  if (!response.ok) throw new Error(`PostgreSQL did not start: ${text}`)
  return text
}

/** Runs a query on the tests' PostgreSQL. */
async function administer(text: string): Promise<pg.QueryResult> {
  address ??= start()
  const client = new pg.Client(await address)
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

/** Creates an empty database. */
export async function createDatabase(): Promise<{ url: string; name: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} template template0`)
  const url = new URL((await address) as string)
  url.pathname = name
  return {
    url: url.href,
    name,
    drop: async () => void (await administer(`drop database ${name} with (force)`)),
  }
}
