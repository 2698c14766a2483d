import { type Kysely, sql } from 'kysely'
import type { Migrations } from '../migrate.ts'
import { slotCount } from './locks.ts'

// Numbered and append-only: a released migration is never edited. Times are milliseconds since the epoch.
// Ids are compared byte by byte, as in SQLite, and not by the rules of a language.
export const migrations: Migrations = {
  '0001-baseline': {
    async up(db: Kysely<unknown>) {
      for (const text of baseline) await sql.raw(text).execute(db)
    },
  },
  '0002-sides-and-networks': {
    async up(db: Kysely<unknown>) {
      for (const text of sidesAndNetworks) await sql.raw(text).execute(db)
    },
  },
  '0003-outcomes': {
    async up(db: Kysely<unknown>) {
      for (const text of outcomes) await sql.raw(text).execute(db)
    },
  },
  '0004-test-recipients': {
    async up(db: Kysely<unknown>) {
      for (const text of testRecipients) await sql.raw(text).execute(db)
    },
  },
  '0005-operations': {
    async up(db: Kysely<unknown>) {
      for (const text of operations) await sql.raw(text).execute(db)
    },
  },
}

const baseline = [
  `create table credentials (
    id text collate "C" primary key,
    kind text not null,
    project_id text not null,
    name text not null,
    secret_hash text collate "C" not null unique,
    analytics_secret_hash text collate "C" unique,
    grants text not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint
  )`,
  // A session also records its send. So the limits count sessions and need no table of their own.
  `create table sessions (
    id text collate "C" primary key,
    flow text collate "C" not null,
    project_id text collate "C" not null,
    credential_id text collate "C" not null,
    email text not null,
    canonical_recipient text collate "C" not null,
    counted_recipient text collate "C" not null,
    client_address text collate "C",
    code_hash bytea not null,
    attempts integer not null,
    max_attempts integer not null,
    issued_at bigint not null,
    expires_at bigint not null,
    counted_at bigint not null,
    sent_at bigint,
    failed_at bigint,
    verified_at bigint,
    locale text,
    redirect_url text,
    otp_digits integer not null,
    ordinal integer not null,
    resend_of text collate "C"
  )`,
  `create index sessions_verified on sessions (project_id, flow, verified_at, id) where verified_at is not null`,
  `create index sessions_counted_by_counted_recipient on sessions (counted_recipient, counted_at) where failed_at is null`,
  `create index sessions_counted_by_credential_id on sessions (credential_id, counted_at) where failed_at is null`,
  `create index sessions_counted_by_client_address on sessions (client_address, counted_at)
    where client_address is not null and failed_at is null`,
  `create index sessions_of_recipient on sessions (project_id, flow, canonical_recipient, ordinal) where failed_at is null`,
  `create index sessions_resent on sessions (resend_of) where resend_of is not null`,
  `create index sessions_expired on sessions (expires_at) where verified_at is null`,
  `create index sessions_outlived on sessions (verified_at) where verified_at is not null`,
  `create table tries (
    kind text collate "C" not null,
    subject text collate "C" not null,
    tried_at bigint not null,
    expires_at bigint not null
  )`,
  `create index tries_counted on tries (kind, subject, tried_at)`,
  `create index tries_expired on tries (expires_at)`,
  `create table idempotency_keys (
    credential_id text collate "C" not null,
    key_hash bytea not null,
    request_hash bytea not null,
    session_id text collate "C" not null unique,
    session_expires_at bigint not null,
    in_flight_until bigint not null,
    sent_at bigint,
    expires_at bigint not null,
    primary key (credential_id, key_hash)
  )`,
  `create index idempotency_keys_expired on idempotency_keys (expires_at)`,
  // How far the time for limits is ahead of the time of day.
  `create table clock (id integer primary key, offset_ms bigint not null, seen_at bigint not null)`,
  `insert into clock (id, offset_ms, seen_at) values (1, 0, 0)`,
  `create table readiness (id integer primary key, checked_at bigint not null)`,
  `insert into readiness (id, checked_at) values (1, 0)`,
  `create table locks (slot integer primary key)`,
  `insert into locks (slot) select generate_series(0, ${slotCount - 1})`,
]

const sidesAndNetworks = [
  `alter table sessions add column opened_by text collate "C" not null default 'server_key',
    add column mailbox text collate "C" not null default '', add column client_network text collate "C"`,
  `update sessions set opened_by = case when client_address is null then 'server_key' else 'public_token' end,
    mailbox = regexp_replace(counted_recipient, '^([^@][^@+]*)[+][^@]*@', '\\1@'),
    client_network = case when client_address like '%::/64'
      then regexp_replace(client_address, '^([^:]+:[^:]+:[^:]+):.*$', '\\1::/48')
      else regexp_replace(client_address, '[.][0-9]+$', '.0/24') end`,
  'drop index sessions_counted_by_counted_recipient',
  'drop index sessions_counted_by_credential_id',
  'drop index sessions_counted_by_client_address',
  'create index sessions_counted_by_mailbox on sessions (mailbox, counted_at) where failed_at is null',
  `create index sessions_counted_by_credential_id on sessions (credential_id, counted_at)
    where failed_at is null or opened_by = 'public_token'`,
  'create index sessions_counted_by_client_address on sessions (client_address, counted_at) where client_address is not null',
  `create index sessions_counted_by_client_network on sessions (client_network, counted_at, sent_at)
    where client_network is not null`,
  `create table tallies (
    subject text collate "C" not null,
    kind text collate "C" not null,
    starts_at bigint not null,
    total integer not null,
    expires_at bigint not null,
    primary key (subject, kind, starts_at)
  )`,
  'create index tallies_expired on tallies (expires_at)',
]

const outcomes = [
  `alter table sessions add column reference text collate "C", add column canceled_at bigint,
    add column unknown_at bigint, add column wrong_codes_at text not null default '', add column expiry_due_at bigint,
    add column erased_key text collate "C" not null default '', add column erased_at bigint`,
  `create index sessions_by_reference on sessions (project_id, flow, reference, verified_at, id)
    where reference is not null and verified_at is not null`,
  'create index sessions_expiring on sessions (expiry_due_at) where expiry_due_at is not null',
  'create index sessions_failed_by_mailbox on sessions (mailbox) where failed_at is not null',
  'create index sessions_with_client on sessions (counted_at) where client_address is not null',
  `create table webhook_endpoints (
    id text collate "C" primary key,
    project_id text collate "C" not null,
    url text not null,
    events text not null,
    secrets text not null,
    created_at bigint not null,
    disabled_at bigint,
    disabled_reason text,
    failing_since bigint,
    claim_id text collate "C",
    claimed_until bigint not null default 0
  )`,
  'create index webhook_endpoints_of_project on webhook_endpoints (project_id)',
  `create table webhook_events (
    id text collate "C" primary key,
    project_id text collate "C" not null,
    type text collate "C" not null,
    session_id text collate "C" not null,
    counted_recipient text collate "C" not null,
    body text not null,
    created_at bigint not null
  )`,
  'create index webhook_events_of_recipient on webhook_events (counted_recipient)',
  'create index webhook_events_outlived on webhook_events (created_at)',
  `create table webhook_deliveries (
    event_id text collate "C" not null,
    endpoint_id text collate "C" not null,
    created_at bigint not null,
    attempts integer not null default 0,
    next_at bigint,
    last_attempt_at bigint,
    last_answer text,
    delivered_at bigint,
    primary key (event_id, endpoint_id)
  )`,
  'create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at, event_id) where next_at is not null',
  'create index webhook_deliveries_outlived on webhook_deliveries (created_at)',
  // The slots for the locks added in this version: see `kinds` in locks.ts.
  `insert into locks (slot) select generate_series(0, ${slotCount - 1}) on conflict do nothing`,
]

const testRecipients = [
  // The test recipient whose fixed code a session uses.
  'alter table sessions add column test_recipient text collate "C"',
  `create table test_recipients (
    id text collate "C" primary key,
    project_id text collate "C" not null,
    canonical_recipient text collate "C" not null,
    counted_recipient text collate "C" not null,
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
    id text collate "C" primary key,
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
    id text collate "C" primary key,
    at bigint not null,
    actor text not null,
    action text not null,
    subject text not null,
    details text not null
  )`,
]
