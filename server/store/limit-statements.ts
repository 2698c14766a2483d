import type { GuessKind } from '../otp/guesses.ts'
import type { Tally, Usage } from '../otp/limits.ts'
import type { RecentSend, SenderSubject } from '../otp/ports.ts'
import { type Query, statement } from './engine.ts'

// SQL for counting. Both engines use it.

/**
 * The sessions that each limit counts, except limits for recipients. A session counts if it shares the column with the
 * send. Failed sends with a public token still count for their sender: a send to nobody must not be free.
 */
const counted = {
  credential: ['credential_id', "(failed_at is null or opened_by = 'public_token')"],
  address: ['client_address', 'client_address is not null'],
  addressWhenBusy: ['client_address', 'client_address is not null'],
  network: ['client_network', 'client_network is not null'],
  networkWhenBusy: ['client_network', 'client_network is not null'],
  failures: ['client_network', 'client_network is not null and sent_at is null'],
} as const satisfies Record<SenderSubject, unknown>

type CountSends = (subject: string, windowMs: number, max: number) => Query<Usage>

/** Counts the newest times, and only as many as the limit needs. It reads only their index. */
const usageOf = (times: string) =>
  `select count(*) as used, min(counted) as oldest from (${times} order by counted desc limit $3) as newest`

export const countSends = Object.fromEntries(
  Object.entries(counted).map(([subject, [column, condition]]) => [
    subject,
    statement(
      `count_sends_by_${subject}`,
      usageOf(`select counted_at as counted from sessions where ${column} = $1 and ${condition}
        and counted_at >= :steady_at - $2`),
    ),
  ]),
) as Record<SenderSubject, CountSends>

type Mailbox = [mailbox: string, counted: string, erasedMailbox: string, erasedCounted: string]

/**
 * All sends to a mailbox, for all recipient limits at once. Erased sends still count. The rows are not sorted, because
 * there are few.
 */
export const recentSends = statement<[...Mailbox, lookBackMs: number], RecentSend>(
  'recent_sends',
  `select project_id as "projectId", opened_by as "openedBy",
    case when counted_recipient = $4 then $2 else counted_recipient end as "countedRecipient",
    counted_at as "countedAt" from sessions where mailbox in ($1, $3) and failed_at is null
    and counted_at >= :steady_at - $5`,
)

export const countTries = statement<[kind: TryKind, subject: string, windowMs: number, max: number], Usage>(
  'count_tries',
  `select count(*) as used, min(counted) as oldest from (select tried_at as counted from tries
    where kind = $1 and subject = $2 and tried_at >= :steady_at - $3 order by counted desc limit $4) as newest`,
)

/** The times of wrong codes for a recipient, even from before its erasure. Not sorted, because there are few. */
export const guessTimes = statement<
  [kind: GuessKind, subject: string, erasedSubject: string, windowMs: number],
  { triedAt: number }
>(
  'guess_times',
  `select tried_at as "triedAt" from tries where kind = $1 and subject in ($2, $3)
    and tried_at >= :steady_at - $4`,
)

/** Renames the wrong codes of a recipient, so that they count without its address. */
export const renameGuesses = statement<[subject: string, erasedSubject: string]>(
  'rename_guesses',
  `update tries set subject = $2 where kind in ('guess', 'short_guess') and subject = $1`,
)

/**
 * The wrong codes for the recipient of a session. Includes only the side (server keys or public tokens) that opened it.
 * The rows are not sorted, because there are few.
 */
export const wrongCodes = statement<
  [sessionId: string, lookBackMs: number],
  { kind: GuessKind; triedAt: number }
>(
  'wrong_codes',
  `select kind, tried_at as "triedAt" from tries where kind in ('guess', 'short_guess')
    and subject in (
      (select opened_by || ' ' || project_id || ' ' || counted_recipient from sessions where id = $1),
      (select opened_by || ' ' || project_id || ' ' || erased_key from sessions where id = $1))
    and tried_at >= :steady_at - $2`,
)

export type TryKind = 'page' | GuessKind

export const insertTry = statement<[kind: TryKind, subject: string, at: number, expiresAt: number]>(
  'insert_try',
  'insert into tries (kind, subject, tried_at, expires_at) values ($1, $2, $3, $4)',
)

export const talliesOf = statement<[address: string, network: string, credential: string], Tally>(
  'tallies_of',
  `select kind, subject, total, expires_at as "expiresAt" from tallies where subject in ($1, $2, $3)
    and expires_at > :steady_at`,
)

export const addToTally = statement<
  [kind: string, subject: string, startsAt: number, amount: number, expiresAt: number]
>(
  'add_to_tally',
  `insert into tallies (kind, subject, starts_at, total, expires_at) values ($1, $2, $3, $4, $5)
    on conflict (subject, kind, starts_at) do update set total = tallies.total + excluded.total`,
)
