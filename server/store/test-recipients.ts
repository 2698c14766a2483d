import type { TestRecipient, TestRecipients } from '../otp/test-recipients.ts'
import { type Engine, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** What a send needs to know about a test recipient. */
export interface TestRecipientCode {
  id: string
  /** JSON: the hash of the fixed code, for each number of digits. */
  codeHashes: string
}

export const testRecipientCode = statement<[projectId: string, recipient: string], TestRecipientCode>(
  'code_of_test_recipient',
  `select id, code_hashes as "codeHashes" from test_recipients
    where project_id = $1 and canonical_recipient = $2 and expires_at > :at`,
)

/** Returns the hash of the fixed code, cut to the number of digits of a session. */
export function codeHashOf({ codeHashes }: TestRecipientCode, otpDigits: number): Buffer {
  const { [otpDigits]: hash = '' } = JSON.parse(codeHashes) as Record<number, string>
  return Buffer.from(hash, 'hex')
}

const columns = `id, project_id as "projectId", canonical_recipient as "canonicalRecipient",
  counted_recipient as "countedRecipient", code_hashes as "codeHashes", created_at as "createdAt",
  expires_at as "expiresAt"`

const allTestRecipients = statement<[], TestRecipient & { codeHashes: string }>(
  'all_test_recipients',
  `select ${columns} from test_recipients order by created_at, id`,
)

const insertTestRecipient = statement<
  [
    id: string,
    projectId: string,
    canonicalRecipient: string,
    countedRecipient: string,
    codeHashes: string,
    createdAt: number,
    expiresAt: number,
  ]
>(
  'insert_test_recipient',
  `insert into test_recipients (id, project_id, canonical_recipient, counted_recipient, code_hashes, created_at,
    expires_at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (project_id, canonical_recipient) do update set id = excluded.id, code_hashes = excluded.code_hashes,
    created_at = excluded.created_at, expires_at = excluded.expires_at`,
)

const deleteTestRecipient = statement<[id: string]>(
  'delete_test_recipient',
  'delete from test_recipients where id = $1',
)

/** Deletes the test recipients of an erased mailbox. */
export const eraseTestRecipients = statement<[countedRecipient: string, projectId: string]>(
  'erase_test_recipients',
  'delete from test_recipients where counted_recipient = $1 and project_id = $2',
)

export function createTestRecipients(engine: Engine): TestRecipients {
  return {
    add: ({ id, projectId, canonicalRecipient, countedRecipient, createdAt, expiresAt }, codeHashes) =>
      engine.run(
        writeAll(
          [],
          [
            insertTestRecipient(
              id,
              projectId,
              canonicalRecipient,
              countedRecipient,
              JSON.stringify(codeHashes),
              createdAt,
              expiresAt,
            ),
          ],
        ),
      ),
    async list() {
      const rows = await engine.read(allTestRecipients())
      return rows.map(({ codeHashes: _, ...listed }) => listed)
    },
    async remove(id) {
      const isThere = (await engine.read(allTestRecipients())).some((row) => row.id === id)
      if (isThere) await engine.run(writeAll([], [deleteTestRecipient(id)]))
      return isThere
    },
  }
}
