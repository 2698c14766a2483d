import { type Kysely, sql } from 'kysely'
import type { Migrations } from '../migrate.ts'
import { earlyMigrations } from './early-migrations.ts'

// Numbered and append-only: a released migration is never edited.
// Times are milliseconds since the epoch.
export const migrations: Migrations = {
  ...earlyMigrations,
  '0006-steady-clock': {
    async up(db: Kysely<unknown>) {
      // How far the time for limits is ahead of the time of day. All processes share it.
      await db.schema
        .createTable('clock')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('offset_ms', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute()
      await sql`insert into clock (id, offset_ms, seen_at) values (1, 0, 0)`.execute(db)
      await sql`insert or ignore into readiness (id, checked_at) values (1, 0)`.execute(db)

      // Most sends use a server key and have no client address. This index leaves out their rows.
      await db.schema.dropIndex('sessions_counted_by_client_address').execute()
      await sql`create index sessions_counted_by_client_address on sessions (client_address, counted_at, failed_at)
        where client_address is not null and failed_at is null`.execute(db)
    },
  },
  '0007-sides-and-networks': {
    async up(db: Kysely<unknown>) {
      for (const text of sidesAndNetworks) await sql.raw(text).execute(db)
    },
  },
  '0008-outcomes': {
    async up(db: Kysely<unknown>) {
      for (const text of outcomes) await sql.raw(text).execute(db)
    },
  },
  '0009-test-recipients': {
    async up(db: Kysely<unknown>) {
      for (const text of testRecipients) await sql.raw(text).execute(db)
    },
  },
  '0010-operations': {
    async up(db: Kysely<unknown>) {
      for (const text of operations) await sql.raw(text).execute(db)
    },
  },
}

const local = `substr(counted_recipient, 1, instr(counted_recipient, '@') - 1)`
// The number of characters before the tag; 0 if there is none. A + at the start does not begin a tag.
const tagAt = `instr(substr(${local}, 2), '+')`
const domain = `substr(counted_recipient, instr(counted_recipient, '@'))`
const [letters, digits] = ["'0123456789abcdef'", "'0123456789'"]

const sidesAndNetworks = [
  "alter table sessions add column opened_by text not null default 'server_key'",
  "alter table sessions add column mailbox text not null default ''",
  'alter table sessions add column client_network text',
  // Applies the rules of `mailboxOf` and `networkOf` to earlier sends.
  `update sessions set opened_by = case when client_address is null then 'server_key' else 'public_token' end,
    mailbox = case when ${tagAt} > 0 then substr(counted_recipient, 1, ${tagAt}) || ${domain} else counted_recipient end,
    client_network = case when client_address like '%::/64'
      then rtrim(rtrim(substr(client_address, 1, length(client_address) - 5), ${letters}), ':') || '::/48'
      when client_address like '%.%' then rtrim(client_address, ${digits}) || '0/24' else client_address end`,
  'drop index sessions_counted_by_counted_recipient',
  'drop index sessions_counted_by_credential_id',
  'drop index sessions_counted_by_client_address',
  'create index sessions_counted_by_mailbox on sessions (mailbox, counted_at, failed_at) where failed_at is null',
  `create index sessions_counted_by_credential_id on sessions (credential_id, counted_at, failed_at, opened_by)
    where failed_at is null or opened_by = 'public_token'`,
  `create index sessions_counted_by_client_address on sessions (client_address, counted_at)
    where client_address is not null`,
  `create index sessions_counted_by_client_network on sessions (client_network, counted_at, sent_at)
    where client_network is not null`,
  // Sums for each part of a window, for counts in the thousands.
  `create table tallies (
    subject text not null,
    kind text not null,
    starts_at bigint not null,
    total integer not null,
    expires_at bigint not null,
    primary key (subject, kind, starts_at)
  ) without rowid`,
  'create index tallies_expired on tallies (expires_at)',
]

const outcomes = [
  'alter table sessions add column reference text',
  'alter table sessions add column canceled_at bigint',
  'alter table sessions add column unknown_at bigint',
  // The times of wrong codes, separated by spaces. There are never more than a session has attempts.
  "alter table sessions add column wrong_codes_at text not null default ''",
  // When to report the expiry to webhooks. Null once the session has ended.
  'alter table sessions add column expiry_due_at bigint',
  // Replaces the recipient when it is erased: a keyed hash.
  "alter table sessions add column erased_key text not null default ''",
  'alter table sessions add column erased_at bigint',
  `create index sessions_by_reference on sessions (project_id, flow, reference, verified_at, id)
    where reference is not null and verified_at is not null`,
  'create index sessions_expiring on sessions (expiry_due_at) where expiry_due_at is not null',
  'create index sessions_failed_by_mailbox on sessions (mailbox) where failed_at is not null',
  'create index sessions_with_client on sessions (counted_at) where client_address is not null',
  `create table webhook_endpoints (
    id text primary key,
    project_id text not null,
    url text not null,
    events text not null,
    secrets text not null,
    created_at bigint not null,
    disabled_at bigint,
    disabled_reason text,
    failing_since bigint,
    claim_id text,
    claimed_until bigint not null default 0
  ) without rowid`,
  'create index webhook_endpoints_of_project on webhook_endpoints (project_id)',
  `create table webhook_events (
    id text primary key,
    project_id text not null,
    type text not null,
    session_id text not null,
    counted_recipient text not null,
    body text not null,
    created_at bigint not null
  )`,
  'create index webhook_events_of_recipient on webhook_events (counted_recipient)',
  'create index webhook_events_outlived on webhook_events (created_at)',
  // next_at is null once a delivery has succeeded or been given up.
  `create table webhook_deliveries (
    event_id text not null,
    endpoint_id text not null,
    created_at bigint not null,
    attempts integer not null default 0,
    next_at bigint,
    last_attempt_at bigint,
    last_answer text,
    delivered_at bigint,
    primary key (event_id, endpoint_id)
  ) without rowid`,
  `create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at, event_id) where next_at is not null`,
  'create index webhook_deliveries_outlived on webhook_deliveries (created_at)',
]

const testRecipients = [
  // The test recipient whose fixed code a session uses.
  'alter table sessions add column test_recipient text',
  `create table test_recipients (
    id text primary key,
    project_id text not null,
    canonical_recipient text not null,
    counted_recipient text not null,
    code_hashes text not null,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  'create unique index test_recipients_of_project on test_recipients (project_id, canonical_recipient)',
  'create index test_recipients_counted on test_recipients (counted_recipient)',
]

const operations = [
  // Details about the delivery of a session's email, as JSON.
  'alter table sessions add column delivery text',
  'alter table credentials add column last_used_at bigint',
  `create table projects (
    id text primary key,
    name text not null,
    created_at bigint not null,
    brand text
  )`,
  // Until now, a project existed as soon as a credential named it. The sandbox of a project is a part of it.
  `insert into projects (id, name, created_at)
    select replace(project_id, '/sandbox', ''), replace(project_id, '/sandbox', ''), min(created_at) from credentials
    group by 1`,
  `insert into projects (id, name, created_at) select 'default', 'default', 0
    where not exists (select 1 from projects where id = 'default')`,
  // Records who changed what from the command line.
  `create table audit (
    id text primary key,
    at bigint not null,
    actor text not null,
    action text not null,
    subject text not null,
    details text not null
  )`,
]
