import type { WebhookEvent } from '../../otp/webhook-event.ts'
import type { Query } from '../engine.ts'
import { insertDelivery, insertEvent, type Listener } from '../webhook-statements.ts'

/**
 * Writes an event into the outbox, for every endpoint that receives its type. The same transaction changes the session,
 * so both are written or neither is.
 */
export function tell(event: WebhookEvent | undefined, listeners: readonly Listener[]): Query[] {
  if (event === undefined) return []
  const hearing = listeners.filter(({ events }) => hears(events, event.type))
  if (hearing.length === 0) return []
  const { id, projectId, type, sessionId, countedRecipient, body } = event
  return [
    insertEvent(id, projectId, type, sessionId, countedRecipient, body),
    ...hearing.map((listener) => insertDelivery(id, listener.id)),
  ]
}

/** @param events JSON: the event types that an endpoint receives; empty for all */
export function hears(events: string, type: string): boolean {
  const wanted = JSON.parse(events) as string[]
  return wanted.length === 0 || wanted.includes(type)
}
