import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recipient, singing } from './support/canaries.ts'
import { askRaw } from './support/raw-http.ts'
import { listen, Receiver } from './support/receiver.ts'
import { TestServer } from './support/server.ts'

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Record<string, unknown> }[]
  status: { code: number }
}

/** A collector of traces, with just enough of OTLP over HTTP. */
const bodies: string[] = []
const headers: (string | undefined)[] = []
const collector = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  expect(request.url).toBe('/v1/traces')
  bodies.push(body)
  headers.push(request.headers['x-tenant'] as string)
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
})
const spans = () =>
  bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  })
const attributeOf = ({ attributes }: Span, name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0]

describe('traces', () => {
  const receiver = new Receiver()
  let server: TestServer
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const callerSpan = 'b7ad6b7169203331'
  let canaries: Record<string, string> = {}
  let logged: Record<string, unknown>[] = []

  beforeAll(async () => {
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
    await receiver.start()
    server = await new TestServer({
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme%20inc',
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      },
    }).start()
    await listen(server.store, receiver.url, {}, () => server.now)
    const key = await server.key()
    const post = async (path: string, body: object, traceparent: string) => {
      const { text } = await askRaw(server.directUrl + path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', traceparent },
        body: JSON.stringify(body),
      })
      return JSON.parse(text) as { data: { sessionId: string } }
    }
    const sampled = `00-${traceId}-${callerSpan}-01`
    const { data } = await post('/api/v1/backend-otp/send', { email: recipient }, sampled)
    const code = server.sink.codeTo(recipient)
    await post(
      '/api/v1/backend-otp/verify',
      { sessionId: data.sessionId, email: recipient, code },
      'nonsense',
    )
    await post('/api/v1/backend-otp/verify', {}, `00-${'1'.repeat(32)}-${'2'.repeat(16)}-00`)
    await server.app.deliverWebhooks()
    canaries = { key, recipient, code }
    logged = server.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    await server.stop()
  })
  afterAll(async () => {
    collector.close()
    await receiver.stop()
  })

  it("add a request to the caller's trace, with the store steps and the delivery phases inside it", () => {
    const ours = spans().filter((span) => span.traceId === traceId)
    const [request] = ours.filter(({ parentSpanId }) => parentSpanId === callerSpan)
    expect(request).toMatchObject({ name: 'POST /api/v1/backend-otp/send', kind: 2 })
    if (request === undefined) return
    expect(attributeOf(request, 'http.response.status_code')).toBe('200')
    const children = (parent: Span) => ours.filter(({ parentSpanId }) => parentSpanId === parent.spanId)
    const names = children(request).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['store step', 'store read credential_by_secret', 'smtp delivery']),
    )
    const [smtp] = children(request).filter(({ name }) => name === 'smtp delivery')
    expect(smtp && children(smtp).map(({ name }) => name)).toEqual([
      ...['smtp queue', 'smtp connection', 'smtp envelope', 'smtp content'],
    ])
    for (const span of ours)
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano))
    expect(headers).toContain('acme inc')
  })

  it('start with the request if the caller sends no valid trace, and leave out unsampled requests', () => {
    const verifies = spans().filter(({ name }) => name === 'POST /api/v1/backend-otp/verify')
    expect(verifies).toHaveLength(1)
    expect(verifies[0]?.parentSpanId).toBeUndefined()
    expect(verifies[0]?.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/)
  })

  it('appear in log lines, and continue in webhooks', () => {
    const line = logged.find(({ operationId }) => operationId === 'sendBackendOtp')
    expect(line).toMatchObject({ traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) })
    const [webhook] = spans().filter(({ name }) => name === 'webhook')
    expect(receiver.received[0]?.headers['traceparent']).toBe(`00-${webhook?.traceId}-${webhook?.spanId}-01`)
  })

  it('contain no address, no code and no credential', () => {
    expect(bodies.length).toBeGreaterThan(0)
    expect(singing(canaries, bodies.join('\n'))).toEqual([])
  })

  it('are lost while the collector is unreachable, with one log line, and no request waits for it', async () => {
    const other = await new TestServer({
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
    }).start()
    for (let n = 0; n < 3; n++) expect((await fetch(`${other.directUrl}/livez`)).status).toBe(200)
    await other.stop()
    const warnings = other.log.filter((line) => line.includes('could not export traces'))
    expect(warnings).toHaveLength(1)
  })
})
