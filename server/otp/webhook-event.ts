import type { webhooks } from '../generated/contract.ts'
import { isoTime } from '../iso-time.ts'
import { orderedUlid } from '../ulid.ts'
import type { EndStatus, SessionRecord } from './session.ts'
import { statusOf, viewOf } from './status.ts'

/** What a back end can be told of; `webhook.test` is only sent on request. */
export type WebhookEventType = Exclude<keyof webhooks, 'webhook.test'>

/** The event of each end that a session can have. */
const typeOfEnd: Record<EndStatus, WebhookEventType> = {
  VERIFIED: 'verification.completed',
  EXPIRED: 'verification.expired',
  ATTEMPTS_USED_UP: 'verification.attempts_used_up',
  CANCELED: 'verification.canceled',
  FAILED: 'delivery.failed',
}

export const webhookEventTypes: readonly WebhookEventType[] = Object.values(typeOfEnd)

/** An event as it is kept until everybody who wants to hear of it has. */
export interface WebhookEvent {
  id: string
  type: WebhookEventType
  projectId: string
  sessionId: string
  countedRecipient: string
  /** JSON, byte for byte what is signed and sent. */
  body: string
}

/** Events are delivered in the order of their ids. */
export function newEventId(at: number): string {
  return `evt_${orderedUlid(at)}`
}

/**
 * The event of a change that ends a session.
 * @returns undefined if it does not end it, or if it had ended before: a session ends once
 */
export function eventOfEnd(
  before: SessionRecord,
  after: SessionRecord,
  at: number,
): WebhookEvent | undefined {
  const status = statusOf(after, at)
  if (status === 'PENDING') return undefined
  // An expiry is no change of the session: it is told once, and expiryDueAt says whether it was.
  const isOver = status === 'EXPIRED' ? before.expiryDueAt === null : statusOf(before, at) !== 'PENDING'
  if (isOver) return undefined
  const type = typeOfEnd[status]
  const id = newEventId(at)
  const timestamp = isoTime(status === 'EXPIRED' ? after.expiresAt : at)
  const { projectId, id: sessionId, countedRecipient } = after
  const body = JSON.stringify({ type, event_id: id, timestamp, data: viewOf(after, at) })
  return { id, type, projectId, sessionId, countedRecipient, body }
}
