import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { certificate } from '../support/certificate.ts'
import { type Answer, audit } from '../support/delivery-audit.ts'
import { FaultServer } from '../support/fault-server.ts'
import { figure, isLongForm } from '../support/figures.ts'
import { backendWithHistory as backend } from '../support/flows.ts'
import { useServer } from '../support/server.ts'
import {
  afterTheInvitation,
  beforeTheMessage,
  inTheClear,
  inThePool,
  type Outcome,
  ofTheCertificate,
  recover,
} from '../support/smtp-faults.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Long enough that a busy machine does not fail the emails that must go out. A TLS handshake is most of the work.
const timeoutMs = { plain: 1000, encrypted: 3000 }
const slackMs = 500
const rounds = figure({ quick: 1, long: 10 })
const sendsAtOnce = figure({ quick: 2, long: 12 })
/** The largest number of connections. One more send has to wait for its turn. */
const poolSize = 16

type Api = Awaited<ReturnType<typeof backend.authorized>>

/** Sets up a server that sends through a relay that fails on demand, with helpers for the tests. */
async function useRelay(extensions: string[], environment: Record<string, string> = {}) {
  let recipients = 0
  const relay = new FaultServer()
  relay.extensions = extensions
  const isEncrypted = environment['SMTP_CA_FILE'] !== undefined
  const smtpTimeoutMs = isEncrypted ? timeoutMs.encrypted : timeoutMs.plain
  const route = `smtp://login:password@${await relay.start()}${isEncrypted ? '?requireTLS=true' : ''}`
  const server = useServer({
    environment: { SMTP_URL: route, SMTP_TIMEOUT: `${smtpTimeoutMs}ms`, ...environment },
  })
  afterAll(() => relay.stop())
  const answers: Answer[] = []

  const timed = async <T>(request: () => Promise<T>): Promise<T & { durationMs: number }> => {
    const startedAt = performance.now()
    const answer = await request()
    return { ...answer, durationMs: performance.now() - startedAt }
  }
  const send = async (api: Api): Promise<Answer> => {
    const email = `user${++recipients}@example.com`
    const { response, error, durationMs } = await timed(() => backend.send(api, { email }))
    const answer = { email, status: response.status, code: error?.error.code, durationMs }
    answers.push(answer)
    return answer
  }
  const sendAtOnce = (api: Api, count: number) => Promise.all(Array.from({ length: count }, () => send(api)))
  /** Opens a session before the fault begins. */
  const sendBefore = async (api: Api) => {
    const email = `user${++recipients}@example.com`
    const { data, response } = await backend.send(api, { email })
    expect(response.status).toBe(200)
    const code = /^(\d{6})\r?$/m.exec(relay.ledger.at(-1)?.message ?? '')?.[1] ?? ''
    return { sessionId: data?.data.sessionId ?? '', email, code }
  }
  /** Sends every request that needs no email. @returns how long each took */
  const askForTheRest = async (api: Api, session: Awaited<ReturnType<typeof sendBefore>>) => {
    const asked = await Promise.all([
      timed(() => backend.verify(api, session)),
      timed(() => backend.list(api)),
      timed(async () => ({ response: await fetch(`${server.directUrl}/livez`) })),
      timed(async () => ({ response: await fetch(`${server.directUrl}/readyz`) })),
    ])
    expect(asked.map(({ response }) => response.status)).toEqual([200, 200, 200, 200])
    return asked.map(({ durationMs }) => durationMs)
  }
  const endFault = async (): Promise<void> => {
    relay.faults = {}
    relay.extensions = extensions
    recover()
    if (!relay.isListening) await relay.start()
  }
  return { relay, server, answers, smtpTimeoutMs, sendBefore, sendAtOnce, askForTheRest, endFault }
}

const authorities = join(temporaryFolder(), 'authorities.pem')
writeFileSync(authorities, certificate.cert)
const plain = await useRelay(['AUTH PLAIN'])
const pipelined = await useRelay(['PIPELINING', 'AUTH PLAIN'])
const encrypted = await useRelay(['STARTTLS', 'AUTH PLAIN'], { SMTP_CA_FILE: authorities })
const untrusted = await useRelay(['AUTH PLAIN'])

const everyFault = [...beforeTheMessage, ...afterTheInvitation, ...inThePool]
// Pipelining only changes how refusals arrive. The rest of the conversation is the same.
const pipelinedFaults = everyFault.filter(({ name }) => isLongForm || /^[45]\d\d/.test(name))

describe.each([
  ['a relay', plain, everyFault],
  ['a relay with PIPELINING', pipelined, pipelinedFaults],
  ['a relay that must encrypt', encrypted, inTheClear],
  ['a relay with an unknown certificate', untrusted, ofTheCertificate],
])('`sent: true` means 250 for exactly that recipient, over %s', (_relay, its, faults) => {
  const { relay, server } = its

  it.each(faults)('$name: $outcome', async ({ outcome, begin, isHolding, sends = sendsAtOnce }) => {
    const api = await backend.authorized(server)
    for (let round = 0; round < rounds; round++) {
      const first = relay.ledger.length
      const before = await its.sendBefore(api)
      let answers: Answer[]
      let outcomes: Outcome[]
      try {
        await begin(relay)
        const { faultsMet } = relay
        const answered = its.answers.length
        const sending = its.sendAtOnce(api, sends)
        if (isHolding) await expect.poll(() => relay.faultsMet, { interval: 5 }).toBeGreaterThan(faultsMet)
        const durationsMs = await its.askForTheRest(api, before)
        const answeredFirst = its.answers.length - answered
        answers = await sending

        if (isHolding) expect(answeredFirst, 'sends that were answered before all the rest').toBe(0)
        for (const durationMs of [...durationsMs, ...answers.map((answer) => answer.durationMs)]) {
          expect(durationMs).toBeLessThan(its.smtpTimeoutMs + slackMs)
        }
        outcomes = audit(server, relay.ledger.slice(first), answers, false)
        expect(outcomes).toContain(outcome)
        // If there are more sends than connections, some may never have had their turn.
        const mayWait = sends > poolSize
        expect(outcomes.filter((each) => each !== outcome && !(mayWait && each === 'refused'))).toEqual([])
      } finally {
        await its.endFault()
      }

      const healthy = await its.sendAtOnce(api, poolSize + 1)
      answers.push(...healthy)
      outcomes.push(...healthy.map(() => 'sent' as const))
      const ledger = relay.ledger.slice(first)
      expect(audit(server, ledger, answers, true)).toEqual(outcomes)
      const asked = [before, ...answers].map(({ email }) => email)
      expect(ledger.filter(({ recipient }) => !asked.includes(recipient))).toEqual([])
    }
  })

  it('no email arrives late or twice after the faults', () => {
    audit(server, relay.ledger, its.answers, true)
    expect(its.answers.length).toBeGreaterThan(faults.length)
  })
})
