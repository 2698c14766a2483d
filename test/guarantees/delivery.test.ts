import { afterAll, describe, expect, it } from 'vitest'
import { openConnection } from '../../server/store/connection.ts'
import { FaultServer, type Transaction } from '../support/fault-server.ts'
import { figure, isLongForm } from '../support/figures.ts'
import { backendWithHistory as backend } from '../support/flows.ts'
import { type TestServer, useServer } from '../support/server.ts'
import {
  afterTheInvitation,
  beforeTheMessage,
  inTheClear,
  inThePool,
  type Outcome,
  ofTheCertificate,
  recover,
} from '../support/smtp-faults.ts'

const smtpTimeoutMs = figure({ quick: 400, long: 1000 })
const slackMs = 500
const rounds = figure({ quick: 1, long: 10 })
const sendsAtOnce = figure({ quick: 2, long: 12 })

interface Answer {
  email: string
  status: number
  code: string | undefined
  durationMs: number
}

/** A server whose mails go over a relay that fails on demand, and what follows from the ledgers of both. */
async function useRelay(extensions: string[], query = '') {
  const relay = new FaultServer()
  relay.extensions = extensions
  const route = `smtp://login:password@${await relay.start()}${query}`
  const server = useServer({ environment: { SMTP_URL: route, SMTP_TIMEOUT: `${smtpTimeoutMs}ms` } })
  afterAll(() => relay.stop())
  let recipients = 0

  const timed = async <T>(request: () => Promise<T>): Promise<T & { durationMs: number }> => {
    const startedAt = performance.now()
    const answer = await request()
    return { ...answer, durationMs: performance.now() - startedAt }
  }
  const send = async (api: Awaited<ReturnType<typeof backend.authorized>>): Promise<Answer> => {
    const email = `user${++recipients}@example.com`
    const { response, error, durationMs } = await timed(() => backend.send(api, { email }))
    return { email, status: response.status, code: error?.error.code, durationMs }
  }
  const endFault = async (): Promise<void> => {
    relay.faults = {}
    relay.extensions = extensions
    recover()
    if (!relay.isListening) await relay.start()
  }
  return { relay, server, send, timed, endFault }
}

/** The outcome as the caller and the store have it. */
function outcomeOf(server: TestServer, { email, status, code }: Answer): Outcome {
  const store = openConnection(server.databasePath, { readonly: true })
  const row = store.prepare('select sent_at, failed_at from sessions where email = ?').get(email) as {
    sent_at: number | null
    failed_at: number | null
  }
  store.close()
  expect([200, 502]).toContain(status)
  if (status === 200) {
    expect(row).toEqual({ sent_at: server.now, failed_at: null })
    return 'sent'
  }
  expect(code).toBe('SMTP_DELIVERY_FAILED')
  expect(row.sent_at).toBeNull()
  return row.failed_at === null ? 'unknown' : 'refused'
}

/** What the other side of the conversation leaves as possible outcomes. */
function outcomesLeftBy(transactions: Transaction[]): Outcome[] {
  const whole = transactions.filter(({ message }) => message !== undefined)
  expect(whole.length, 'times that the mail was handed over').toBeLessThanOrEqual(1)
  const verdict = whole[0]?.verdict
  if (verdict?.startsWith('250')) return ['sent']
  if (verdict !== undefined && /^[45]/.test(verdict)) return ['refused']
  if (verdict === '') return ['refused'] // it was said before the message had come
  if (whole.length > 0) return ['unknown']
  return transactions.some(({ isInvited }) => isInvited) ? ['refused', 'unknown'] : ['refused']
}

const plain = await useRelay(['AUTH PLAIN'])
const pipelined = await useRelay(['PIPELINING', 'AUTH PLAIN'])
const encrypted = await useRelay(['STARTTLS', 'AUTH PLAIN'], '?requireTLS=true&tls.rejectUnauthorized=false')
const untrusted = await useRelay(['AUTH PLAIN'])

const everyFault = [...beforeTheMessage, ...afterTheInvitation, ...inThePool]
// What commands that are sent together change is how their refusals come; the rest is the same conversation.
const pipelinedFaults = everyFault.filter(({ name }) => isLongForm || /^[45]\d\d/.test(name))

describe.each([
  ['a relay', plain, everyFault],
  ['a relay with PIPELINING', pipelined, pipelinedFaults],
  ['a relay that must encrypt', encrypted, inTheClear],
  ['a relay with a certificate that nobody knows', untrusted, ofTheCertificate],
])(
  '`sent: true` means 250 for exactly that recipient, over %s',
  (_relay, { relay, server, send, timed, endFault }, faults) => {
    it.each(faults)('$name: $outcome', async ({ outcome, begin, sends = sendsAtOnce }) => {
      const api = await backend.authorized(server)
      for (let round = 0; round < rounds; round++) {
        const email = `before${relay.ledger.length}@example.com`
        const before = await backend.send(api, { email })
        expect(before.response.status).toBe(200)
        const code = /^(\d{6})\r?$/m.exec(relay.ledger.at(-1)?.message ?? '')?.[1] ?? ''
        relay.ledger.length = 0

        try {
          await begin(relay)
          const sending = Promise.all(Array.from({ length: sends }, () => send(api)))
          const meanwhile = await Promise.all([
            timed(() => backend.verify(api, { sessionId: before.data?.data.sessionId ?? '', email, code })),
            timed(() => backend.list(api)),
            timed(async () => ({ response: await fetch(`${server.directUrl}/livez`) })),
            timed(async () => ({ response: await fetch(`${server.directUrl}/readyz`) })),
          ])
          const answers = await sending

          expect(meanwhile.map(({ response }) => response.status)).toEqual([200, 200, 200, 200])
          for (const { durationMs } of [...answers, ...meanwhile]) {
            expect(durationMs).toBeLessThan(smtpTimeoutMs + slackMs)
          }
          for (const answer of answers) {
            const transactions = relay.ledger.filter(({ recipient }) => recipient === answer.email)
            expect(outcomesLeftBy(transactions)).toContain(outcomeOf(server, answer))
          }
          // Sends beyond the size of the pool may not have had their turn.
          const outcomes = answers.map((answer) => outcomeOf(server, answer))
          expect(outcomes).toContain(outcome)
          expect(outcomes.filter((each) => each !== outcome && (each !== 'refused' || sends <= 5))).toEqual(
            [],
          )
        } finally {
          await endFault()
        }
        expect(await send(api)).toMatchObject({ status: 200 })
      }
    })
  },
)
