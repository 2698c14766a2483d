import { type Finding, ok, problem, warning } from './finding.ts'

const longestMs = 10_000
const toleratedClockMs = 5_000
const forged = '203.0.113.77' // RFC 5737: reserved for documentation, so no client has it

const privateNetworks = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1', 'fc00::/7']

interface PublicUrlOptions {
  publicUrl: string
  now: number
  withToken: WithToken
}

/** Calls `use` with a temporary public token of a sandbox. The token works from these networks only. */
export type WithToken = <T>(networks: string[], use: (token: string) => Promise<T>) => Promise<T>

/** Checks that PUBLIC_URL leads to this server, as recipients and clients need it to. Leaves no data behind. */
export async function checkPublicUrl({ publicUrl, now, withToken }: PublicUrlOptions): Promise<Finding[]> {
  const findings: Finding[] = []
  const { protocol, hostname } = new URL(publicUrl)
  const isHere = /^(?:localhost|127\..*|\[::1\])$/.test(hostname)
  if (protocol !== 'https:')
    findings.push(
      isHere
        ? warning(
            'PUBLIC_URL',
            `${publicUrl} works only on this machine.`,
            'Set PUBLIC_URL to the https URL that recipients use.',
          )
        : problem(
            'PUBLIC_URL',
            `${publicUrl} is not encrypted.`,
            'Put a proxy with TLS in front of the server, and use https:// in PUBLIC_URL.',
          ),
    )

  const answer = await ask(`${publicUrl}/readyz`)
  if ('failure' in answer)
    return [
      ...findings,
      problem(
        'PUBLIC_URL answers',
        `${publicUrl}/readyz cannot be reached (${answer.failure}).`,
        'Check the DNS, the proxy, its certificate, and whether the server is running.',
      ),
    ]
  const isOurs = answer.status === 200 && answer.headers.has('x-request-id')
  if (!isOurs)
    return [
      ...findings,
      problem(
        'PUBLIC_URL answers',
        `${publicUrl}/readyz answers with status ${answer.status}, but not the way this server does.`,
        'Check which server the proxy forwards to, and the path prefix.',
      ),
    ]
  findings.push(ok('PUBLIC_URL answers', `${publicUrl}/readyz says that the server accepts requests.`))
  if (protocol === 'https:') findings.push(strictTransport(answer.headers))
  findings.push(clock(answer.headers, now))
  findings.push(...(await checkProxy(publicUrl, isHere, withToken)))
  return findings
}

function strictTransport(headers: Headers): Finding {
  const found = headers.get('strict-transport-security')
  return found === null
    ? warning(
        'HSTS',
        'There is no Strict-Transport-Security header.',
        'Configure the proxy to set it: max-age=63072000',
      )
    : ok('HSTS', found)
}

function clock(headers: Headers, now: number): Finding {
  const theirs = Date.parse(headers.get('date') ?? '')
  const offMs = Math.abs(theirs - now)
  if (Number.isNaN(theirs))
    return warning(
      'clock',
      'The response has no Date header.',
      'Configure the proxy to pass the Date header.',
    )
  return offMs > toleratedClockMs
    ? problem(
        'clock',
        `The clocks of this machine and of the one that answers differ by ${Math.round(offMs / 1000)} seconds.`,
        'Run an NTP client on both, because codes expire by the clock.',
      )
    : ok('clock', 'The clocks of this machine and of the one that answers agree.')
}

/** Finds out which client address the server sees, by calling it with tokens that work from some networks only. */
async function checkProxy(publicUrl: string, isHere: boolean, withToken: WithToken): Promise<Finding[]> {
  const check = 'client addresses'
  const isLetIn = (networks: string[], headers: Record<string, string>) =>
    withToken(networks, async (token) => {
      const answer = await ask(`${publicUrl}/api/v1/instant-otp/verify`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ sessionId: 'otp_sess_0', email: 'doctor@example.com', code: '000000' }),
      })
      if ('failure' in answer || answer.status >= 500) return undefined
      return answer.status !== 403 && answer.status !== 401
    })
  const isForged = await isLetIn([forged], { 'X-Forwarded-For': forged })
  if (isForged)
    return [
      problem(
        check,
        'A caller can fake its address with X-Forwarded-For.',
        'Configure the proxy to replace the header ($remote_addr in nginx), and list only the proxy in TRUSTED_PROXIES.',
      ),
    ]
  // A client on this machine has a private address itself.
  const isHidden = isHere ? false : await isLetIn(privateNetworks, {})
  if (isHidden)
    return [
      warning(
        check,
        'The server sees a private address instead of the public address of the client.',
        'If there is a proxy, add its address to TRUSTED_PROXIES. Until then, all clients count as one.',
      ),
    ]
  if (isForged === undefined || isHidden === undefined)
    return [
      warning(
        check,
        'The check could not find out which client address the server sees.',
        'Check the proxy and its log.',
      ),
    ]
  return [ok(check, 'Callers cannot fake their address with X-Forwarded-For.')]
}

async function ask(
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers } | { failure: string }> {
  try {
    const { status, headers } = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(longestMs),
    })
    return { status, headers }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: unknown } }
    return { failure: String(cause?.code ?? name) }
  }
}
