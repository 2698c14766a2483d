import { type Engine, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** One change made from the command line. */
interface AuditEntry {
  id: string
  at: number
  /** The user and the machine that made the change. */
  actor: string
  /** The action, such as `key.revoked`. */
  action: string
  /** The id of the changed object. */
  subject: string
  /** JSON: the new values. They contain no secrets and no recipient addresses. */
  details: string
}

const insertAudit = statement<
  [id: string, at: number, actor: string, action: string, subject: string, details: string]
>(
  'insert_audit',
  'insert into audit (id, at, actor, action, subject, details) values ($1, $2, $3, $4, $5, $6)',
)

const newestAudit = statement<[most: number], AuditEntry>(
  'newest_audit',
  'select id, at, actor, action, subject, details from audit order by id desc limit $1',
)

export interface Audit {
  record(entry: AuditEntry): Promise<void>
  /** Returns the newest entries first. */
  list(most: number): Promise<AuditEntry[]>
}

export function createAudit(engine: Engine): Audit {
  return {
    record: ({ id, at, actor, action, subject, details }) =>
      engine.run(writeAll([], [insertAudit(id, at, actor, action, subject, details)])),
    list: (most) => engine.read(newestAudit(most)),
  }
}
