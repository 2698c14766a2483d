import type { webhooks } from '../generated/contract.ts'
import { isoTime } from '../iso-time.ts'
import { orderedUlid } from '../ulid.ts'
import type { EndStatus, SessionRecord } from './session.ts'
import { statusOf, viewOf } from './status.ts'

/** The events that a back end can get. `webhook.test` is left out, because it is only sent on request. */
export type WebhookEventType = Exclude<keyof webhooks, 'webhook.test'>

/** The event for each way that a session can end. */
const typeOfEnd: Record<EndStatus, WebhookEventType> = {
  VERIFIED: 'verification.completed',
  EXPIRED: 'verification.expired',
  ATTEMPTS_USED_UP: 'verification.attempts_used_up',
  CANCELED: 'verification.canceled',
  FAILED: 'delivery.failed',
}

export const webhookEventTypes: readonly WebhookEventType[] = Object.values(typeOfEnd)

/** An event as the store keeps it until every endpoint that wants it has received it. */
export interface WebhookEvent {
  id: string
  type: WebhookEventType
  projectId: string
  sessionId: string
  countedRecipient: string
  /** The JSON that we sign and send, byte for byte. */
  body: string
}

/** Events are delivered in the order of their ids. */
export function newEventId(at: number): string {
  return `evt_${orderedUlid(at)}`
}

/**
 * Makes the event for a change that ends a session.
 * @returns undefined if the change does not end the session, or if it had already ended: a session ends once
 */
export function eventOfEnd(
  before: SessionRecord,
  after: SessionRecord,
  at: number,
): WebhookEvent | undefined {
  const status = statusOf(after, at)
  if (status === 'PENDING') return undefined
  // An expiry does not change the session. We report it once, and expiryDueAt shows whether we have.
  const isOver = status === 'EXPIRED' ? before.expiryDueAt === null : statusOf(before, at) !== 'PENDING'
  if (isOver) return undefined
  const type = typeOfEnd[status]
  const id = newEventId(at)
  const timestamp = isoTime(status === 'EXPIRED' ? after.expiresAt : at)
  const { projectId, id: sessionId, countedRecipient } = after
  const body = JSON.stringify({ type, event_id: id, timestamp, data: viewOf(after, at) })
  return { id, type, projectId, sessionId, countedRecipient, body }
}
