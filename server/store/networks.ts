import { type Engine, statement } from './engine.ts'

/** What came from one client network with public tokens, since some time. */
export interface NetworkActivity {
  network: string
  /** How many different client addresses it had. */
  addresses: number
  sends: number
  /** Sends that no mail server has accepted. */
  failures: number
  verified: number
  wrongCodes: number
  /** One of the tokens that they came with. */
  credentialId: string
}

// Wrong codes are kept in parts of a window; a part that has begun before the time in question is left out.
const activity = statement<[sinceMs: number, most: number], NetworkActivity>(
  'network_activity',
  `select client_network as network, count(distinct client_address) as addresses, count(*) as sends,
    sum(case when sent_at is null then 1 else 0 end) as failures,
    sum(case when verified_at is not null then 1 else 0 end) as verified,
    coalesce((select sum(total) from tallies where subject = 'network ' || client_network and kind = 'guess'
      and starts_at >= :steady_at - $1), 0) as "wrongCodes",
    max(credential_id) as "credentialId"
    from sessions where client_network is not null and counted_at >= :steady_at - $1
    group by client_network order by sends desc, network limit $2`,
)

/** The networks that sent most with public tokens, the busiest first. */
export async function networkActivity(
  engine: Engine,
  sinceMs: number,
  most: number,
): Promise<NetworkActivity[]> {
  const rows = await engine.read(activity(sinceMs, most))
  // PostgreSQL hands out sums as text.
  return rows.map((row) => ({
    ...row,
    failures: Number(row.failures),
    verified: Number(row.verified),
    wrongCodes: Number(row.wrongCodes),
  }))
}
