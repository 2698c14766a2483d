import type { WebhookEventType } from '../otp/webhook-event.ts'

/** A signing secret, sealed for the store. */
export interface SealedSecret {
  sealed: string
  /** When it stops signing, in milliseconds since the epoch. Null for the current secret. */
  until: number | null
}

/** An endpoint that receives the events of a project. Times are milliseconds since the epoch. */
export interface WebhookEndpoint {
  id: string
  projectId: string
  url: string
  /** The event types that it receives. Empty means all. */
  events: WebhookEventType[]
  secrets: SealedSecret[]
  createdAt: number
  disabledAt: number | null
  disabledReason: string | null
  /** When deliveries began to fail, if the last one failed. */
  failingSince: number | null
}

/** An event that is due for one endpoint. */
export interface DueEvent {
  eventId: string
  /** The exact bytes to send. */
  body: string
  /** The number of earlier tries. */
  attempts: number
}

/** Events that only one instance may deliver until its lease expires. */
export interface Claim {
  endpoint: WebhookEndpoint
  due: DueEvent[]
  /** True if more events are due than were requested. */
  hasMore: boolean
}

/** The result of one delivery. */
export interface DeliveryResult {
  eventId: string
  isDelivered: boolean
  /** For the operator: a status such as `500`, or the kind of failure, such as `timeout`. */
  answer: string
  /** How long to wait before the next try. Undefined gives up. */
  retryInMs?: number | undefined
  /** True if the endpoint wants no more events. */
  isGone?: boolean
}

export interface DeliveryRecord {
  eventId: string
  type: string
  sessionId: string
  endpointId: string
  url: string
  createdAt: number
  attempts: number
  nextAt: number | null
  lastAttemptAt: number | null
  lastAnswer: string | null
  deliveredAt: number | null
}

/** The outbox, as the dispatcher sees it. Every method is one atomic step. */
export interface Outbox {
  /** Returns the enabled endpoints, and whether each has due events that no instance is delivering. */
  endpoints(): Promise<{ id: string; isBusy: boolean }[]>
  /**
   * Claims the due events of an endpoint for `leaseMs`, oldest first.
   * @returns undefined if another instance holds the endpoint, or nothing is due
   */
  claim(endpointId: string, claimId: string, most: number, leaseMs: number): Promise<Claim | undefined>
  /** Extends a claim to `leaseMs` from now, if this instance still holds it. */
  renew(endpointId: string, claimId: string, leaseMs: number): Promise<void>
  /**
   * Records the results of a claim and releases it. A failure counts only while this instance holds the claim.
   * @returns why the endpoint was disabled, if it was
   */
  settle(endpointId: string, claimId: string, results: readonly DeliveryResult[]): Promise<string | undefined>
  /** Returns the number of pending deliveries, counted up to 10,000, and the time of the oldest event among them. */
  backlog(): Promise<{ waiting: number; oldestAt: number | undefined }>
  /** Reports at most `most` expired sessions. @returns how many it found */
  tellExpiries(most: number): Promise<number>
}

/** The endpoints and their history, as the operator sees them. */
export interface WebhookRegistry {
  insert(endpoint: WebhookEndpoint): Promise<void>
  find(id: string): Promise<WebhookEndpoint | undefined>
  list(): Promise<WebhookEndpoint[]>
  setSecrets(id: string, secrets: readonly SealedSecret[]): Promise<void>
  /** @returns false if no enabled endpoint has this id */
  disable(id: string, reason: string): Promise<boolean>
  /** @returns false if no disabled endpoint has this id */
  enable(id: string): Promise<boolean>
  /** Returns the newest deliveries. With `isFailed`, only those that were tried and have not succeeded. */
  deliveries(most: number, isFailed: boolean): Promise<DeliveryRecord[]>
  /**
   * Schedules one event, or all events since a time, for delivery again.
   * @returns the number of deliveries; undefined if there is no such event
   */
  replay(wanted: { eventId: string } | { since: number }): Promise<number | undefined>
}
