import { type Engine, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** One change that somebody made from the command line. */
interface AuditEntry {
  id: string
  at: number
  /** The user of the machine, and the machine. */
  actor: string
  /** What was done, such as `key.revoked`. */
  action: string
  /** The id of what was changed. */
  subject: string
  /** JSON: what it became; no secret and no address of a recipient. */
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
  /** The newest first. */
  list(most: number): Promise<AuditEntry[]>
}

export function createAudit(engine: Engine): Audit {
  return {
    record: ({ id, at, actor, action, subject, details }) =>
      engine.run(writeAll([], [insertAudit(id, at, actor, action, subject, details)])),
    list: (most) => engine.read(newestAudit(most)),
  }
}
