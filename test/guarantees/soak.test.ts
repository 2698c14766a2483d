import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { figure, isLongForm } from '../support/figures.ts'
import { type Fleet, useFleet } from '../support/fleet.ts'
import { makeJourney } from '../support/mixed-load.ts'

const durationMs = figure({ quick: 3_000, long: 10 * 60_000 })
const callers = figure({ quick: 4, long: 8 })
/** The pause between two requests of one caller, in milliseconds. */
const pauseMs = figure({ quick: 10, long: 40 })
/** The sessions in the store at the start. In a long run, they exceed the 16 MB that SQLite keeps in memory. */
const history = figure({ quick: 100, long: 60_000 })
const sampleMs = 1_000
const halfMinute = 30_000 / sampleMs
const allowedGrowth = 0.05

// Idle connections to the mail server end after this time, so that none is left to be counted.
const fleet = useFleet(1, { SMTP_TIMEOUT: '2s' })

const descriptorsOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length
const residentKiBOf = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/**
 * Gives the store a history and has the server read it once. This fills the server's page cache. The cache then stays
 * the same size while the test measures other memory.
 */
async function fillTheCache(fleet: Fleet): Promise<void> {
  const connection = openConnection(fleet.databasePath)
  connection.exec(`
    insert into sessions (id, flow, project_id, credential_id, email, canonical_recipient, counted_recipient, code_hash,
      attempts, max_attempts, issued_at, expires_at, counted_at, sent_at, verified_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${history})
    select printf('otp_backend_%026d', n), 'backend', 'default', 'key_1', printf('past-%d@example.com', n),
      printf('past-%d@example.com', n), printf('past-%d@example.com', n), randomblob(32), 1, 5, n, n + 600000, n, n, n
    from numbers`)
  connection.close()
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { text } = await fleet
      .server(0)
      .call(`/api/v1/backend-otp/verifications?limit=100${cursor && `&cursor=${cursor}`}`)
    cursor = (JSON.parse(text) as { data: { nextCursor?: string } }).data.nextCursor
  }
}

const claim = isLongForm ? `, and use under ${allowedGrowth * 100} % more memory after the first minute` : ''

it.runIf(existsSync('/proc/self/fd'))(
  `${durationMs / 1000} s of mixed load cause no unexpected status and leave no descriptor open${claim}`,
  async () => {
    fleet.ledger.refusal = (to) => (to === 'refused@example.com' ? 550 : undefined)
    const server = fleet.server(0)
    const { pid } = server.command
    const descriptors = descriptorsOf(pid)
    await fillTheCache(fleet)
    const resident: number[] = []
    const unexpected: string[] = []
    const endsAt = performance.now() + durationMs
    const caller = async () => {
      while (performance.now() < endsAt) {
        unexpected.push(...(await makeJourney(fleet, server, () => sleep(pauseMs))))
      }
    }
    const sampler = async () => {
      for (; performance.now() < endsAt; await sleep(sampleMs)) resident.push(residentKiBOf(pid))
    }
    await Promise.all([sampler(), ...Array.from({ length: callers }, caller)])

    expect(unexpected).toEqual([])
    server.agent.destroy()
    await expect
      .poll(() => descriptorsOf(pid), { timeout: 20_000, interval: 100 })
      .toBeLessThanOrEqual(descriptors)
    if (!isLongForm) return

    // Use the median of each half minute, because a sample can come before or after a garbage collection. From the
    // second and third minutes, use the lowest median: the first major collection may come that late.
    const halves = Array.from({ length: Math.floor(resident.length / halfMinute) }, (_, half) =>
      median(resident.slice(half * halfMinute, (half + 1) * halfMinute)),
    )
    const early = Math.min(...halves.slice(2, 6))
    const late = halves.at(-1) ?? Number.NaN
    expect(late / early - 1, `KiB in each half minute: ${halves.join(' ')}`).toBeLessThan(allowedGrowth)
  },
)
