import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createClient from 'openapi-fetch'
import { afterAll, describe, expect, it } from 'vitest'
import type { paths } from '../server/generated/contract.ts'
import { Command } from './support/process.ts'
import { SmtpSink } from './support/smtp-sink.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-commands-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const run = (folder: string, args: string[], environment: Record<string, string> = {}) =>
  new Command(folder, args, environment).finished()
const json = async (folder: string, args: string[]) => {
  const { code, stdout, stderr } = await run(folder, [...args, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, string>
}

const listed = async (folder: string, what: string) =>
  (await json(folder, [what, 'list']))[what] as unknown as Record<string, unknown>[]

const clientOf = (url: string, credential: string, secret = '') =>
  createClient<paths>({
    baseUrl: url,
    headers: { Authorization: `Bearer ${credential}`, 'X-Otp-Secret': secret },
  })

describe('keys and tokens', () => {
  const folder = newFolder()

  it('create prints one object with the secret, and the store keeps only its hash', async () => {
    const key = await json(folder, ['keys', 'create', '--name', 'shop'])
    expect(Object.keys(key)).toEqual(['id', 'key'])
    expect(key['key']).toMatch(/^risu_key_[0-9A-Za-z]{36,}$/)
    const token = await json(folder, [
      'tokens',
      'create',
      '--name',
      'web',
      '--allow-ip',
      '10.0.0.0/8',
      '--allow-ip',
      '::1',
    ])
    expect(Object.keys(token)).toEqual(['id', 'token', 'secret'])
    expect(token['token']).toMatch(/^risu_otp_[0-9A-Za-z]{36,}$/)
    expect(token['secret']).toMatch(/^risu_otp_sec_[0-9A-Za-z]{36,}$/)
    const stored = readFileSync(join(folder, 'data', 'risumail-otp.db')).toString('latin1')
    for (const secret of [key['key'], token['token'], token['secret']]) expect(stored).not.toContain(secret)
  })

  it('list shows what was issued with its grants, and no secret', async () => {
    const [key] = await listed(folder, 'keys')
    expect(key).toMatchObject({
      name: 'shop',
      projectId: 'default',
      scopes: ['server_otp'],
      expiresAt: null,
      revokedAt: null,
    })
    const [token] = await listed(folder, 'tokens')
    expect(token).toMatchObject({ name: 'web', allowedAddresses: ['10.0.0.0/8', '::1'], allowedOrigins: [] })
    expect(JSON.stringify([key, token])).not.toMatch(/risu_|ash/)
    const { stdout } = await run(folder, ['keys', 'list'])
    expect(stdout).toMatch(
      /^ID +NAME +PROJECT +SCOPES +CREATED +STATUS\nkey_\w+ +shop +default +server_otp +\S+ +active\n$/,
    )
  })

  it('create takes scopes, a project, a lifetime and senders', async () => {
    await json(folder, [
      ...[
        'keys',
        'create',
        '--name',
        'other',
        '--scope',
        'mail_api',
        '--scope',
        'server_otp',
        '--project',
        'p2',
      ],
      ...['--expires-in', '90d', '--allow-from', 'Shop@Acme.example'],
    ])
    const key = (await listed(folder, 'keys')).at(-1)
    expect(key).toMatchObject({
      scopes: ['mail_api', 'server_otp'],
      projectId: 'p2',
      allowedSenders: ['Shop@acme.example'],
    })
    const lifetime = Date.parse(String(key?.['expiresAt'])) - Date.parse(String(key?.['createdAt']))
    expect(lifetime).toBe(90 * 24 * 3600 * 1000)
  })

  it('revoke ends a credential once, and fails for one that is not there', async () => {
    const { id = '' } = await json(folder, ['keys', 'create', '--name', 'gone'])
    expect(await run(folder, ['tokens', 'revoke', id])).toMatchObject({ code: 1 })
    expect(await json(folder, ['keys', 'revoke', id])).toEqual({ id, revoked: true })
    const again = await run(folder, ['keys', 'revoke', id])
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain(id)
  })

  it.each([
    [['keys', 'create'], '--name'],
    [['keys', 'create', '--name', ''], '--name'],
    [['keys', 'create', '--name', 'x', '--scope', 'everything'], 'server_otp, mail_api'],
    [['keys', 'create', '--name', 'x', '--expires-in', 'soon'], '90d'],
    [['keys', 'create', '--name', 'x', '--project', '../x'], 'project'],
    [['tokens', 'create', '--name', 'x', '--allow-ip', '10.0.0.0/33'], 'CIDR'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'https://a.example/'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'https://*.a.example'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-ip', ''], 'CIDR'],
    [['keys', 'create', '--name', 'x', '--expires-in', '999999999d'], '3650d'],
    [['tokens', 'create', '--name', 'x', '--allow-from', 'a@x.co, b@y.co'], 'address'],
    [['tokens', 'revoke'], 'id'],
    [['nothing'], 'unknown command'],
  ])('refuses %j with exit code 1 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await run(folder, args)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })

  it('--help explains every command', async () => {
    for (const args of [[], ['keys'], ['keys', 'create'], ['tokens', 'create']]) {
      const { code, stdout } = await run(folder, [...args, '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('Usage: risumail-otp')
    }
  })
})

describe('migrate', () => {
  it('brings a new store up to date, and says what it did', async () => {
    const folder = newFolder()
    expect(await json(folder, ['migrate'])).toEqual({
      migrated: [
        '0001-sessions-and-credentials',
        '0002-hosted-page',
        '0003-page-tries',
        '0004-counted-recipient',
      ],
    })
    expect(await json(folder, ['migrate'])).toEqual({ migrated: [] })
  })

  it('reads DATABASE_URL from a .env file, and the environment wins over it', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=sqlite:from-file.db\n')
    expect((await run(folder, ['migrate'])).code).toBe(0)
    expect(statSync(join(folder, 'from-file.db')).size).toBeGreaterThan(0)
    expect((await run(folder, ['migrate'], { DATABASE_URL: 'sqlite:from-environment.db' })).code).toBe(0)
    expect(statSync(join(folder, 'from-environment.db')).size).toBeGreaterThan(0)
  })
})

describe('serve', () => {
  const secret = 's'.repeat(32)

  it('exits 1 and names the variable when the configuration is wrong', async () => {
    const { code, stderr, stdout } = await run(newFolder(), ['serve'], { PORT: 'x' })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^The configuration is wrong:\n {2}PORT must be a port, 0 to 65535\n {2}OTP_SECRET is required/,
    )
  })

  it('exits 1 and says so when the port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await run(newFolder(), ['serve'], { PORT: String(port), OTP_SECRET: secret })
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain(`PORT ${port} on HOST 127.0.0.1 cannot be used (EADDRINUSE)`)
  })

  it('runs on a new store, takes a key from the command line, and on SIGTERM finishes what runs and exits 0', async () => {
    const folder = newFolder()
    const sink = new SmtpSink()
    const environment = { PORT: '0', OTP_SECRET: secret, SMTP_URL: await sink.start(), SMTP_TIMEOUT: '2s' }
    const server = new Command(folder, ['serve'], environment)
    const url = await server.printed(/"url":"(http:[^"]+)","msg":"listening"/)
    const { key = '' } = await json(folder, ['keys', 'create', '--name', 'shop'])
    const api = clientOf(url, key)
    expect((await api.POST('/api/v1/backend-otp/send', { body: { email: 'a@x.co' } })).response.status).toBe(
      200,
    )

    let release = () => {}
    const isUnderWay = new Promise<void>((resolve) => {
      sink.whenReceived = () =>
        new Promise((go) => {
          release = go
          resolve()
        })
    })
    const running = api.POST('/api/v1/backend-otp/send', { body: { email: 'b@x.co' } })
    await isUnderWay
    server.signal('SIGTERM')
    await server.printed(/"msg":"stopping"/)
    release()
    expect((await running).response.status).toBe(200)
    const { code, stdout } = await server.finished()
    expect(code).toBe(0)
    expect(stdout).toContain('"msg":"stopped"')
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
    await sink.stop()
  })
})

describe('dev', () => {
  it('needs no configuration, catches the mail, and comes back with the same credentials', async () => {
    const folder = newFolder()
    const start = async () => {
      const server = new Command(folder, ['dev'], { PORT: '0' })
      const url = await server.printed(/running at (\S+)/)
      const key = await server.printed(/Server key +(\S+)/)
      const token = await server.printed(/Public token +(\S+)/)
      const secret = await server.printed(/Analytics secret +(\S+)/)
      return { server, url, key, token, secret }
    }
    const first = await start()
    const api = clientOf(first.url, first.token, first.secret)
    const sent = await api.POST('/api/v1/instant-otp/send', {
      body: { email: 'user@example.com', subject: '<b>Code</b>' },
    })
    expect(sent.response.status).toBe(200)
    const { mails } = (await (await fetch(`${first.url}/_dev/inbox.json`)).json()) as {
      mails: Record<string, unknown>[]
    }
    expect(mails).toMatchObject([
      { to: ['user@example.com'], subject: '<b>Code</b>', code: expect.stringMatching(/^\d{6}$/) },
    ])
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

  it('replaces credentials that were revoked, and secrets that were damaged', async () => {
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

  it('shows its inbox to this machine only, under no other name', async () => {
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
