import { chmodSync, renameSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clientOf, json, newFolder, run } from './support/commands.ts'
import { Command } from './support/process.ts'
import { SmtpSink } from './support/smtp-sink.ts'

describe('serve', () => {
  const secret = 's'.repeat(32)

  it('exits 1 and names the variable when the configuration is wrong', async () => {
    const { code, stderr, stdout } = await run(newFolder(), ['serve'], { PORT: 'x' })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^The configuration is not valid:\n {2}PORT must be a port from 0 to 65535\n {2}OTP_SECRET is required/,
    )
  })

  it('exits 1 and names the port when it is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await run(newFolder(), ['serve'], { PORT: String(port), OTP_SECRET: secret })
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain(`PORT ${port} on HOST 127.0.0.1 cannot be used (EADDRINUSE)`)
  })

  it('warns about a misspelled variable, and about a store that other users can read', async () => {
    const folder = newFolder()
    await json(folder, ['migrate'])
    chmodSync(join(folder, 'data', 'risumail-otp.db'), 0o644)
    const server = new Command(folder, ['serve'], {
      PORT: '0',
      OTP_SECRET: secret,
      LIMIT_PER_RECIPENT: '1/1m',
    })
    await server.printed(/"msg":"listening"/)
    server.signal('SIGTERM')
    const { stdout } = await server.finished()
    const warnings = stdout.split('\n').filter((line) => line.includes('"level":"warn"'))
    expect(warnings.join('\n')).toContain(
      'LIMIT_PER_RECIPENT is not a variable of this server and is ignored. Did you mean LIMIT_PER_RECIPIENT?',
    )
    expect(warnings.join('\n')).toMatch(/data\/risumail-otp\.db can be read by other users of this machine/)
  })

  it.each([
    ['no variable is set', {}, 1],
    ['MAIL_BRAND_NAME is set', { MAIL_BRAND_NAME: 'Acme' }, 0],
    ['MAIL_FROM is set', { MAIL_FROM: 'Acme <login@acme.example>' }, 0],
  ])('warns only if no variable names the sender, and only once: %s', async (_case, settings, count) => {
    const server = new Command(newFolder(), ['serve'], { PORT: '0', OTP_SECRET: secret, ...settings })
    await server.printed(/"msg":"listening"/)
    server.signal('SIGTERM')
    const { stdout } = await server.finished()
    expect(stdout.split('MAIL_BRAND_NAME is not set').length - 1).toBe(count)
  })

  it('tries every mail server at the start, and warns about one that does not work, with the remedy', async () => {
    const sink = new SmtpSink()
    const server = new Command(newFolder(), ['serve'], {
      PORT: '0',
      OTP_SECRET: secret,
      SMTP_URL: `${await sink.start()}, smtp://127.0.0.1:1`,
    })
    const line = await server.printed(/^.*a mail server does not work.*$/m)
    expect(JSON.parse(line)).toMatchObject({
      level: 'warn',
      delivery: { route: '127.0.0.1:1', problem: 'unreachable', errorCode: 'ECONNREFUSED' },
      remedy: expect.stringContaining('SMTP_URL'),
    })
    server.signal('SIGTERM')
    const { stdout } = await server.finished()
    const listening = stdout.split('\n').find((text) => text.includes('"msg":"listening"')) ?? '{}'
    expect(JSON.parse(listening)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      node: process.versions.node,
      store: 'sqlite',
      migrated: expect.arrayContaining(['0010-operations']),
    })
    expect(stdout).not.toContain(new URL(sink.url).host)
    await sink.stop()
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'runs on a new store, accepts a key from the command line, and on %s finishes open requests and exits 0',
    async (signal) => {
      const folder = newFolder()
      const sink = new SmtpSink()
      const environment = { PORT: '0', OTP_SECRET: secret, SMTP_URL: await sink.start(), SMTP_TIMEOUT: '2s' }
      const server = new Command(folder, ['serve'], environment)
      const url = await server.printed(/"url":"(http:[^"]+)","msg":"listening"/)
      const { key = '' } = await json(folder, ['keys', 'create', '--name', 'shop'])
      const api = clientOf(url, key)
      expect(
        (await api.POST('/api/v1/backend-otp/send', { body: { email: 'a@x.co' } })).response.status,
      ).toBe(200)

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
      server.signal(signal)
      await server.printed(/"msg":"stopping"/)
      release()
      expect((await running).response.status).toBe(200)
      const { code, stdout } = await server.finished()
      expect(code).toBe(0)
      expect(stdout).toContain('"msg":"stopped"')
      await expect(fetch(`${url}/livez`)).rejects.toThrow()
      await sink.stop()
    },
  )
})

describe('health', () => {
  it('exits 0 for a ready server, and 1 if its store accepts no writes or the server cannot be reached', async () => {
    const folder = newFolder()
    const store = join(folder, 'otp.db')
    const environment = { PORT: '0', OTP_SECRET: 's'.repeat(32), DATABASE_URL: `sqlite:${store}` }
    const server = new Command(folder, ['serve'], environment)
    const url = await server.printed(/"url":"(http:[^"]+)","msg":"listening"/)
    const { port } = new URL(url)
    const healthy = await run(folder, ['health', '--json'], { PORT: port, HOST: '0.0.0.0' })
    expect(healthy).toEqual({ code: 0, stdout: `{"url":"${url}","ready":true}\n`, stderr: '' })
    renameSync(store, `${store}.away`)
    await expect
      .poll(() => run(folder, ['health', '--url', `${url}/`]))
      .toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/is not ready: its store does not accept writes\.\n$/),
      })
    server.signal('SIGTERM')
    await server.finished()
    const { code, stdout } = await run(folder, ['health'], { PORT: port })
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${url} is not ready: it cannot be reached (ECONNREFUSED).\n`,
    })
  })
})
