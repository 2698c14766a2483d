import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import type { Middleware } from 'koa'
import type { RequestState } from '../http/types.ts'
import { addToEveryLine } from '../log.ts'
import type { DeliveryMarks } from '../mail/route.ts'
import type { Delivery } from '../otp/delivery.ts'
import type { Engine, Query, Step } from '../store/engine.ts'
import type { Poster } from '../webhooks/post.ts'
import { createOtlpExporter, type OtlpOptions } from './otlp.ts'
import { createTracer } from './span.ts'

/** Records where a request spends its time, as OpenTelemetry spans. No attribute is an address, code or credential. */
export interface Tracing {
  /** Records one span for each request. It joins the caller's trace if the caller sent a `traceparent`. */
  middleware: Middleware<RequestState>
  engine(engine: Engine): Engine
  poster(poster: Poster): Poster
  /** Records the phases of one attempt to deliver an email. */
  onTry(delivery: Delivery, durationMs: number, marks: DeliveryMarks): void
  /** Exports waiting spans and stops tracing. */
  stop(): Promise<void>
}

/** Starts tracing. If an SDK is already registered, it gets the spans. Otherwise they go to the collector. */
export function startTracing(options: OtlpOptions & { ratio: number }): Tracing {
  const exporter = createOtlpExporter(options)
  const own = createTracer(options.ratio, exporter.add)
  trace.setGlobalTracerProvider({ getTracer: () => own })
  const manager = new AsyncLocalStorageContextManager().enable()
  context.setGlobalContextManager(manager)
  const tracer = trace.getTracer('risumail-otp')
  addToEveryLine(() => {
    const active = trace.getSpanContext(context.active())
    return active ? { traceId: active.traceId, spanId: active.spanId } : {}
  })
  return {
    middleware: requestSpans(tracer),
    engine: (engine) => tracedEngine(engine, tracer),
    poster: (poster) => tracedPoster(poster, tracer),
    onTry: (delivery, durationMs, marks) => smtpSpans(tracer, delivery, durationMs, marks),
    async stop() {
      await exporter.stop()
      addToEveryLine(() => ({}))
      trace.disable()
      context.disable()
      manager.disable()
    },
  }
}

function requestSpans(tracer: Tracer): Middleware<RequestState> {
  return async (http, next) => {
    const parent = contextOf(http.get('traceparent'))
    const attributes = { 'http.request.method': http.method, 'url.scheme': http.protocol }
    const span = tracer.startSpan(http.method, { kind: SpanKind.SERVER, attributes }, parent)
    try {
      await context.with(trace.setSpan(parent, span), next)
    } finally {
      const { operationId, errorCode, facts } = http.state
      const route = operationId ? http.path : undefined
      if (route) span.updateName(`${http.method} ${route}`)
      span.setAttributes({
        'http.response.status_code': http.status,
        ...(route && { 'http.route': route }),
        ...(errorCode && { 'error.type': errorCode }),
        ...(facts?.sessionId && { 'otp.session.id': facts.sessionId }),
      })
      if (http.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    }
  }
}

/** Returns the caller's trace (https://www.w3.org/TR/trace-context/), or a new one if the header is not valid. */
function contextOf(traceparent: string): Context {
  const [, version, traceId = '', spanId = '', flags = ''] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/.exec(traceparent) ?? []
  const isValid = version && version !== 'ff' && !/^0+$/.test(traceId) && !/^0+$/.test(spanId)
  if (!isValid) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function tracedEngine(engine: Engine, tracer: Tracer): Engine {
  const within = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT }, context.active())
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  }
  return {
    ...engine,
    run: <Outcome>(step: Step<Outcome>) => within('store step', () => engine.run(step)),
    read: <Row>(query: Query<Row>) => within(`store read ${query.statement.name}`, () => engine.read(query)),
  }
}

function smtpSpans(tracer: Tracer, delivery: Delivery, durationMs: number, marks: DeliveryMarks): void {
  const endedAt = performance.timeOrigin + performance.now()
  const startedAt = endedAt - durationMs
  const { route, phase, problem, smtpCode } = delivery
  const attributes: Attributes = {
    'server.address': route,
    'smtp.phase': phase,
    ...(problem && { 'error.type': problem }),
    ...(smtpCode && { 'smtp.code': smtpCode }),
  }
  const span = tracer.startSpan(
    'smtp delivery',
    { kind: SpanKind.CLIENT, attributes, startTime: startedAt },
    context.active(),
  )
  const inside = trace.setSpan(context.active(), span)
  const begins: [string, number | undefined][] = [
    ['smtp queue', 0],
    ['smtp connection', marks.queueMs],
    ['smtp envelope', marks.envelopeMs],
    ['smtp content', marks.contentMs],
  ]
  const known = begins.filter((entry): entry is [string, number] => entry[1] !== undefined)
  known.forEach(([name, ms], place) => {
    const part = tracer.startSpan(name, { startTime: startedAt + ms }, inside)
    part.end(startedAt + (known[place + 1]?.[1] ?? durationMs))
  })
  if (problem) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(endedAt)
}

function tracedPoster(poster: Poster, tracer: Tracer): Poster {
  return {
    ...poster,
    async post(url, headers, body, signal) {
      const { host } = new URL(url)
      const span = tracer.startSpan('webhook', {
        kind: SpanKind.CLIENT,
        attributes: { 'server.address': host, 'webhook.event.id': headers['webhook-id'] ?? '' },
      })
      const { traceId, spanId, traceFlags } = span.spanContext()
      const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
      const answer = await poster.post(url, { ...headers, traceparent }, body, signal)
      if ('status' in answer) span.setAttribute('http.response.status_code', answer.status)
      if (!('status' in answer) || answer.status >= 300) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
      return answer
    },
  }
}
