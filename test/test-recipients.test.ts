import { describe, expect, it } from 'vitest'
import { sandboxOf } from '../server/sandbox.ts'
import { json, newFolder, run } from './support/commands.ts'
import { testEnvironment } from './support/environment.ts'
import {
  backend,
  backendWithHistory,
  emailVerification,
  instant,
  sendAndRead,
  wrongCode,
} from './support/flows.ts'
import { Command } from './support/process.ts'
import { useServer } from './support/server.ts'

describe('a test recipient', () => {
  const server = useServer({ environment: { LIMIT_PER_RECIPIENT: '6/1h' } })

  /** Runs `recipients test …` next to the server, on the same store. */
  async function command(...args: string[]): Promise<Record<string, string>> {
    const environment = { DATABASE_URL: server.store.databaseUrl, OTP_SECRET: testEnvironment.OTP_SECRET }
    const { code, stdout, stderr } = await new Command(
      server.folder,
      ['recipients', 'test', ...args, '--json'],
      environment,
    ).finished()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // The command uses this machine's clock, so the server must use it too.
    server.now = Date.now()
    return JSON.parse(stdout)
  }
  const mailsTo = (email: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(email)).length

  it.each([backend, instant, emailVerification])(
    'gets no email, and its fixed code, cut to the requested digits, verifies every session: $sendId',
    async (flow) => {
      const email = `review-${flow.sendId.toLowerCase()}@acme.example`
      const { code = '', longestCode = '' } = await command('add', '--address', email, '--until', '30d')
      expect(longestCode.slice(0, 6)).toBe(code)
      const api = await flow.authorized(server)
      for (const otpDigits of [6, 4, 10, undefined]) {
        const { data, error } = await flow.send(api, {
          email: email.toUpperCase(),
          ...(otpDigits && { otpDigits }),
        })
        expect(error).toBeUndefined()
        const sessionId = data?.data.sessionId ?? ''
        const right = longestCode.slice(0, otpDigits ?? 6)
        const wrong = await flow.verify(api, { sessionId, email, code: wrongCode(right) })
        expect(wrong.error?.error).toMatchObject({ code: 'INVALID_CODE' })
        expect((await flow.verify(api, { sessionId, email, code: right })).data?.data).toEqual({
          verified: true,
        })
        const again = await flow.verify(api, { sessionId, email, code: right })
        expect(again.error?.error.code).toBe('SESSION_NOT_FOUND')
      }
      expect(mailsTo(email)).toBe(0)
    },
  )

  it('is marked in status, history and log', async () => {
    const email = 'marked@acme.example'
    const { code = '' } = await command('add', '--address', email, '--until', '1d')
    const api = await backend.authorized(server)
    const { data } = await backend.send(api, { email })
    const sessionId = data?.data.sessionId ?? ''
    await backend.verify(api, { sessionId, email, code })
    expect((await backend.status(api, sessionId)).data?.data).toMatchObject({
      testRecipient: true,
      status: 'VERIFIED',
    })
    const { verifications = [] } = (await backendWithHistory.list(api)).data?.data ?? {}
    expect(verifications.find(({ id }) => id === sessionId)).toMatchObject({ testRecipient: true })
    expect(server.log.filter((line) => line.includes('"testRecipient":true')).length).toBeGreaterThan(0)
    expect(server.log.join()).not.toContain(code)
  })

  it('is otherwise live: limits and attempts apply, and other projects still send it emails', async () => {
    const email = 'limited@acme.example'
    const project = ['projects', 'create', 'shop']
    await run(server.folder, project, { DATABASE_URL: server.store.databaseUrl })
    const { code = '' } = await command('add', '--address', email, '--until', '30d', '--project', 'shop')
    const api = await backend.authorized(server, 'shop')
    const first = (await backend.send(api, { email })).data?.data.sessionId ?? ''
    for (let n = 0; n < 5; n++) await backend.verify(api, { sessionId: first, email, code: wrongCode(code) })
    const used = await backend.verify(api, { sessionId: first, email, code })
    expect(used.error?.error).toMatchObject({ code: 'RATE_LIMITED', reason: 'ATTEMPTS_USED_UP' })
    for (let n = 1; n < 6; n++) expect((await backend.send(api, { email })).error).toBeUndefined()
    expect((await backend.send(api, { email })).error?.error.code).toBe('RATE_LIMITED')
    expect(mailsTo(email)).toBe(0)
    const other = await backend.authorized(server)
    const mailed = await sendAndRead(server, backend, other, { email })
    expect(mailsTo(email)).toBe(1)
    expect((await backend.verify(other, { ...mailed, code: wrongCode(mailed.code) })).error).toBeDefined()
    const sandbox = server.client(await server.key({ projectId: sandboxOf('shop') }))
    const sent = (await backend.send(sandbox, { email })).data?.data.sessionId ?? ''
    expect((await backend.verify(sandbox, { sessionId: sent, email, code })).error).toBeDefined()
  })

  it('gets emails again after it expires or is removed, and its fixed code stops working', async () => {
    const email = 'over@acme.example'
    const { id = '', code = '' } = await command('add', '--address', email, '--until', '1h')
    const api = await backend.authorized(server)
    await backend.send(api, { email })
    expect(mailsTo(email)).toBe(0)
    server.now += 3_600_000
    const mailed = await sendAndRead(server, backend, api, { email })
    expect(mailsTo(email)).toBe(1)
    if (mailed.code !== code) expect((await backend.verify(api, { ...mailed, code })).error).toBeDefined()
    const list = (await command('list'))['testRecipients'] as unknown as { id: string; address: string }[]
    expect(list.find((each) => each.id === id)).toMatchObject({ address: email, projectId: 'default' })
    await command('remove', id)
    expect(JSON.stringify(await command('list'))).not.toContain(email)
  })

  it('is erased with the person', async () => {
    const email = 'erased@acme.example'
    await command('add', '--address', email, '--until', '30d')
    const api = await backend.authorized(server)
    await api.POST('/api/v1/recipients/erase', { body: { email } })
    expect(JSON.stringify(await command('list'))).not.toContain(email)
    await backend.send(api, { email })
    expect(mailsTo(email)).toBe(1)
  })

  it('has its code stored only as keyed hashes, and a new code replaces the old one', async () => {
    const folder = newFolder()
    const environment = { OTP_SECRET: testEnvironment.OTP_SECRET }
    const add = (until = '30d') =>
      run(
        folder,
        ['recipients', 'test', 'add', '--address', 'a@acme.example', '--until', until, '--json'],
        environment,
      )
    const [first, second] = [JSON.parse((await add()).stdout), JSON.parse((await add('90d')).stdout)]
    expect(first.longestCode).not.toBe(second.longestCode)
    const { testRecipients } = (await json(folder, ['recipients', 'test', 'list'])) as unknown as {
      testRecipients: object[]
    }
    expect(testRecipients).toHaveLength(1)
    expect(JSON.stringify(testRecipients)).not.toMatch(/ash|ode/)
    const { code, stderr } = await add('91d')
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('must be 90d or less'),
    })
  })
})
