import type { Logger } from '../log.ts'
import { ulid } from '../ulid.ts'
import { isLive } from './lifecycle.ts'
import type { Claim, DeliveryResult, DueEvent, Outbox } from './ports.ts'
import type { Poster } from './post.ts'
import { retryInMs } from './schedule.ts'
import { type Sealer, signedHeaders } from './secrets.ts'

export interface DispatcherOptions {
  outbox: Outbox
  poster: Poster
  sealer: Sealer
  now: () => number
  log: Logger
  random?: () => number
}

/** Delivers the events in the outbox, in the background. */
export interface Dispatcher {
  /** Delivers everything that is due now. Resolves when this process has nothing left to deliver. */
  run(): Promise<void>
  /** Looks for work regularly, until `stop`. */
  start(): void
  /** Call this after a write to the outbox. It looks for work soon, without waiting for the next regular look. */
  wake(): void
  /** Stops looking and aborts running deliveries. Those events are delivered again later. */
  stop(): Promise<void>
}

const everyMs = 1_000
// If sessions end at about the same time, one look finds all their events.
const wakeAfterMs = 20
// The lease is short, so that no endpoint waits long for a dead instance. A live instance renews it in time.
const leaseMs = 6_000
const renewEveryMs = 2_000
const expiriesAtOnce = 50
// One delivery at a time keeps the order. If a receiver is too slow for that, this many run at once.
const atOnce = 10

/**
 * Each endpoint has its own runner, so no endpoint delays another. A runner claims due events, posts them and records
 * the results. It continues until nothing is due.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { outbox, poster, sealer, now, log, random = Math.random } = options
  const runners = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let waking: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let hasEndpoints = true
  let isTroubled = false

  const look = async () => {
    const endpoints = await outbox.endpoints()
    hasEndpoints = endpoints.length > 0
    if (!hasEndpoints) return
    while (!stopping.signal.aborted && (await outbox.tellExpiries(expiriesAtOnce)) === expiriesAtOnce);
    // The expiries may have just added events, so read the endpoints again.
    for (const { id, isBusy } of await outbox.endpoints()) if (isBusy) start(id)
  }

  const start = (id: string) => {
    if (runners.has(id)) return
    runners.set(
      id,
      serve(id)
        .catch(troubled)
        .finally(() => runners.delete(id)),
    )
  }

  const troubled = (error: unknown) => {
    if (!isTroubled && !stopping.signal.aborted) log.warn({ err: error }, 'could not deliver webhooks')
    isTroubled = true
  }

  const lookSafely = () => {
    looking ??= look()
      .then(() => {
        isTroubled = false
      }, troubled)
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  const serve = async (id: string) => {
    let isBehind = false
    while (!stopping.signal.aborted) {
      const claimId = ulid()
      const claim = await outbox.claim(id, claimId, isBehind ? atOnce : 1, leaseMs)
      if (claim === undefined) return
      isBehind = claim.hasMore
      const renewing = setInterval(() => {
        outbox.renew(id, claimId, leaseMs).catch(troubled)
      }, renewEveryMs)
      const results = await Promise.all(claim.due.map((due) => deliver(claim, due))).finally(() =>
        clearInterval(renewing),
      )
      const made = results.filter((result) => result !== undefined)
      const reason = await outbox.settle(id, claimId, made)
      if (reason !== undefined) log.warn({ endpointId: id, reason }, 'a webhook endpoint was disabled')
    }
  }

  /** @returns undefined if this process stopped before an answer arrived */
  const deliver = async (
    { endpoint }: Claim,
    { eventId, body, attempts }: DueEvent,
  ): Promise<DeliveryResult | undefined> => {
    const secrets = endpoint.secrets
      .filter((secret) => isLive(secret, now()))
      .flatMap(({ sealed }) => sealer.open(sealed) ?? [])
    if (secrets.length === 0) {
      log.warn(
        { endpointId: endpoint.id },
        'no secret of this webhook endpoint can be read: rotate its secret',
      )
      return {
        eventId,
        isDelivered: false,
        answer: 'no-secret',
        retryInMs: retryInMs(attempts + 1, 0, random()),
      }
    }
    const headers = signedHeaders(secrets, eventId, body, now())
    const answer = await poster.post(endpoint.url, headers, body, stopping.signal)
    if (stopping.signal.aborted && 'failure' in answer) return undefined
    const said = 'status' in answer ? String(answer.status) : answer.failure
    const isDelivered = 'status' in answer && answer.status >= 200 && answer.status < 300
    log.debug({ endpointId: endpoint.id, eventId, answer: said }, 'webhook')
    if (isDelivered) return { eventId, isDelivered, answer: said }
    const retryAfterMs = 'status' in answer ? answer.retryAfterMs : undefined
    return {
      eventId,
      isDelivered,
      answer: said,
      retryInMs: retryInMs(attempts + 1, retryAfterMs, random()),
      isGone: 'status' in answer && answer.status === 410,
    }
  }

  return {
    async run() {
      do {
        await lookSafely()
        await Promise.all(runners.values())
      } while (!isTroubled && (await outbox.endpoints()).some(({ isBusy }) => isBusy))
    },
    start() {
      timer = setInterval(() => void lookSafely(), everyMs)
    },
    wake() {
      if (!hasEndpoints || timer === undefined || stopping.signal.aborted) return
      waking ??= setTimeout(() => {
        waking = undefined
        void lookSafely()
      }, wakeAfterMs)
    },
    async stop() {
      clearInterval(timer)
      clearTimeout(waking)
      stopping.abort()
      await looking
      await Promise.all(runners.values())
      await poster.close()
    },
  }
}
