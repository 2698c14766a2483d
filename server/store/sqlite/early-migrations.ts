import { type Kysely, sql } from 'kysely'
import type { Migrations } from '../migrate.ts'

/** The migrations of versions 1.0.0 to 1.2.0 up to the steady clock. Released, so never edited. */
export const earlyMigrations: Migrations = {
  '0001-sessions-and-credentials': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('credentials')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('project_id', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
        .addColumn('analytics_secret_hash', 'text', (column) => column.unique())
        .addColumn('grants', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint')
        .addColumn('revoked_at', 'bigint')
        .execute()

      // A session also records its send. So the limits count sessions and need no table of their own.
      await db.schema
        .createTable('sessions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('flow', 'text', (column) => column.notNull())
        .addColumn('project_id', 'text', (column) => column.notNull())
        .addColumn('credential_id', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('canonical_recipient', 'text', (column) => column.notNull())
        .addColumn('client_address', 'text')
        .addColumn('code_hash', 'blob', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('max_attempts', 'integer', (column) => column.notNull())
        .addColumn('issued_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('counted_at', 'bigint', (column) => column.notNull())
        .addColumn('sent_at', 'bigint')
        .addColumn('failed_at', 'bigint')
        .addColumn('verified_at', 'bigint')
        .execute()
      await db.schema
        .createIndex('sessions_verified')
        .on('sessions')
        .columns(['project_id', 'flow', 'verified_at', 'id'])
        .where(sql.ref('verified_at'), 'is not', null)
        .execute()
      for (const subject of ['canonical_recipient', 'credential_id', 'client_address']) {
        await db.schema
          .createIndex(`sessions_counted_by_${subject}`)
          .on('sessions')
          .columns([subject, 'counted_at'])
          .where(sql.ref('failed_at'), 'is', null)
          .execute()
      }

      // The readiness check writes here, to find out whether the store accepts writes.
      await db.schema
        .createTable('readiness')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('checked_at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
  '0002-hosted-page': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('sessions').addColumn('locale', 'text').execute()
      await db.schema.alterTable('sessions').addColumn('redirect_url', 'text').execute()
      await db.schema
        .alterTable('sessions')
        .addColumn('otp_digits', 'integer', (column) => column.notNull().defaultTo(6))
        .execute()
    },
  },
  '0003-page-tries': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('page_tries')
        .addColumn('client_address', 'text', (column) => column.notNull())
        .addColumn('tried_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('page_tries_counted')
        .on('page_tries')
        .columns(['client_address', 'tried_at'])
        .execute()
      await db.schema.createIndex('page_tries_trimmed').on('page_tries').column('tried_at').execute()
    },
  },
  '0004-counted-recipient': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('sessions')
        .addColumn('counted_recipient', 'text', (column) => column.notNull().defaultTo(''))
        .execute()
      // Earlier sends keep the address under which they were counted. They soon leave the windows of the limits.
      await sql`update sessions set counted_recipient = canonical_recipient`.execute(db)
      await db.schema.dropIndex('sessions_counted_by_canonical_recipient').execute()
      await db.schema
        .createIndex('sessions_counted_by_counted_recipient')
        .on('sessions')
        .columns(['counted_recipient', 'counted_at'])
        .where(sql.ref('failed_at'), 'is', null)
        .execute()
    },
  },
  '0005-tries-resends-and-idempotency': {
    async up(db: Kysely<unknown>) {
      // Counted events other than sends: codes typed into the page, and wrong codes. A row counts until it expires.
      await db.schema
        .createTable('tries')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('tried_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('tries_counted')
        .on('tries')
        .columns(['kind', 'subject', 'tried_at'])
        .execute()
      await db.schema.createIndex('tries_expired').on('tries').column('expires_at').execute()
      await sql`insert into tries select 'page', client_address, tried_at, tried_at + 86400000 from page_tries`.execute(
        db,
      )
      await db.schema.dropTable('page_tries').execute()

      // Each index includes the column of its condition. So SQLite can count the sends in a window without the table.
      for (const subject of ['counted_recipient', 'credential_id', 'client_address']) {
        await db.schema.dropIndex(`sessions_counted_by_${subject}`).execute()
        await db.schema
          .createIndex(`sessions_counted_by_${subject}`)
          .on('sessions')
          .columns([subject, 'counted_at', 'failed_at'])
          .where(sql.ref('failed_at'), 'is', null)
          .execute()
      }

      await db.schema.alterTable('sessions').addColumn('resend_of', 'text').execute()
      await db.schema
        .alterTable('sessions')
        .addColumn('ordinal', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createIndex('sessions_of_recipient')
        .on('sessions')
        .columns(['project_id', 'flow', 'canonical_recipient', 'ordinal'])
        .where(sql.ref('failed_at'), 'is', null)
        .execute()
      await db.schema
        .createIndex('sessions_resent')
        .on('sessions')
        .column('resend_of')
        .where(sql.ref('resend_of'), 'is not', null)
        .execute()
      await db.schema
        .createIndex('sessions_expired')
        .on('sessions')
        .column('expires_at')
        .where(sql.ref('verified_at'), 'is', null)
        .execute()
      await db.schema
        .createIndex('sessions_outlived')
        .on('sessions')
        .column('verified_at')
        .where(sql.ref('verified_at'), 'is not', null)
        .execute()

      await db.schema
        .createTable('idempotency_keys')
        .addColumn('credential_id', 'text', (column) => column.notNull())
        .addColumn('key_hash', 'blob', (column) => column.notNull())
        .addColumn('request_hash', 'blob', (column) => column.notNull())
        .addColumn('session_id', 'text', (column) => column.notNull().unique())
        .addColumn('session_expires_at', 'bigint', (column) => column.notNull())
        .addColumn('in_flight_until', 'bigint', (column) => column.notNull())
        .addColumn('sent_at', 'bigint')
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_keys_primary', ['credential_id', 'key_hash'])
        .execute()
      await db.schema
        .createIndex('idempotency_keys_expired')
        .on('idempotency_keys')
        .column('expires_at')
        .execute()
    },
  },
}
