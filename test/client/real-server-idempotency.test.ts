import { describe, expect, it } from 'vitest'
import { createClient } from '../../clients/typescript/src/index.ts'
import { backendClient, only, refusalOf } from '../support/real-client.ts'
import { useServer } from '../support/server.ts'

const server = useServer()

describe('a send with an idempotency key', () => {
  const idempotencyKey = crypto.randomUUID()

  it('returns the session of the first send when repeated, and sends one email', async () => {
    const client = await backendClient(server)
    const email = 'twice@example.com'
    const first = await client.sendBackendOtp({ email }, { idempotencyKey })
    const code = server.sink.codeTo(email)
    server.now += 60_000
    expect(await client.sendBackendOtp({ email }, { idempotencyKey })).toEqual(first)
    expect(mailsTo(email)).toBe(1)
    expect(await client.verifyBackendOtp({ ...only(first), code })).toEqual({ verified: true })
  })

  it('is repeated automatically if its response is lost, and sends one email', async () => {
    const email = 'lost@example.com'
    const answers: Response[] = []
    const client = createClient({
      baseUrl: server.url,
      token: await server.key(),
      fetch: async (request) => {
        answers.push(await fetch(request))
        if (answers.length === 1) throw new TypeError('the connection broke')
        return (answers[1] as Response).clone()
      },
    })
    const sent = await client.sendEmailVerification({ email }, { idempotencyKey: crypto.randomUUID() })
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [lost, repeated] = (await Promise.all(answers.map((answer) => answer.json()))) as unknown[]
    expect(repeated).toEqual(lost)
    expect(repeated).toMatchObject({ data: sent })
    expect(mailsTo(email)).toBe(1)
  })

  it('waits for the first send if that is still running, and sends one email', async () => {
    const email = 'under-way@example.com'
    let release = () => {}
    server.sink.whenReceived = () => new Promise((resolve) => (release = resolve))
    const statuses: number[] = []
    const client = createClient({
      baseUrl: server.url,
      token: await server.key(),
      fetch: async (request) => {
        const response = await fetch(request)
        statuses.push(response.status)
        release()
        return response
      },
    })
    const send = () => client.sendBackendOtp({ email }, { idempotencyKey: 'under-way' })
    const first = send()
    await expect.poll(() => mailsTo(email)).toBe(1)
    server.sink.whenReceived = async () => {}
    expect(await send()).toEqual(await first)
    expect(statuses).toEqual([409, 200, 200])
    expect(mailsTo(email)).toBe(1)
  })

  it('is refused if its key was used for another request', async () => {
    const client = await backendClient(server)
    await client.sendBackendOtp({ email: 'one@example.com' }, { idempotencyKey: 'reused' })
    const error = await refusalOf(
      client.sendBackendOtp({ email: 'other@example.com' }, { idempotencyKey: 'reused' }),
    )
    expect(error).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(mailsTo('other@example.com')).toBe(0)
  })

  it('is refused if its key breaks the contract, and the error names the header', async () => {
    const client = await backendClient(server)
    const error = await refusalOf(
      client.sendBackendOtp({ email: 'user@example.com' }, { idempotencyKey: 'k'.repeat(256) }),
    )
    expect(error).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' })
    expect(error.details?.map(({ path }) => path.toLowerCase())).toEqual(['/idempotency-key'])
  })

  const mailsTo = (email: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(email)).length
})
