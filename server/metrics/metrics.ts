import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { version } from '../generated/version.ts'
import type { ObservedRequest } from '../observed-request.ts'
import type { Delivery } from '../otp/delivery.ts'

/** The use of a limited resource: how many use it, and how many wait for it. */
export interface Use {
  busy: number
  waiting: number
}

/** The sources that are queried each time the metrics are read. */
export interface Watched {
  routes: readonly { name: string; use(): Use }[]
  store: { use(): Use }
  webhooks: { backlog(): Promise<{ waiting: number; oldestAt: number | undefined }> }
  now: () => number
}

/** What the server counts and measures. Names follow OpenTelemetry where it defines them. */
export interface Metrics {
  onRequest(request: ObservedRequest): void
  onTry(delivery: Delivery, durationMs: number): void
  /** Records a commit of the store, with the number of steps in it. */
  onCommit(steps: number, durationMs: number): void
  /** Records how long a step waited for its turn. */
  onWait(durationMs: number): void
  onPurge(deleted: number, durationMs: number): void
  watch(watched: Watched): void
  /** Returns the metrics in Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
}

// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ recommends these for requests.
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const storeBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

/** @param engine the kind of store */
export function createMetrics(engine: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'risumail_otp_build_info',
    help: 'Always 1; the labels show the versions and the kind of store.',
    labelNames: ['version', 'node', 'store'],
    registers,
  }).set({ version, node: process.versions.node, store: engine }, 1)

  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of requests.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: requestBuckets,
    registers,
  })
  const otp = {
    send: new Counter({
      name: 'otp_sends_total',
      help: 'Sends by outcome: sent, or the error code. Sandboxes are not counted.',
      labelNames: ['flow', 'outcome'],
      registers,
    }),
    verify: new Counter({
      name: 'otp_verifies_total',
      help: 'Entered codes by outcome: verified, or the error code. Sandboxes are not counted.',
      labelNames: ['flow', 'outcome'],
      registers,
    }),
  }
  const limits = new Counter({
    name: 'otp_limit_refusals_total',
    help: 'Requests that a limit refused, by the variable of the limit.',
    labelNames: ['limit'],
    registers,
  })
  const deliveries = new Histogram({
    name: 'smtp_delivery_duration_seconds',
    help: 'Duration of attempts to deliver an email, by the phase in which they ended.',
    labelNames: ['route', 'phase', 'outcome'],
    buckets: requestBuckets,
    registers,
  })
  const commits = new Counter({ name: 'store_commits_total', help: 'Commits of the store.', registers })
  const steps = new Histogram({
    name: 'store_steps_per_commit',
    help: 'Number of steps in one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  })
  const commitTime = new Histogram({
    name: 'store_commit_duration_seconds',
    help: 'Duration of a commit, including its steps.',
    buckets: storeBuckets,
    registers,
  })
  const wait = new Histogram({
    name: 'store_queue_wait_seconds',
    help: 'How long a step waited for its turn or for a connection.',
    buckets: storeBuckets,
    registers,
  })
  const purged = new Counter({
    name: 'purge_deleted_rows_total',
    help: 'Deleted rows that were no longer needed.',
    registers,
  })
  const purgeTime = new Gauge({
    name: 'purge_duration_seconds',
    help: 'Duration of the last purge.',
    registers,
  })
  const purgedAt = new Gauge({
    name: 'purge_last_success_timestamp_seconds',
    help: 'Time of the last successful purge.',
    registers,
  })

  return {
    onRequest({ method, route = '', status, durationMs, otp: asked, limit }) {
      const labels = {
        http_request_method: methods.includes(method) ? method : '_OTHER',
        http_route: route,
        http_response_status_code: status,
      }
      requests.observe(labels, durationMs / 1000)
      if (asked) otp[asked.kind].inc({ flow: asked.flow, outcome: asked.outcome })
      if (limit) limits.inc({ limit })
    },
    onTry({ route, phase, problem }, durationMs) {
      const outcome =
        problem === undefined ? 'accepted' : problem === 'outcome-unknown' ? 'unknown' : 'failed'
      deliveries.observe({ route, phase, outcome }, durationMs / 1000)
    },
    onCommit(count, durationMs) {
      commits.inc()
      steps.observe(count)
      commitTime.observe(durationMs / 1000)
    },
    onWait: (durationMs) => wait.observe(durationMs / 1000),
    onPurge(deleted, durationMs) {
      purged.inc(deleted)
      purgeTime.set(durationMs / 1000)
      purgedAt.setToCurrentTime()
    },
    watch: (watched) => watch(watched, registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** Adds the gauges whose values are queried on every read. */
function watch({ routes, store, webhooks, now }: Watched, registry: Registry): void {
  const registers = [registry]
  new Gauge({
    name: 'smtp_pool_connections',
    help: 'Deliveries in progress, and deliveries that wait for a connection.',
    labelNames: ['route', 'state'],
    registers,
    collect() {
      for (const { name: route, use } of routes) {
        const { busy, waiting } = use()
        this.set({ route, state: 'busy' }, busy)
        this.set({ route, state: 'waiting' }, waiting)
      }
    },
  })
  new Gauge({
    name: 'store_pool_connections',
    help: 'Store connections in use, and steps that wait for a connection or for the next commit.',
    labelNames: ['state'],
    registers,
    collect() {
      const { busy, waiting } = store.use()
      this.set({ state: 'busy' }, busy)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  /** NaN if the store is unavailable, because the backlog is unknown then. */
  const backlog = () => webhooks.backlog().catch(() => ({ waiting: Number.NaN, oldestAt: Number.NaN }))
  new Gauge({
    name: 'webhook_backlog',
    help: 'Webhook deliveries that are still to be made; 10,000 means 10,000 or more.',
    registers,
    async collect() {
      this.set((await backlog()).waiting)
    },
  })
  new Gauge({
    name: 'webhook_backlog_oldest_age_seconds',
    help: 'Age of the oldest undelivered event; 0 if there is none.',
    registers,
    async collect() {
      const { oldestAt } = await backlog()
      this.set(oldestAt === undefined ? 0 : Math.max(0, now() - oldestAt) / 1000)
    },
  })
}
