import { invalidRequest } from '../errors.ts'
import type { Flow } from '../flows.ts'
import type { HistoryPosition, SessionStore, Verification } from './ports.ts'

/** The maximum number of entries on one page. A larger `limit` counts as this one. */
const maxPageSize = 100

export interface HistoryRequest {
  flow: Flow
  projectId: string
  limit: number
  cursor: string | undefined
  reference?: string | undefined
}

export interface HistoryPage {
  verifications: Verification[]
  /** The cursor of the next page, or undefined on the last page. */
  nextCursor: string | undefined
}

/**
 * Returns one page of completed verifications, newest first.
 * @throws {OtpError} VALIDATION_FAILED if the cursor does not come from an earlier page
 */
export async function listVerifications(
  sessions: SessionStore,
  request: HistoryRequest,
): Promise<HistoryPage> {
  const size = Math.min(request.limit, maxPageSize)
  const position = request.cursor === undefined ? undefined : parseCursor(request.cursor)
  const { projectId, flow, reference } = request
  const found = await sessions.listVerified({
    projectId,
    flow: flow.name,
    limit: size + 1,
    position,
    reference,
  })
  const verifications = found.slice(0, size)
  const last = verifications.at(-1)
  return { verifications, nextCursor: found.length > size && last ? formatCursor(last) : undefined }
}

function formatCursor({ verifiedAt, id }: HistoryPosition): string {
  return Buffer.from(`${verifiedAt}.${id}`).toString('base64url')
}

function parseCursor(cursor: string): HistoryPosition {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, verifiedAt, id] = /^(\d{1,15})\.([a-z_]{3,16}[0-9A-Z]{26})$/.exec(text) ?? []
  const position = { verifiedAt: Number(verifiedAt), id: id ?? '' }
  if (id === undefined || formatCursor(position) !== cursor) {
    throw invalidRequest('/cursor', 'must be the nextCursor of an earlier page')
  }
  return position
}
