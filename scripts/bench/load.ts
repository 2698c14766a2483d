import { Agent, type IncomingMessage, request } from 'node:http'
import type { Server } from './servers.ts'
import type { Sink } from './sink.ts'

export const operations = ['send', 'pair', 'history'] as const
export type Operation = (typeof operations)[number]

/** The figures of one operation on one server in one round. */
export interface Round {
  perSecond: number
  p50Ms: number
  p99Ms: number
  cpuMsPerOperation: number | undefined
}

const agent = new Agent({ keepAlive: true, maxSockets: 512, noDelay: true } as never)
let recipients = 0

function ask(server: Server, turn: number, path: string, body?: object): Promise<Record<string, unknown>> {
  const url = server.urls[turn % server.urls.length] + path
  const text = body && JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        agent,
        method: text ? 'POST' : 'GET',
        headers: {
          Authorization: `Bearer ${server.key}`,
          ...(text && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
        },
      },
      (response: IncomingMessage) => {
        let answer = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => {
          answer += chunk
        })
        response.on('error', reject)
        response.on('end', () => {
          if (response.statusCode === 200)
            resolve((JSON.parse(answer) as { data: Record<string, unknown> }).data)
          else reject(new Error(`${server.name} answered ${response.statusCode} to ${path}: ${answer}`))
        })
      },
    )
    call.on('error', reject)
    call.end(text)
  })
}

async function once(operation: Operation, server: Server, sink: Sink, turn: number): Promise<void> {
  if (operation === 'history') {
    await ask(server, turn, '/api/v1/backend-otp/verifications?limit=50')
    return
  }
  const email = `user-${++recipients}@example.com`
  const { sessionId } = await ask(server, turn, '/api/v1/backend-otp/send', { email })
  const code = sink.takeCode(email)
  if (operation === 'send') return
  const { verified } = await ask(server, turn, '/api/v1/backend-otp/verify', { sessionId, email, code })
  if (verified !== true) throw new Error(`${server.name} did not verify the code that it had emailed`)
}

const at = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

/** Runs this many clients for this many seconds. Each client makes one request at a time. */
export async function measure(
  operation: Operation,
  server: Server,
  sink: Sink,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<Round> {
  const latencies: number[] = []
  const cpuBefore = server.cpuMs()
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const askedAt = performance.now()
        await once(operation, server, sink, client)
        latencies.push(performance.now() - askedAt)
      }
    }),
  )
  const elapsed = (performance.now() - startedAt) / 1000
  const cpuAfter = server.cpuMs()
  latencies.sort((a, b) => a - b)
  return {
    perSecond: latencies.length / elapsed,
    p50Ms: at(latencies, 0.5),
    p99Ms: at(latencies, 0.99),
    cpuMsPerOperation:
      cpuBefore === undefined || cpuAfter === undefined
        ? undefined
        : (cpuAfter - cpuBefore) / latencies.length,
  }
}

/** Warms the server up, and fills a page of its history. */
export async function warmUp(server: Server, sink: Sink): Promise<void> {
  for (let n = 0; n < 10; n++) {
    await Promise.all(Array.from({ length: 20 }, (_, client) => once('pair', server, sink, client)))
  }
  for (let n = 0; n < 50; n++) await once('history', server, sink, n)
}
