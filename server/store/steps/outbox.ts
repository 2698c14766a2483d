import type { WebhookEvent } from '../../otp/webhook-event.ts'
import type { Query } from '../engine.ts'
import { insertDelivery, insertEvent, type Listener } from '../webhook-statements.ts'

/**
 * Writes an event into the outbox, for everybody who wants to hear of it. In the transaction that changes the session:
 * an event is there exactly if the change is.
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

/** @param events JSON: the types that an endpoint hears of; empty for all */
export function hears(events: string, type: string): boolean {
  const wanted = JSON.parse(events) as string[]
  return wanted.length === 0 || wanted.includes(type)
}
