import { type Engine, type Query, read, type Step, StoreError, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** The tables to copy. Each is read in the order of a key, so that the copy can work in pages. */
const tables = [
  // A new store already has a project.
  { name: 'projects', key: ['id'], columns: ['id', 'name', 'created_at', 'brand'], isPreset: true },
  { name: 'audit', key: ['id'], columns: ['id', 'at', 'actor', 'action', 'subject', 'details'] },
  {
    name: 'credentials',
    key: ['id'],
    columns: [
      'id',
      'kind',
      'project_id',
      'name',
      'secret_hash',
      'analytics_secret_hash',
      'grants',
      'created_at',
      'expires_at',
      'revoked_at',
      'last_used_at',
    ],
  },
  {
    name: 'sessions',
    key: ['id'],
    columns: [
      'id',
      'flow',
      'project_id',
      'credential_id',
      'email',
      'canonical_recipient',
      'counted_recipient',
      'mailbox',
      'opened_by',
      'client_address',
      'client_network',
      'code_hash',
      'attempts',
      'max_attempts',
      'issued_at',
      'expires_at',
      'counted_at',
      'sent_at',
      'failed_at',
      'verified_at',
      'locale',
      'redirect_url',
      'otp_digits',
      'ordinal',
      'resend_of',
      'reference',
      'canceled_at',
      'unknown_at',
      'wrong_codes_at',
      'expiry_due_at',
      'erased_key',
      'erased_at',
      'test_recipient',
      'delivery',
    ],
  },
  {
    name: 'test_recipients',
    key: ['id'],
    columns: [
      'id',
      'project_id',
      'canonical_recipient',
      'counted_recipient',
      'code_hashes',
      'created_at',
      'expires_at',
    ],
  },
  {
    name: 'webhook_endpoints',
    key: ['id'],
    columns: [
      'id',
      'project_id',
      'url',
      'events',
      'secrets',
      'created_at',
      'disabled_at',
      'disabled_reason',
      'failing_since',
    ],
  },
  {
    name: 'webhook_events',
    key: ['id'],
    columns: ['id', 'project_id', 'type', 'session_id', 'counted_recipient', 'body', 'created_at'],
  },
  {
    name: 'webhook_deliveries',
    key: ['event_id', 'endpoint_id'],
    columns: [
      'event_id',
      'endpoint_id',
      'created_at',
      'attempts',
      'next_at',
      'last_attempt_at',
      'last_answer',
      'delivered_at',
    ],
  },
  {
    name: 'idempotency_keys',
    key: ['credential_id', 'key_hash'],
    columns: [
      'credential_id',
      'key_hash',
      'request_hash',
      'session_id',
      'session_expires_at',
      'in_flight_until',
      'sent_at',
      'expires_at',
    ],
  },
  {
    name: 'tallies',
    key: ['subject', 'kind', 'starts_at'],
    columns: ['subject', 'kind', 'starts_at', 'total', 'expires_at'],
  },
  // Tries have no key, so they are copied in one page. They are few, because the purge deletes expired ones.
  { name: 'tries', key: [], columns: ['kind', 'subject', 'tried_at', 'expires_at'] },
] as const satisfies readonly {
  name: string
  key: readonly string[]
  columns: readonly string[]
  isPreset?: true
}[]

const pageSize = 500

type Row = Record<string, unknown>
type Table = (typeof tables)[number]

/** Creates the statements of one table, once. */
function statementsOf({ name, key, columns }: Table) {
  const list = columns.join(', ')
  const order = key.length > 0 ? `order by ${key.join(', ')} limit ${pageSize}` : ''
  const places = key.map((_, place) => `$${place + 1}`)
  return {
    clear: statement(`copy_clear_${name}`, `delete from ${name}`),
    count: statement<[], { n: number }>(`copy_count_${name}`, `select count(*) as n from ${name}`),
    first: statement<[], Row>(`copy_first_${name}`, `select ${list} from ${name} ${order}`),
    next:
      key.length > 0
        ? statement<unknown[], Row>(
            `copy_next_${name}`,
            `select ${list} from ${name} where (${key.join(', ')}) > (${places.join(', ')}) ${order}`,
          )
        : undefined,
    insert: statement<unknown[]>(
      `copy_into_${name}`,
      `insert into ${name} (${list}) values (${columns.map((_, place) => `$${place + 1}`).join(', ')})`,
    ),
  }
}

const all = tables.map((table) => ({ isPreset: false, ...table, ...statementsOf(table) }))

const readWholeClock = statement<[], { offsetMs: number; seenAt: number }>(
  'copy_clock',
  'select offset_ms as "offsetMs", seen_at as "seenAt" from clock where id = 1',
)
const writeWholeClock = statement<[offsetMs: number, seenAt: number]>(
  'copy_into_clock',
  'update clock set offset_ms = $1, seen_at = $2 where id = 1',
)

/** The progress of a copy. */
export interface CopyProgress {
  table: string
  copied: number
  of: number
}

/**
 * Copies everything from one store into another, which must be empty. No server may use either store meanwhile. Its
 * writes would be missing from the copy, and the counts at the end would differ.
 * @returns the number of rows copied from each table
 * @throws {StoreError} if the target is not empty, or its row counts differ from the source at the end
 */
export async function copyStore(
  source: Engine,
  target: Engine,
  onProgress: (progress: CopyProgress) => void,
): Promise<Record<string, number>> {
  for (const { name, count, isPreset } of all) {
    if (!isPreset && (await countOf(target, count())) > 0)
      throw new StoreError(`it is not empty: the table ${name} has rows`)
  }
  const presets = all.filter(({ isPreset }) => isPreset)
  await target.run(
    writeAll(
      [],
      presets.map(({ clear }) => clear()),
    ),
  )
  const copied: Record<string, number> = {}
  for (const table of all) {
    const of = await countOf(source, table.count())
    let done = 0
    onProgress({ table: table.name, copied: done, of })
    for (let page = await source.read(table.first()); page.length > 0; ) {
      for (let start = 0; start < page.length; start += pageSize) {
        const rows = page.slice(start, start + pageSize)
        const inserts = rows.map((row) => table.insert(...table.columns.map((column) => row[column])))
        await target.run(writeAll([], inserts))
        done += rows.length
        onProgress({ table: table.name, copied: done, of })
      }
      const last = page.at(-1)
      page =
        table.next && last ? await source.read(table.next(...table.key.map((column) => last[column]))) : []
    }
    copied[table.name] = done
  }
  const [clock] = await source.read(readWholeClock())
  if (clock) await target.run(writeAll([], [writeWholeClock(clock.offsetMs, clock.seenAt)]))
  for (const { name, count } of all) {
    const [there, here] = [await countOf(target, count()), await countOf(source, count())]
    if (there !== here)
      throw new StoreError(`the table ${name} has ${there} rows in the copy and ${here} in the source`)
  }
  return copied
}

function countOf(engine: Engine, count: Query<{ n: number }>): Promise<number> {
  const step: Step<number> = {
    locks: [],
    *run() {
      const { rows } = yield* read(count)
      return { outcome: rows[0][0]?.n ?? 0, writes: [] }
    },
  }
  return engine.run(step)
}
