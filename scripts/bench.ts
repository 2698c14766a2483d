/** Compares the server with a bare one that does the same durable work: `npm run bench -- --help`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { findPostgres, PostgresCluster } from '../test/support/postgres-cluster.ts'
import { fill } from './bench/fill.ts'
import { measure, type Operation, operations, type Round, warmUp } from './bench/load.ts'
import { type Measured, summarize, table } from './bench/report.ts'
import { type Server, startBare, startOurs } from './bench/servers.ts'
import { Sink } from './bench/sink.ts'

const engines = ['bare', 'sqlite', 'postgres'] as const
type Engine = (typeof engines)[number]

const listOf =
  <T extends string>(known: readonly T[]) =>
  (text: string): T[] =>
    text.split(',').map((name) => {
      const found = known.find((each) => each === name)
      if (found === undefined) throw new InvalidArgumentError(`must be one or more of ${known.join(',')}`)
      return found
    })
const count = (text: string): number => {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0')
  return Number(text)
}

const options = new Command('npm run bench --')
  .description(
    'Compares the built server (npm run build) with a minimal server (bare) that does the same durable work.',
  )
  .option('--seconds <n>', 'how many seconds to measure each operation in a round', count, 5)
  .option('--rounds <n>', 'how many rounds; each measures every server in turn', count, 5)
  .option('--clients <n>', 'how many requests to run at the same time', count, 16)
  .option('--only <operations>', `what to measure: ${operations.join(',')}`, listOf(operations), [
    ...operations,
  ])
  .option('--engines <names>', `which servers to measure: ${engines.join(',')}`, listOf(engines), [
    ...engines,
  ])
  .option('--smtp-connections <n>', 'SMTP_MAX_CONNECTIONS of our servers', count, 16)
  .option('--instances <n>', 'also measure this many servers that share one PostgreSQL', count, 1)
  .option('--sessions <n>', 'also measure an SQLite store that holds this many sessions', count)
  .option('--json <file>', 'the file for the figures', join(tmpdir(), 'risumail-otp-bench.json'))
  .parse()
  .opts<{
    seconds: number
    rounds: number
    clients: number
    only: Operation[]
    engines: Engine[]
    smtpConnections: number
    instances: number
    sessions?: number
    json: string
  }>()

const say = (text: string) => process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-bench-'))
const sink = new Sink()
const servers: Server[] = []
let cluster: PostgresCluster | undefined

try {
  const smtpUrl = await sink.start()
  if (options.engines.includes('bare')) servers.push(await startBare(folder, smtpUrl))
  if (options.engines.includes('sqlite')) {
    servers.push(await startOurs('sqlite', `sqlite:${join(folder, 'ours.db')}`, smtpUrl, options))
  }
  if (options.sessions !== undefined) await addFull(options.sessions, smtpUrl)
  if (options.engines.includes('postgres')) await addPostgres(smtpUrl)

  const measured: Measured = {}
  for (const server of servers) await warmUp(server, sink)
  for (let round = 1; round <= options.rounds; round++) {
    for (const operation of options.only) {
      for (const server of servers) {
        const figures = await measure(operation, server, sink, options)
        record(measured, server.name, operation, figures)
        say(
          `round ${round} of ${options.rounds}: ${operation} on ${server.name}, ${figures.perSecond.toFixed(0)} per second`,
        )
      }
      sink.forget()
    }
  }
  const base = servers[0]?.name ?? ''
  const memory = Object.fromEntries(servers.map((server) => [server.name, server.rssMb()]))
  const summaries = summarize(measured, base)
  const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model }
  writeFileSync(
    options.json,
    `${JSON.stringify({ machine, options, base, memory, summaries, measured }, null, 2)}\n`,
  )
  process.stdout.write(
    `${table(summaries, memory)}\nRatios are relative to ${base}. All figures: ${options.json}\n`,
  )
} finally {
  await Promise.all(servers.map((server) => server.stop()))
  sink.stop()
  await cluster?.remove()
  rmSync(folder, { recursive: true })
}

function record(measured: Measured, server: string, operation: Operation, figures: Round): void {
  const byOperation = measured[server] ?? {}
  measured[server] = { ...byOperation, [operation]: [...(byOperation[operation] ?? []), figures] }
}

async function addFull(sessions: number, smtpUrl: string): Promise<void> {
  const path = join(folder, 'full.db')
  await (await startOurs('full', `sqlite:${path}`, smtpUrl, options)).stop() // this creates the file
  fill(path, sessions, (done) => say(`created ${done} of ${sessions} sessions`))
  servers.push(await startOurs(`sqlite-${sessions}`, `sqlite:${path}`, smtpUrl, options))
}

async function addPostgres(smtpUrl: string): Promise<void> {
  const bin = findPostgres()
  if (bin === undefined) {
    say('PostgreSQL is not installed on this machine, so the benchmark skips it')
    return
  }
  cluster = await new PostgresCluster(bin).create()
  servers.push(await startOurs('postgres', cluster.url(), smtpUrl, options))
  if (options.instances > 1) {
    servers.push(
      await startOurs(`postgres-x${options.instances}`, cluster.url(), smtpUrl, options, options.instances),
    )
  }
}
