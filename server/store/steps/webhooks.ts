import type { DeliveryResult, DueEvent } from '../../webhooks/ports.ts'
import { type Engine, type Query, read, type Step } from '../engine.ts'
import { lock } from '../locks.ts'
import {
  claimEndpoint,
  disableEndpoint,
  dueDeliveries,
  type EndpointRow,
  endpointById,
  endpointsOf,
  eventById,
  eventsSince,
  giveUpAll,
  type ReplayedEvent,
  redeliver,
  setDelivered,
  setFailingSince,
  setUndelivered,
} from '../webhook-statements.ts'
import { hears } from './outbox.ts'
import { writeAll } from './outcome.ts'

/** Claims the due events of an endpoint, unless another claim holds it. */
export function claimDue(
  endpointId: string,
  claimId: string,
  most: number,
  leaseMs: number,
): Step<{ endpoint: EndpointRow; due: DueEvent[]; hasMore: boolean } | undefined> {
  return {
    locks: [lock.endpoint(endpointId)],
    *run() {
      const { rows, at } = yield* read(endpointById(endpointId), dueDeliveries(endpointId, most + 1))
      const [[endpoint], found] = rows
      const isFree = endpoint !== undefined && endpoint.disabledAt === null && endpoint.claimedUntil <= at
      if (!isFree || found.length === 0) return { outcome: undefined, writes: [] }
      return {
        outcome: { endpoint, due: found.slice(0, most), hasMore: found.length > most },
        writes: [claimEndpoint(endpointId, claimId, at + leaseMs)],
      }
    },
  }
}

const longestFailureMs = 5 * 24 * 3_600_000

/** Records the results of a claim and releases it. @returns why the endpoint was disabled, if it was */
export function settle(
  endpointId: string,
  claimId: string,
  results: readonly DeliveryResult[],
): Step<string | undefined> {
  return {
    locks: [lock.endpoint(endpointId)],
    *run() {
      const { rows, at } = yield* read(endpointById(endpointId))
      const [[endpoint]] = rows
      if (endpoint === undefined) return { outcome: undefined, writes: [] }
      const isOurs = endpoint.claimId === claimId
      const writes: Query[] = []
      for (const { eventId, isDelivered, answer, retryInMs } of results) {
        if (isDelivered) writes.push(setDelivered(eventId, endpointId, answer))
        // After the lease, another instance may have delivered it or may be about to.
        else if (isOurs) {
          const nextAt = retryInMs === undefined ? null : at + retryInMs
          writes.push(setUndelivered(eventId, endpointId, answer, nextAt))
        }
      }
      if (!isOurs) return { outcome: undefined, writes }
      const failingSince = failingSinceAfter(endpoint, results, at)
      const reason = reasonToDisable(failingSince, results, at)
      if (reason !== undefined) {
        writes.push(disableEndpoint(endpointId, reason), giveUpAll(endpointId))
        return { outcome: reason, writes }
      }
      writes.push(claimEndpoint(endpointId, null, 0))
      if (failingSince !== endpoint.failingSince) writes.push(setFailingSince(endpointId, failingSince))
      return { outcome: undefined, writes }
    },
  }
}

function failingSinceAfter(
  { failingSince }: EndpointRow,
  results: readonly DeliveryResult[],
  at: number,
): number | null {
  if (results.length === 0) return failingSince
  return results.some(({ isDelivered }) => isDelivered) ? null : (failingSince ?? at)
}

function reasonToDisable(
  failingSince: number | null,
  results: readonly DeliveryResult[],
  at: number,
): string | undefined {
  if (results.some(({ isGone }) => isGone)) return 'it answered with status 410'
  const isDead = failingSince !== null && at - failingSince >= longestFailureMs
  return isDead ? 'all deliveries failed for five days' : undefined
}

/** Disables an endpoint and gives up its deliveries. @returns false if it is missing or already disabled */
export function disable(endpointId: string, reason: string): Step<boolean> {
  return {
    locks: [lock.endpoint(endpointId)],
    *run() {
      const { rows } = yield* read(endpointById(endpointId))
      const [[endpoint]] = rows
      if (endpoint === undefined || endpoint.disabledAt !== null) return { outcome: false, writes: [] }
      return { outcome: true, writes: [disableEndpoint(endpointId, reason), giveUpAll(endpointId)] }
    },
  }
}

const replayedAtOnce = 200

/** Schedules events for delivery again. @returns the number of deliveries; undefined if there is no such event */
export async function replay(
  engine: Engine,
  wanted: { eventId: string } | { since: number },
): Promise<number | undefined> {
  if ('eventId' in wanted) {
    const [event] = await engine.read(eventById(wanted.eventId))
    return event && deliverAgain(engine, [event])
  }
  let deliveries = 0
  for (let after = ''; ; ) {
    const events = await engine.read(eventsSince(wanted.since, after, replayedAtOnce))
    deliveries += await deliverAgain(engine, events)
    const last = events.at(-1)
    if (last === undefined || events.length < replayedAtOnce) return deliveries
    after = last.id
  }
}

async function deliverAgain(engine: Engine, events: readonly ReplayedEvent[]): Promise<number> {
  const writes: Query[] = []
  for (const { id, projectId, type } of events) {
    const endpoints = await engine.read(endpointsOf(projectId))
    const hearing = endpoints.filter((endpoint) => hears(endpoint.events, type))
    writes.push(...hearing.map((endpoint) => redeliver(id, endpoint.id)))
  }
  await engine.run(writeAll([], writes))
  return writes.length
}
