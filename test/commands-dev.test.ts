import { writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clientOf, json, listed, newFolder } from './support/commands.ts'
import { Command } from './support/process.ts'

describe('dev', () => {
  it('needs no configuration, catches every email, and keeps its credentials after a restart', async () => {
    const folder = newFolder()
    const start = async () => {
      const server = new Command(folder, ['dev'], { PORT: '0', LIMIT_PER_RECIPENT: '1/1m' })
      const url = await server.printed(/running at (\S+)/)
      const key = await server.printed(/Server key +(\S+)/)
      const token = await server.printed(/Public token +(\S+)/)
      const secret = await server.printed(/Analytics secret +(\S+)/)
      const sandboxKey = await server.printed(/(risu_key_test_\S+)/)
      return { server, url, key, token, secret, sandboxKey }
    }
    const first = await start()
    const sent = await clientOf(first.url, first.key).POST('/api/v1/instant-otp/send', {
      body: { email: 'user@example.com', subject: '<b>Code</b>' },
    })
    expect(sent.response.status).toBe(200)
    const { mails } = (await (await fetch(`${first.url}/_dev/inbox.json`)).json()) as {
      mails: Record<string, unknown>[]
    }
    expect(mails).toMatchObject([
      { to: ['user@example.com'], subject: '<b>Code</b>', code: expect.stringMatching(/^\d{6}$/) },
    ])
    const api = clientOf(first.url, first.sandboxKey)
    const test = { email: 'test@example.com' }
    const sandboxed = await api.POST('/api/v1/backend-otp/send', { body: test })
    const sessionId = sandboxed.data?.data.sessionId ?? ''
    const verified = await api.POST('/api/v1/backend-otp/verify', {
      body: { ...test, sessionId, code: '424242' },
    })
    expect(verified.data).toEqual({ success: true, data: { verified: true } })
    const inbox = await (await fetch(`${first.url}/_dev/inbox.json`)).text()
    expect(inbox).not.toContain('test@example.com')
    await first.server.printed(/(LIMIT_PER_RECIPENT) is not a variable of this server/)
    const page = await (await fetch(`${first.url}/_dev/inbox`)).text()
    expect(page).toContain(String(mails[0]?.['code']))
    expect(page).toContain('&lt;b&gt;Code&lt;/b&gt;')
    first.server.signal('SIGINT')
    expect((await first.server.finished()).code).toBe(0)

    const second = await start()
    expect([second.key, second.token, second.secret]).toEqual([first.key, first.token, first.secret])
    const body = {
      sessionId: sent.data?.data.sessionId ?? '',
      email: 'user@example.com',
      code: String(mails[0]?.['code']),
    }
    const again = clientOf(second.url, second.token, second.secret)
    expect((await again.POST('/api/v1/instant-otp/verify', { body })).response.status).toBe(200)
    expect((await again.GET('/api/v1/instant-otp/verifications')).data?.data.verifications).toHaveLength(1)
    expect(
      (await clientOf(second.url, second.key).GET('/api/v1/backend-otp/verifications')).response.status,
    ).toBe(200)
    expect(second.server.stdout).not.toContain('departs from the contract')
    second.server.signal('SIGTERM')
    expect((await second.server.finished()).code).toBe(0)
  })

  it('replaces revoked credentials, and a damaged file of secrets', async () => {
    const folder = newFolder()
    const keyOf = async () => {
      const server = new Command(folder, ['dev'], { PORT: '0' })
      const key = await server.printed(/Server key +(\S+)/)
      server.signal('SIGTERM')
      expect((await server.finished()).code).toBe(0)
      return key
    }
    const first = await keyOf()
    const [{ id } = { id: '' }] = await listed(folder, 'keys')
    await json(folder, ['keys', 'revoke', String(id)])
    const second = await keyOf()
    expect(second).not.toBe(first)
    expect(await keyOf()).toBe(second)
    writeFileSync(join(folder, 'data', 'dev-secrets.json'), '{"key": "risu_')
    expect(await keyOf()).not.toBe(second)
  })

  it('shows its inbox to this machine only, and refuses other host names', async () => {
    const server = new Command(newFolder(), ['dev'], { PORT: '0' })
    const url = new URL(await server.printed(/running at (\S+)/))
    const status = await new Promise((resolve, reject) => {
      get(`${url.origin}/_dev/inbox.json`, { headers: { Host: `evil.example:${url.port}` } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(status).toBe(404)
    server.signal('SIGTERM')
    await server.finished()
  })
})
