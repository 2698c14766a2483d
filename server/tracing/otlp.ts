import { type AttributeValue, SpanKind } from '@opentelemetry/api'
import { request } from 'undici'
import type { Logger } from '../log.ts'
import type { EndedSpan } from './span.ts'

export interface OtlpOptions {
  /** The base URL, without the path of the signal (OTEL_EXPORTER_OTLP_ENDPOINT). */
  endpoint: string
  headers: Record<string, string>
  /** Describes this process: `service.name` and so on. */
  resource: Record<string, string>
  log: Logger
}

/** Sends spans to a collector. */
export interface OtlpExporter {
  add(span: EndedSpan): void
  /** Sends the next batch of waiting spans and drops the rest. */
  stop(): Promise<void>
}

const everyMs = 2_000
const atOnce = 512
const mostWaiting = 4_096
const longestMs = 5_000

/**
 * Sends spans as OTLP over HTTP in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Spans are lost if the
 * collector is unavailable or too slow. Requests never wait for it.
 */
export function createOtlpExporter({ endpoint, headers, resource, log }: OtlpOptions): OtlpExporter {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  let waiting: EndedSpan[] = []
  let timer: NodeJS.Timeout | undefined
  let isTroubled = false

  const send = async () => {
    timer = undefined
    const spans = waiting.splice(0, atOnce)
    if (spans.length === 0) return
    try {
      const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(asOtlp(spans, resource)),
        signal: AbortSignal.timeout(longestMs),
      })
      await body.dump()
      if (statusCode >= 300) throw new Error(`the collector answered with status ${statusCode}`)
      isTroubled = false
    } catch (error) {
      if (!isTroubled)
        log.warn(
          { err: error },
          'could not export traces; they are lost until the collector accepts them again',
        )
      isTroubled = true
    }
    if (waiting.length > 0) schedule()
  }
  const schedule = () => {
    timer ??= setTimeout(() => void send(), everyMs).unref()
  }

  return {
    add(span) {
      if (waiting.length >= mostWaiting) return
      waiting.push(span)
      schedule()
    },
    async stop() {
      clearTimeout(timer)
      await send()
      clearTimeout(timer)
      waiting = []
    },
  }
}

const kinds: Record<SpanKind, number> = {
  [SpanKind.INTERNAL]: 1,
  [SpanKind.SERVER]: 2,
  [SpanKind.CLIENT]: 3,
  [SpanKind.PRODUCER]: 4,
  [SpanKind.CONSUMER]: 5,
}

function asOtlp(spans: readonly EndedSpan[], resource: Record<string, string>): object {
  const scope = { name: 'risumail-otp', version: resource['service.version'] ?? '' }
  return {
    resourceSpans: [
      { resource: { attributes: attributesOf(resource) }, scopeSpans: [{ scope, spans: spans.map(spanOf) }] },
    ],
  }
}

function spanOf({ context, parentSpanId, name, kind, startedAt, endedAt, attributes, status }: EndedSpan) {
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    ...(parentSpanId && { parentSpanId }),
    flags: context.traceFlags,
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf(attributes),
    status: { code: status.code },
  }
}

/** Returns a string, because a JSON number does not have enough digits. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n)
}

function attributesOf(attributes: Record<string, AttributeValue | undefined>): object[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    const typed = typedValue(value)
    return typed === undefined ? [] : [{ key, value: typed }]
  })
}

function typedValue(value: AttributeValue | undefined): object | undefined {
  switch (typeof value) {
    case 'string':
      return { stringValue: value }
    case 'boolean':
      return { boolValue: value }
    case 'number':
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
    default:
      return undefined
  }
}
