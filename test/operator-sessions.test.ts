import { describe, expect, it } from 'vitest'
import { run } from './support/commands.ts'
import { backend } from './support/flows.ts'
import { useServer } from './support/server.ts'

const server = useServer()
// The commands use the real clock.
server.now = Date.now()

/** Runs a command as the operator of this server. */
async function command(...args: string[]) {
  const { code, stdout, stderr } = await run(server.folder, args, { DATABASE_URL: server.store.databaseUrl })
  return { code, stdout, stderr }
}

const asJson = async (...args: string[]) =>
  JSON.parse((await command(...args, '--json')).stdout) as Record<string, unknown>

describe('sessions', () => {
  it('find shows status and delivery of every session of a mailbox, for any spelling of its address', async () => {
    const api = server.client(await server.key())
    server.sink.atRecipient = 550
    await backend.send(api, { email: 'Person+tag@Example.com' })
    server.sink.atRecipient = 'accept'
    server.now += 1000
    const sent = await backend.send(api, { email: 'person@example.com' })
    const { sessions } = (await asJson('sessions', 'find', '--email', 'PERSON@example.com')) as {
      sessions: Record<string, unknown>[]
    }
    expect(sessions).toMatchObject([
      {
        sessionId: sent.data?.data.sessionId,
        status: 'PENDING',
        email: 'person@example.com',
        delivery: {
          phase: 'accepted',
          route: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
          messageId: expect.stringMatching(/@acme\.example$/),
        },
      },
      {
        status: 'FAILED',
        email: 'person+tag@example.com',
        delivery: { phase: 'recipient', problem: 'recipient-refused', smtpCode: 550 },
      },
    ])
    const { stdout } = await command('sessions', 'find', '--email', 'person@example.com')
    expect(stdout).toMatch(/PENDING +accepted\n.*FAILED +recipient-refused\n$/)
  })

  it('show prints the events, the problem and the remedy, and the Message-ID of the email', async () => {
    const api = server.client(await server.key())
    const { data } = await backend.send(api, { email: 'shown@example.com' })
    const id = data?.data.sessionId ?? ''
    await backend.verify(api, { sessionId: id, email: 'shown@example.com', code: '000000' })
    const { delivery, events } = await asJson('sessions', 'show', id)
    const { messageId } = delivery as { messageId: string }
    expect(server.sink.mailTo('shown@example.com').parsed.messageId).toBe(`<${messageId}>`)
    expect(events).toMatchObject([{ type: 'SENT' }, { type: 'WRONG_CODE' }])
    const line = server.log.map((text) => JSON.parse(text)).find((logged) => logged.sessionId === id)
    expect(line).toMatchObject({ flow: 'backend', project: 'default', delivery: { messageId } })

    server.sink.atData = 554
    const failed = await backend.send(api, { email: 'refused@example.com' })
    server.sink.atData = 'accept'
    expect(failed.error?.error).toMatchObject({ reason: 'RELAY_MISCONFIGURED' })
    const lines = server.log.map((text) => JSON.parse(text))
    const { sessionId } = lines.find((logged) => logged.status === 502 && logged.delivery?.smtpCode === 554)
    const { stdout } = await command('sessions', 'show', sessionId)
    expect(stdout).toMatch(/^problem +message-refused$/m)
    expect(stdout).toMatch(/^smtp code +554$/m)
    expect(stdout).toContain('The mail server refused the content or the signature.')
  })

  it('show and find say so if there is no session', async () => {
    expect(await command('sessions', 'show', 'otp_backend_nothing')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: there is no session otp_backend_nothing, or it was deleted\n/),
    })
    expect((await command('sessions', 'find', '--email', 'nobody@example.com')).stdout).toBe(
      'This mailbox has no sessions, or they were deleted.\n',
    )
    expect((await command('sessions', 'find', '--email', 'no address')).code).toBe(1)
  })
})

describe('error.reason of a failed delivery', () => {
  it.each([
    [550, 'atRecipient', 'RECIPIENT_REFUSED'],
    [451, 'atRecipient', 'RELAY_UNAVAILABLE'],
    [530, 'atRecipient', 'RELAY_MISCONFIGURED'],
    [552, 'atData', 'RELAY_MISCONFIGURED'],
  ] as const)('%i (%s) is %s for a server key, and absent for a public token', async (code, step, reason) => {
    const { token } = await server.token()
    server.sink[step] = code
    const send = (credential: string) =>
      server.raw('sendInstantOtp', {
        headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: `${code}@example.com` }),
      })
    const [own, anybodys] = [await send(await server.key()), await send(token)]
    server.sink[step] = 'accept'
    expect(own.body.error).toMatchObject({ code: 'SMTP_DELIVERY_FAILED', reason })
    expect(anybodys.body.error).toMatchObject({ code: 'SMTP_DELIVERY_FAILED' })
    expect(anybodys.body.error).not.toHaveProperty('reason')
  })
})

describe('the log of a refused credential', () => {
  const logged = async (
    credential: string | undefined,
    id: 'listBackendOtpVerifications' | 'sendInstantOtp',
  ) => {
    const headers = { 'Content-Type': 'application/json' }
    await server.raw(id, {
      headers: credential === undefined ? headers : { ...headers, Authorization: `Bearer ${credential}` },
      ...(id === 'sendInstantOtp' && { body: '{"email":"a@x.co"}' }),
    })
    return JSON.parse(server.log.at(-1) ?? '') as Record<string, unknown>
  }

  it('names the credential and the reason, and never contains the secret', async () => {
    const key = await server.key({ expiresInMs: 1000 })
    const revoked = await server.key({ name: 'revoked' })
    const all = await server.app.credentials.list('server_key')
    const credential = all.find(({ name }) => name === 'revoked')
    await server.app.credentials.revoke('server_key', credential?.id ?? '', server.now)
    const { token, id } = await server.token({ allowedAddresses: ['203.0.113.1'] })
    server.now += 2000
    const outcomes = [
      await logged(undefined, 'listBackendOtpVerifications'),
      await logged('nonsense', 'listBackendOtpVerifications'),
      await logged(key, 'listBackendOtpVerifications'),
      await logged(revoked, 'listBackendOtpVerifications'),
      await logged(token, 'listBackendOtpVerifications'),
      await logged(token, 'sendInstantOtp'),
    ]
    expect(outcomes.map(({ status, refused }) => [status, refused])).toEqual([
      [401, 'missing'],
      [401, 'malformed'],
      [401, 'expired'],
      [401, 'revoked'],
      [403, 'wrong-kind'],
      [403, 'address'],
    ])
    expect(outcomes.map(({ credentialId }) => credentialId).slice(3)).toEqual([credential?.id, id, id])
    expect(JSON.stringify(outcomes)).not.toMatch(/risu_/)
  })
})
