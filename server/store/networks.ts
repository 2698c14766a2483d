import { type Engine, statement } from './engine.ts'

/** The activity of one client network with public tokens, since a given time. */
export interface NetworkActivity {
  network: string
  /** The number of different client addresses. */
  addresses: number
  sends: number
  /** Sends that no mail server accepted. */
  failures: number
  verified: number
  wrongCodes: number
  /** One of the tokens that the network used. */
  credentialId: string
}

// Wrong codes are summed for each part of a window. A part that began before the given time is left out.
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

/** Returns the networks with the most sends by public tokens, busiest first. */
export async function networkActivity(
  engine: Engine,
  sinceMs: number,
  most: number,
): Promise<NetworkActivity[]> {
  const rows = await engine.read(activity(sinceMs, most))
  // PostgreSQL returns sums as text.
  return rows.map((row) => ({
    ...row,
    failures: Number(row.failures),
    verified: Number(row.verified),
    wrongCodes: Number(row.wrongCodes),
  }))
}
