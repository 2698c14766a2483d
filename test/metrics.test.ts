import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { backend } from './support/flows.ts'
import { labelsIn, namesIn, seriesValue } from './support/prometheus.ts'
import { listen, Receiver } from './support/receiver.ts'
import { TestServer, useServer } from './support/server.ts'

const server = useServer({
  environment: { METRICS_PORT: '0', LIMIT_PER_RECIPIENT: '2/15m', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' },
})
const read = async () => (await fetch(server.metricsUrl)).text()

describe('the metrics', () => {
  it('count sends and verifies by flow and outcome, requests by route and status, and refusals by limit', async () => {
    const api = server.client(await server.key())
    const email = 'counted@example.com'
    const { data } = await backend.send(api, { email })
    const sessionId = data?.data.sessionId ?? ''
    await backend.verify(api, { sessionId, email, code: '000000' })
    await backend.verify(api, { sessionId, email, code: server.sink.codeTo(email) })
    await backend.send(api, { email })
    await backend.send(api, { email })
    const text = await read()
    const values = [
      'otp_sends_total{flow="backend",outcome="sent"}',
      'otp_sends_total{flow="backend",outcome="rate_limited"}',
      'otp_verifies_total{flow="backend",outcome="invalid_code"}',
      'otp_verifies_total{flow="backend",outcome="verified"}',
      'otp_limit_refusals_total{limit="LIMIT_PER_RECIPIENT"}',
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/api/v1/backend-otp/send",http_response_status_code="200"}',
    ].map((series) => seriesValue(text, series))
    expect(values).toEqual([2, 1, 1, 1, 1, 2])
    expect(seriesValue(text, 'store_commits_total')).toBeGreaterThan(4)
    expect(seriesValue(text, 'store_steps_per_commit_count')).toBe(seriesValue(text, 'store_commits_total'))
    expect(seriesValue(text, 'store_queue_wait_seconds_count')).toBeGreaterThan(4)
    expect(text).toMatch(
      /^risumail_otp_build_info\{version="\d+\.\d+\.\d+",node="[\d.]+",store="(?:sqlite|postgres)"\} 1$/m,
    )
    expect(seriesValue(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  })

  it('count deliveries by route, phase and outcome, and deliveries that wait for a connection', async () => {
    const api = server.client(await server.key())
    server.sink.atRecipient = 550
    await backend.send(api, { email: 'nobody@example.com' })
    server.sink.atRecipient = 'accept'
    const text = await read()
    const { host } = new URL(server.sink.url)
    const count = (labels: string) =>
      seriesValue(text, `smtp_delivery_duration_seconds_count{route="${host}",${labels}}`)
    expect(count('phase="accepted",outcome="accepted"')).toBeGreaterThan(0)
    expect(count('phase="recipient",outcome="failed"')).toBe(1)
    expect(seriesValue(text, `smtp_pool_connections{route="${host}",state="waiting"}`)).toBe(0)
  })

  it('do not count a send in a sandbox', async () => {
    const before = await read()
    const key = await server.key({ projectId: 'default/sandbox' })
    await backend.send(server.client(key), { email: 'a@x.co' })
    const series = 'otp_sends_total{flow="backend",outcome="sent"}'
    expect(seriesValue(await read(), series)).toBe(seriesValue(before, series))
  })
})

it('without METRICS_PORT, the server serves no metrics', async () => {
  const quiet = await new TestServer().start()
  expect(quiet.metricsUrl).toBe('')
  await quiet.stop()
})

describe('the dashboard and the alert rules', () => {
  const file = (name: string) => readFileSync(new URL(`../server/deploy/${name}`, import.meta.url), 'utf8')
  const alerts = parse(file('alerts.yml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[]
  }
  const dashboard = JSON.parse(file('grafana-dashboard.json')) as {
    panels: {
      title: string
      gridPos: { x: number; y: number }
      targets: { expr: string; legendFormat: string }[]
    }[]
  }
  const rules = alerts.groups.flatMap((group) => group.rules)
  const targets = dashboard.panels.flatMap((panel) => panel.targets)
  const withRange = (expr: string) =>
    expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'risumail-otp')
  const expressions = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...targets.map(({ expr }) => [expr, withRange(expr)] as const),
  ]

  /** Returns the names of the metrics and labels in an expression. @throws if it is not valid PromQL */
  function namesOf(expr: string): { metrics: string[]; labels: string[] } {
    const found = { metrics: [] as string[], labels: [] as string[] }
    parser.parse(expr).iterate({
      enter({ type, from, to }) {
        if (type.isError) throw new Error(`not PromQL at ${from}: ${expr}`)
        const text = expr.slice(from, to)
        if (type.name === 'Identifier') found.metrics.push(text)
        if (type.name === 'LabelName') found.labels.push(text)
      },
    })
    return found
  }

  it.each(expressions)('%s uses only metrics and labels that this server exports', async (_name, expr) => {
    await backend.send(server.client(await server.key()), { email: 'dashboard@example.com' })
    const text = await read()
    // Prometheus adds these to every series of a job.
    const metrics = new Set([...namesIn(text), 'up'])
    const labels = new Set([...labelsIn(text).keys(), 'job', 'instance', 'le'])
    const names = namesOf(expr)
    expect(names.metrics.length).toBeGreaterThan(0)
    expect(names.metrics.filter((name) => !metrics.has(name))).toEqual([])
    expect(names.labels.filter((name) => !labels.has(name))).toEqual([])
  })

  it('have an action for every rule', () => {
    expect(rules.length).toBeGreaterThan(5)
    for (const { annotations } of rules) expect(annotations.action).toMatch(/\w{3}/)
  })

  it('have panels in different places, with different titles', () => {
    const places = dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(dashboard.panels.length)
    expect(new Set(dashboard.panels.map(({ title }) => title)).size).toBe(dashboard.panels.length)
  })
})

describe('the metrics of the webhook backlog', () => {
  it('give the number of waiting deliveries and the age of the oldest', async () => {
    const receiver = await new Receiver().start()
    receiver.always = 500
    await listen(server.store, receiver.url, {}, () => server.now)
    const api = server.client(await server.key())
    const email = 'webhook@example.com'
    const { data } = await backend.send(api, { email })
    await backend.verify(api, {
      sessionId: data?.data.sessionId ?? '',
      email,
      code: server.sink.codeTo(email),
    })
    await server.app.deliverWebhooks()
    server.now += 90_000
    const text = await read()
    expect(receiver.received.length).toBeGreaterThan(0)
    expect(seriesValue(text, 'webhook_backlog')).toBe(1)
    expect(seriesValue(text, 'webhook_backlog_oldest_age_seconds')).toBe(90)
    await receiver.stop()
  })
})
