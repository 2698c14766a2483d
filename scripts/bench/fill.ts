import { openConnection } from '../../server/store/sqlite/connection.ts'

const dayMs = 86_400_000

/** Adds this many completed verifications to a store file that our server has created. */
export function fill(path: string, sessions: number, onProgress: (done: number) => void): void {
  const database = openConnection(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = off')
  const insert =
    database.prepare(`insert into sessions (id, flow, project_id, credential_id, email, canonical_recipient,
    counted_recipient, mailbox, code_hash, attempts, max_attempts, issued_at, expires_at, counted_at, sent_at, verified_at,
    otp_digits, ordinal) values (?, 'backend', 'default', 'key_past', ?, ?, ?, ?, zeroblob(32), 1, 5, ?, ?, ?, ?, ?, 6, 1)`)
  const now = Date.now()
  const perStep = 100_000
  for (let done = 0; done < sessions; ) {
    database.exec('begin')
    const end = Math.min(sessions, done + perStep)
    for (; done < end; done++) {
      const at = now - 60 * dayMs + Math.floor((done / sessions) * 59 * dayMs)
      const email = `past-${done}@example.com`
      const id = `otp_backend_${String(done).padStart(26, '0')}`
      insert.run(id, email, email, email, email, at, at + 600_000, at, at, at + 5_000)
    }
    database.exec('commit')
    onProgress(done)
  }
  database.exec('pragma wal_checkpoint(truncate); pragma synchronous = full')
  database.close()
}
