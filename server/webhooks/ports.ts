import type { WebhookEventType } from '../otp/webhook-event.ts'

/** A secret that signs; the store keeps it sealed. */
export interface SealedSecret {
  sealed: string
  /** Until when it signs, in milliseconds since the epoch; null for the current one. */
  until: number | null
}

/** Who is told of the sessions of a project. Times are milliseconds since the epoch. */
export interface WebhookEndpoint {
  id: string
  projectId: string
  url: string
  /** What it hears of; empty for everything. */
  events: WebhookEventType[]
  secrets: SealedSecret[]
  createdAt: number
  disabledAt: number | null
  disabledReason: string | null
  /** Since when no delivery has succeeded, if the last one failed. */
  failingSince: number | null
}

/** An event that is due for one endpoint. */
export interface DueEvent {
  eventId: string
  /** Byte for byte what is sent. */
  body: string
  /** How often it was tried before. */
  attempts: number
}

/** Events that only one instance delivers, until its lease is over. */
export interface Claim {
  endpoint: WebhookEndpoint
  due: DueEvent[]
  /** True if more are due than were asked for. */
  hasMore: boolean
}

/** What came of one delivery. */
export interface DeliveryResult {
  eventId: string
  isDelivered: boolean
  /** For its operator: a status such as `500`, or what went wrong, such as `timeout`. */
  answer: string
  /** After how long it is tried again; undefined gives it up. */
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

/** The outbox, as whoever delivers sees it. Every method is one atomic step. */
export interface Outbox {
  /** The endpoints that are not disabled, and whether anything is due for them that nobody else delivers now. */
  endpoints(): Promise<{ id: string; isBusy: boolean }[]>
  /** Takes what is due for an endpoint, the oldest first, for `leaseMs`; undefined if somebody else has it, or nothing is due. */
  claim(endpointId: string, claimId: string, most: number, leaseMs: number): Promise<Claim | undefined>
  /** Keeps a claim for `leaseMs` from now on, if it still holds. */
  renew(endpointId: string, claimId: string, leaseMs: number): Promise<void>
  /**
   * Writes down what came of a claim, and gives it back. A failure counts only while the claim holds.
   * @returns why the endpoint was disabled, if it was
   */
  settle(endpointId: string, claimId: string, results: readonly DeliveryResult[]): Promise<string | undefined>
  /** How many deliveries are still to be made, counted up to 10,000, and when the oldest event among them happened. */
  backlog(): Promise<{ waiting: number; oldestAt: number | undefined }>
  /** Tells of sessions that have expired, at most so many. @returns how many there were */
  tellExpiries(most: number): Promise<number>
}

/** The endpoints and their history, as their operator sees them. */
export interface WebhookRegistry {
  insert(endpoint: WebhookEndpoint): Promise<void>
  find(id: string): Promise<WebhookEndpoint | undefined>
  list(): Promise<WebhookEndpoint[]>
  setSecrets(id: string, secrets: readonly SealedSecret[]): Promise<void>
  /** @returns false if there is none that is not disabled */
  disable(id: string, reason: string): Promise<boolean>
  /** @returns false if there is none that is disabled */
  enable(id: string): Promise<boolean>
  /** The newest deliveries; `isFailed` for those that were tried and have not succeeded. */
  deliveries(most: number, isFailed: boolean): Promise<DeliveryRecord[]>
  /** Delivers one event, or all since a time, once more. @returns how many deliveries that makes; undefined if there is no such event */
  replay(wanted: { eventId: string } | { since: number }): Promise<number | undefined>
}
