import type { DeliveryRecord, DueEvent } from '../webhooks/ports.ts'
import { statement } from './engine.ts'

// SQL for the outbox. Both engines use it.

/** An endpoint that receives the events of a project. */
export interface Listener {
  id: string
  createdAt: number
  /** JSON: the event types that it receives. Empty means all. */
  events: string
}

export const listenersOf = statement<[sessionId: string], Listener>(
  'listeners_of',
  `select id, created_at as "createdAt", events from webhook_endpoints where disabled_at is null
    and project_id = (select project_id from sessions where id = $1)`,
)

export const insertEvent = statement<
  [id: string, projectId: string, type: string, sessionId: string, countedRecipient: string, body: string]
>(
  'insert_webhook_event',
  `insert into webhook_events (id, project_id, type, session_id, counted_recipient, body, created_at)
    values ($1, $2, $3, $4, $5, $6, cast(:at as bigint))`,
)

export const insertDelivery = statement<[eventId: string, endpointId: string]>(
  'insert_webhook_delivery',
  `insert into webhook_deliveries (event_id, endpoint_id, created_at, next_at)
    values ($1, $2, cast(:at as bigint), cast(:at as bigint))`,
)

export interface EndpointRow {
  id: string
  projectId: string
  url: string
  events: string
  /** JSON: the sealed secrets, each with the time when it stops signing. */
  secrets: string
  createdAt: number
  disabledAt: number | null
  disabledReason: string | null
  failingSince: number | null
  claimId: string | null
  claimedUntil: number
}

const endpoint = `select id, project_id as "projectId", url, events, secrets, created_at as "createdAt",
  disabled_at as "disabledAt", disabled_reason as "disabledReason", failing_since as "failingSince",
  claim_id as "claimId", claimed_until as "claimedUntil" from webhook_endpoints`

export const endpointById = statement<[id: string], EndpointRow>(
  'endpoint_by_id',
  `${endpoint} where id = $1`,
)

export const allEndpoints = statement<[], EndpointRow>('all_endpoints', `${endpoint} order by created_at, id`)

export const insertEndpoint = statement<
  [id: string, projectId: string, url: string, events: string, secrets: string, createdAt: number]
>(
  'insert_endpoint',
  `insert into webhook_endpoints (id, project_id, url, events, secrets, created_at) values ($1, $2, $3, $4, $5, $6)`,
)

export const setSecrets = statement<[id: string, secrets: string]>(
  'set_webhook_secrets',
  'update webhook_endpoints set secrets = $2 where id = $1',
)

export const disableEndpoint = statement<[id: string, reason: string]>(
  'disable_endpoint',
  `update webhook_endpoints set disabled_at = :at, disabled_reason = $2, claim_id = null, claimed_until = 0
    where id = $1 and disabled_at is null`,
)

export const enableEndpoint = statement<[id: string]>(
  'enable_endpoint',
  `update webhook_endpoints set disabled_at = null, disabled_reason = null, failing_since = null where id = $1`,
)

/** The enabled endpoints, and whether each has due events that nobody is delivering. There are few endpoints. */
export const endpointsAtWork = statement<[], { id: string; isBusy: boolean | number }>(
  'endpoints_at_work',
  `select id, claimed_until <= :at and exists (select 1 from webhook_deliveries
    where endpoint_id = webhook_endpoints.id and next_at is not null and next_at <= :at) as "isBusy"
    from webhook_endpoints where disabled_at is null`,
)

export const endpointsOf = statement<[projectId: string], { id: string; events: string }>(
  'endpoints_of',
  'select id, events from webhook_endpoints where project_id = $1 and disabled_at is null',
)

export const claimEndpoint = statement<[id: string, claimId: string | null, claimedUntil: number]>(
  'claim_endpoint',
  'update webhook_endpoints set claim_id = $2, claimed_until = $3 where id = $1',
)

export const renewClaim = statement<[id: string, claimId: string, leaseMs: number]>(
  'renew_claim',
  'update webhook_endpoints set claimed_until = :at + $3 where id = $1 and claim_id = $2',
)

export const setFailingSince = statement<[id: string, at: number | null]>(
  'set_failing_since',
  'update webhook_endpoints set failing_since = $2 where id = $1',
)

export const dueDeliveries = statement<[endpointId: string, most: number], DueEvent>(
  'due_deliveries',
  `select event_id as "eventId", attempts, body from webhook_deliveries
    join webhook_events on webhook_events.id = event_id
    where endpoint_id = $1 and next_at is not null and next_at <= :at order by next_at, event_id limit $2`,
)

/** The number of pending deliveries, up to a maximum, and the oldest event among them. Ids sort by time. */
export const deliveryBacklog = statement<[most: number], { waiting: number; oldest: string | null }>(
  'delivery_backlog',
  `select count(*) as waiting, min(event_id) as oldest from
    (select event_id from webhook_deliveries where next_at is not null limit $1) as due`,
)

export const setDelivered = statement<[eventId: string, endpointId: string, answer: string]>(
  'set_delivered',
  `update webhook_deliveries set attempts = attempts + 1, next_at = null, last_attempt_at = :at, last_answer = $3,
    delivered_at = :at where event_id = $1 and endpoint_id = $2 and delivered_at is null`,
)

/** @param nextAt null gives up the delivery */
export const setUndelivered = statement<
  [eventId: string, endpointId: string, answer: string, nextAt: number | null]
>(
  'set_undelivered',
  `update webhook_deliveries set attempts = attempts + 1, next_at = $4, last_attempt_at = :at, last_answer = $3
    where event_id = $1 and endpoint_id = $2 and delivered_at is null`,
)

/** Gives up all pending deliveries of a disabled endpoint. */
export const giveUpAll = statement<[endpointId: string]>(
  'give_up_all',
  'update webhook_deliveries set next_at = null where endpoint_id = $1 and next_at is not null',
)

const delivery = `select event_id as "eventId", type, session_id as "sessionId", endpoint_id as "endpointId", url,
  webhook_deliveries.created_at as "createdAt", attempts, next_at as "nextAt", last_attempt_at as "lastAttemptAt",
  last_answer as "lastAnswer", delivered_at as "deliveredAt" from webhook_deliveries
  join webhook_events on webhook_events.id = event_id join webhook_endpoints on webhook_endpoints.id = endpoint_id`

export const newestDeliveries = statement<[most: number], DeliveryRecord>(
  'newest_deliveries',
  `${delivery} order by event_id desc, endpoint_id desc limit $1`,
)

export const newestUndelivered = statement<[most: number], DeliveryRecord>(
  'newest_undelivered',
  `${delivery} where delivered_at is null and attempts > 0 order by event_id desc, endpoint_id desc limit $1`,
)

/** An event to deliver again. */
export interface ReplayedEvent {
  id: string
  projectId: string
  type: string
}

export const eventById = statement<[id: string], ReplayedEvent>(
  'webhook_event_by_id',
  'select id, project_id as "projectId", type from webhook_events where id = $1',
)

export const eventsSince = statement<[since: number, after: string, most: number], ReplayedEvent>(
  'webhook_events_since',
  `select id, project_id as "projectId", type from webhook_events where created_at >= $1 and id > $2
    order by id limit $3`,
)

export const redeliver = statement<[eventId: string, endpointId: string]>(
  'redeliver',
  `insert into webhook_deliveries (event_id, endpoint_id, created_at, next_at)
    values ($1, $2, cast(:at as bigint), cast(:at as bigint))
    on conflict (event_id, endpoint_id) do update set attempts = 0, next_at = excluded.next_at, delivered_at = null`,
)

export const eraseDeliveries = statement<[countedRecipient: string, projectId: string]>(
  'erase_webhook_deliveries',
  `delete from webhook_deliveries where event_id in
    (select id from webhook_events where counted_recipient = $1 and project_id = $2)`,
)

export const eraseEvents = statement<[countedRecipient: string, projectId: string], { id: string }>(
  'erase_webhook_events',
  'delete from webhook_events where counted_recipient = $1 and project_id = $2 returning id',
)
