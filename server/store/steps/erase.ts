import type { Erasure } from '../../otp/erased.ts'
import { guessSubject } from '../../otp/guesses.ts'
import { type Query, read, type Step, statement } from '../engine.ts'
import { freeKey } from '../idempotency-statements.ts'
import { renameGuesses } from '../limit-statements.ts'
import { lock } from '../locks.ts'
import { eraseTestRecipients } from '../test-recipients.ts'
import { eraseDeliveries, eraseEvents } from '../webhook-statements.ts'

/** The maximum number of sessions that one step erases. Other steps get their turn in between. */
const erasedAtOnce = 200

type Parameters = [
  mailbox: string,
  counted: string,
  projectId: string,
  erasedMailbox: string,
  erasedCounted: string,
  noCode: Buffer,
]

// Clears the recipient, the code, the verification and the request details. Data for limits stays until the purge.
// Failed sessions are in a different index than the rest.
const eraseSessions = (name: string, condition: string) =>
  statement<Parameters, { id: string }>(
    name,
    `update sessions set email = '', canonical_recipient = '', mailbox = $4, counted_recipient = $5, erased_key = '',
      code_hash = $6, reference = null, locale = null, redirect_url = null, wrong_codes_at = '', verified_at = null, delivery = null,
      expires_at = case when expires_at < :at then expires_at else :at end, expiry_due_at = null, erased_at = :at
      where id in (select id from sessions where mailbox = $1 and ${condition} and counted_recipient = $2 and project_id = $3
        limit ${erasedAtOnce}) returning id`,
  )

const eraseLive = eraseSessions('erase_sessions', 'failed_at is null')
const eraseFailed = eraseSessions('erase_failed_sessions', 'failed_at is not null')

const noCode = Buffer.alloc(0)

/** Erases a part of the sessions of a mailbox. @returns how many, and whether this was the last part */
export function erasePart(erasure: Erasure): Step<{ sessions: number; isLast: boolean }> {
  const { projectId, counted, mailbox, erasedAs } = erasure
  return {
    locks: [lock.recipient(mailbox)],
    *run() {
      const parameters: Parameters = [mailbox, counted, projectId, erasedAs.mailbox, erasedAs.counted, noCode]
      const { rows } = yield* read(eraseLive(...parameters), eraseFailed(...parameters))
      const erased = rows.flat()
      const writes: Query[] = erased.map(({ id }) => freeKey(id))
      for (const openedBy of ['server_key', 'public_token']) {
        const named = (recipient: string) => guessSubject(openedBy, projectId, recipient)
        writes.push(renameGuesses(named(counted), named(erasedAs.counted)))
      }
      writes.push(eraseTestRecipients(counted, projectId))
      const isLast = rows.every((part) => part.length < erasedAtOnce)
      return { outcome: { sessions: erased.length, isLast }, writes }
    },
  }
}

/** Erases the webhook events about a mailbox and their deliveries. @returns the number of events */
export function eraseWebhookEvents({ counted, mailbox, projectId }: Erasure): Step<number> {
  return {
    locks: [lock.recipient(mailbox)],
    *run() {
      const { rows } = yield* read(eraseDeliveries(counted, projectId), eraseEvents(counted, projectId))
      return { outcome: rows[1].length, writes: [] }
    },
  }
}

export const countErasableSessions = statement<
  [mailbox: string, counted: string, projectId: string],
  { n: number }
>(
  'count_erasable_sessions',
  `select (select count(*) from sessions where mailbox = $1 and failed_at is null and counted_recipient = $2
    and project_id = $3) + (select count(*) from sessions where mailbox = $1 and failed_at is not null
    and counted_recipient = $2 and project_id = $3) as n`,
)

export const countErasableEvents = statement<[counted: string, projectId: string], { n: number }>(
  'count_erasable_events',
  'select count(*) as n from webhook_events where counted_recipient = $1 and project_id = $2',
)

export const allProjects = statement<[], { projectId: string }>(
  'all_projects',
  'select distinct project_id as "projectId" from credentials order by project_id',
)
