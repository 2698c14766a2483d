import type { Delivery } from '../otp/delivery.ts'
import type { SessionRecord } from '../otp/session.ts'
import { type Engine, statement } from './engine.ts'
import { recordColumns } from './statements.ts'

/** A session as the operator sees it. */
export interface OperatorSession extends SessionRecord {
  issuedAt: number
  delivery: Delivery | undefined
}

type Row = SessionRecord & { issuedAt: number; delivery: string | null; at: number }

const seen = `select ${recordColumns}, issued_at as "issuedAt", delivery, cast(:at as bigint) as "at" from sessions`

const sessionForOperator = statement<[id: string], Row>(
  'session_for_operator',
  `${seen} where id = $1 and erased_at is null`,
)

// Failed sessions are in a different index than the rest. A mailbox has few sessions, so they are sorted in code.
const liveOfMailbox = statement<[mailbox: string], Row>(
  'live_sessions_of_mailbox',
  `${seen} where mailbox = $1 and failed_at is null and erased_at is null`,
)
const failedOfMailbox = statement<[mailbox: string], Row>(
  'failed_sessions_of_mailbox',
  `${seen} where mailbox = $1 and failed_at is not null and erased_at is null`,
)

export interface OperatorSessions {
  /** Returns a session and the store's time. */
  find(id: string): Promise<{ session: OperatorSession; at: number } | undefined>
  /** Returns the sessions of a mailbox, newest first, and the store's time. */
  ofMailbox(mailbox: string): Promise<{ sessions: OperatorSession[]; at: number }>
}

export function createOperatorSessions(engine: Engine): OperatorSessions {
  return {
    async find(id) {
      const [row] = await engine.read(sessionForOperator(id))
      return row && { session: fromRow(row), at: row.at }
    },
    async ofMailbox(mailbox) {
      const rows = [
        ...(await engine.read(liveOfMailbox(mailbox))),
        ...(await engine.read(failedOfMailbox(mailbox))),
      ]
      const sessions = rows.map(fromRow).sort((a, b) => b.issuedAt - a.issuedAt)
      return { sessions, at: rows[0]?.at ?? 0 }
    },
  }
}

function fromRow({ at: _, delivery, ...row }: Row): OperatorSession {
  return { ...row, delivery: delivery === null ? undefined : (JSON.parse(delivery) as Delivery) }
}
