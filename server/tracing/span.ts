import { randomBytes } from 'node:crypto'
import {
  type Attributes,
  type AttributeValue,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'

/** A span that has ended. Times are milliseconds since the epoch. */
export interface EndedSpan {
  context: SpanContext
  parentSpanId: string | undefined
  name: string
  kind: SpanKind
  startedAt: number
  endedAt: number
  attributes: Attributes
  status: SpanStatus
}

const epochMs = () => performance.timeOrigin + performance.now()
const toMs = (time: TimeInput | undefined): number =>
  typeof time === 'number' ? time : time instanceof Date ? time.getTime() : epochMs()

/**
 * A tracer for the OpenTelemetry API without its SDK. The SDK and its exporter take 27 MB, half as much as the rest of
 * this program, and need a newer Node.js. If an SDK is registered, the spans go through that instead.
 * @param ratio the share of new traces that is kept, 0 to 1
 */
export function createTracer(ratio: number, onEnd: (span: EndedSpan) => void): Tracer {
  const startSpan = (name: string, options: SpanOptions = {}, context?: Context): Span => {
    const parent = context && !options.root ? trace.getSpanContext(context) : undefined
    const isSampled = parent ? (parent.traceFlags & TraceFlags.SAMPLED) !== 0 : Math.random() < ratio
    const own: SpanContext = {
      traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      ...(parent?.traceState && { traceState: parent.traceState }),
    }
    return new RecordedSpan(own, parent?.spanId, name, options, isSampled ? onEnd : () => {})
  }
  return {
    startSpan,
    startActiveSpan: () => {
      throw new Error('not used here')
    },
  }
}

class RecordedSpan implements Span {
  readonly #context: SpanContext
  readonly #parentSpanId: string | undefined
  readonly #kind: SpanKind
  readonly #startedAt: number
  readonly #onEnd: (span: EndedSpan) => void
  readonly #attributes: Attributes
  #name: string
  #status: SpanStatus = { code: SpanStatusCode.UNSET }
  #hasEnded = false

  constructor(
    context: SpanContext,
    parentSpanId: string | undefined,
    name: string,
    { kind = SpanKind.INTERNAL, attributes = {}, startTime }: SpanOptions,
    onEnd: (span: EndedSpan) => void,
  ) {
    this.#context = context
    this.#parentSpanId = parentSpanId
    this.#name = name
    this.#kind = kind
    this.#attributes = { ...attributes }
    this.#startedAt = toMs(startTime)
    this.#onEnd = onEnd
  }

  spanContext(): SpanContext {
    return this.#context
  }
  setAttribute(key: string, value: AttributeValue): this {
    this.#attributes[key] = value
    return this
  }
  setAttributes(attributes: Attributes): this {
    Object.assign(this.#attributes, attributes)
    return this
  }
  addEvent(): this {
    return this
  }
  addLink(_link: Link): this {
    return this
  }
  addLinks(_links: Link[]): this {
    return this
  }
  setStatus(status: SpanStatus): this {
    this.#status = status
    return this
  }
  updateName(name: string): this {
    this.#name = name
    return this
  }
  isRecording(): boolean {
    return !this.#hasEnded
  }
  recordException(): void {}
  end(endTime?: TimeInput): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#onEnd({
      context: this.#context,
      parentSpanId: this.#parentSpanId,
      name: this.#name,
      kind: this.#kind,
      startedAt: this.#startedAt,
      endedAt: toMs(endTime),
      attributes: this.#attributes,
      status: this.#status,
    })
  }
}
