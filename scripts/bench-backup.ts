/**
 * Measures how much a backup slows down sends, as a ratio to the same server without a backup:
 * `npm run bench:backup -- --help`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { fill } from './bench/fill.ts'
import { measure, type Round, warmUp } from './bench/load.ts'
import { median } from './bench/report.ts'
import { startOurs } from './bench/servers.ts'
import { Sink } from './bench/sink.ts'

const count = (text: string): number => {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0')
  return Number(text)
}

const { sessions, seconds, rounds, clients } = new Command('npm run bench:backup --')
  .description(
    'Measures sends with and without a backup at the same time, on the built server (npm run build).',
  )
  .option('--sessions <n>', 'how many sessions the store holds', count, 500_000)
  .option('--seconds <n>', 'how many seconds to measure each case in a round', count, 5)
  .option('--rounds <n>', 'how many rounds; each measures both cases', count, 5)
  .option('--clients <n>', 'how many requests to run at the same time', count, 8)
  .parse()
  .opts<{ sessions: number; seconds: number; rounds: number; clients: number }>()

const program = fileURLToPath(new URL('../dist/server/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-bench-'))
const store = join(folder, 'store.db')
const say = (text: string) => process.stderr.write(`${text}\n`)
const mebibytes = (path: string) => Math.round(statSync(path).size / 1024 / 1024)

/** Makes one backup after another until `isOver` returns true. @returns the duration of each, in milliseconds */
async function backUpUntil(isOver: () => boolean): Promise<number[]> {
  const durations: number[] = []
  for (let n = 0; !isOver(); n++) {
    const file = join(folder, `backup-${n}.db`)
    const startedAt = performance.now()
    const child = spawn(process.execPath, [program, 'backup', file], {
      env: { PATH: process.env['PATH'], DATABASE_URL: `sqlite:${store}` },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('the backup failed')
    durations.push(performance.now() - startedAt)
    rmSync(file)
  }
  return durations
}

const sink = new Sink()
const smtpUrl = await sink.start()
try {
  await (await startOurs('ours', `sqlite:${store}`, smtpUrl, { smtpConnections: 16 })).stop()
  fill(store, sessions, (done) => say(`created ${done} of ${sessions} sessions`))
  const server = await startOurs('ours', `sqlite:${store}`, smtpUrl, { smtpConnections: 16 })
  try {
    await warmUp(server, sink)
    const ratios: number[] = []
    const took: number[] = []
    let largestLog = 0
    for (let round = 1; round <= rounds; round++) {
      const alone = await measure('send', server, sink, { clients, seconds })
      let isOver = false
      const backups = backUpUntil(() => isOver)
      const beside: Round = await measure('send', server, sink, { clients, seconds })
      largestLog = Math.max(largestLog, mebibytes(`${store}-wal`))
      isOver = true
      took.push(...(await backups))
      ratios.push(beside.p99Ms / alone.p99Ms)
      say(
        `round ${round} of ${rounds}: p99 ${alone.p99Ms.toFixed(0)} ms without a backup, ${beside.p99Ms.toFixed(0)} ms during one`,
      )
    }
    await measure('send', server, sink, { clients, seconds: 2 })
    process.stdout.write(
      `A store of ${sessions} sessions (${mebibytes(store)} MiB): the 99th percentile of sends during a backup is ${median(ratios).toFixed(2)} times the one without (median of ${rounds} rounds; ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}).
A backup takes ${(median(took) / 1000).toFixed(1)} seconds. The write-ahead log reaches ${largestLog} MiB during a backup, and has ${mebibytes(`${store}-wal`)} MiB afterwards.\n`,
    )
  } finally {
    await server.stop()
  }
} finally {
  sink.stop()
  rmSync(folder, { recursive: true })
}
