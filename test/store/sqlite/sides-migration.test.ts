import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Kysely, type Migration, SqliteDialect } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { countedPlace } from '../../../server/http/client-address.ts'
import { parseRecipient } from '../../../server/otp/recipient.ts'
import { openConnection } from '../../../server/store/sqlite/connection.ts'
import { migrations } from '../../../server/store/sqlite/migrations.ts'

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-migration-'))
afterAll(() => rmSync(folder, { recursive: true }))

const local = fc.stringMatching(/^[a-z0-9_+-]{1,12}$/)
const email = fc
  .tuple(local, fc.constantFrom('own.example', 'gmail.com', 'icloud.com'))
  .map((parts) => parts.join('@'))
const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(undefined))

it('the migrations give sessions of earlier versions the same mailbox, side and network as new sessions', async () => {
  const connection = openConnection(join(folder, 'old.db'))
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection as never }) })
  const names = Object.keys(migrations).sort()
  const up = (name: string) => (migrations[name] as Migration).up(db)
  for (const name of names.filter((each) => each < '0007')) await up(name)

  const insert = connection.prepare(
    `insert into sessions (id, flow, project_id, credential_id, email, canonical_recipient, counted_recipient,
      client_address, code_hash, max_attempts, issued_at, expires_at, counted_at)
      values (?, 'instant', 'p', 'c', ?, ?, ?, ?, x'00', 5, 1, 2, 3)`,
  )
  const expected = fc.sample(fc.tuple(email, address), { numRuns: 500, seed: 1 }).flatMap(([to, from], n) => {
    const recipient = parseRecipient(to)
    if (recipient === undefined) return []
    // A server key has no client address. An unknown address is counted too.
    const place = n % 3 === 0 ? undefined : countedPlace(from?.replace(/%.*$/, ''))
    insert.run(String(n), to, recipient.canonical, recipient.counted, place?.address ?? null)
    return {
      mailbox: recipient.mailbox,
      opened_by: place ? 'public_token' : 'server_key',
      client_network: place?.network ?? null,
    }
  })
  for (const name of names.filter((each) => each >= '0007')) await up(name)
  const found = connection
    .prepare('select mailbox, opened_by, client_network from sessions order by cast(id as integer)')
    .all()
  expect(expected.length).toBeGreaterThan(300)
  expect(found).toEqual(expected)
  connection.close()
})
