import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { figure, isLongForm } from '../support/figures.ts'
import { type Fleet, useFleet } from '../support/fleet.ts'
import { makeJourney } from '../support/mixed-load.ts'

const durationMs = figure({ quick: 3_000, long: 10 * 60_000 })
const callers = figure({ quick: 4, long: 8 })
/** Between two requests of one caller. */
const pauseMs = figure({ quick: 10, long: 40 })
/** What the store holds before: more than the 16 MB that SQLite keeps of it in memory. */
const history = figure({ quick: 100, long: 60_000 })
const sampleMs = 1_000
const halfMinute = 30_000 / sampleMs
const allowedGrowth = 0.05

// Idle connections to the mail server end after this time, so that none is left over to be counted.
const fleet = useFleet(1, { SMTP_TIMEOUT: '2s' })

const descriptorsOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length
const residentKiBOf = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/**
 * Gives the store a history, and has the server read it once: its cache of the store's pages is then as full as it
 * gets, and does not grow with the store while other memory is measured.
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

const claim = isLongForm ? `, and under ${allowedGrowth * 100} % more memory after the first minute` : ''

it.runIf(existsSync('/proc/self/fd'))(
  `${durationMs / 1000} s of mixed load: every status as it must be, no descriptor left open${claim}`,
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

    // The median of a half minute, for a sample stands before or after a garbage collection; and of the second and the
    // third minute the half that had least, for the first great collection may come as late as that.
    const halves = Array.from({ length: Math.floor(resident.length / halfMinute) }, (_, half) =>
      median(resident.slice(half * halfMinute, (half + 1) * halfMinute)),
    )
    const early = Math.min(...halves.slice(2, 6))
    const late = halves.at(-1) ?? Number.NaN
    expect(late / early - 1, `KiB in each half minute: ${halves.join(' ')}`).toBeLessThan(allowedGrowth)
  },
)
