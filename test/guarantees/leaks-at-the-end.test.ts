import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { mintSecret } from '../../server/credentials/format.ts'
import { otpSecret, recipient, singing, smtpLogin, smtpUrlWithLogin } from '../support/canaries.ts'
import { json, newFolder, run } from '../support/commands.ts'
import { crashOnSignal } from '../support/crash.ts'
import { Command } from '../support/process.ts'
import { askRaw } from '../support/raw-http.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

const canaries = { OTP_SECRET: otpSecret, 'SMTP password': smtpLogin.password, 'SMTP user': smtpLogin.user }
const environment = {
  PORT: '0',
  LOG_LEVEL: 'trace',
  OTP_SECRET: otpSecret,
  SMTP_URL: smtpUrlWithLogin('127.0.0.1:1'),
}

describe('a server that cannot continue', () => {
  it.each(['SIGUSR2', 'SIGHUP'] as const)(
    'exits with 1 on an uncaught error, and prints only the safe parts of it (%s)',
    async (signal) => {
      const code = '0123456789'
      const key = mintSecret('server_key')
      const reply = `535 5.7.8 ${smtpLogin.user} ${smtpLogin.password} ${btoa(smtpLogin.password)}`
      const server = new Command(newFolder(), ['serve'], {
        ...environment,
        NODE_OPTIONS: crashOnSignal,
        CRASH_WITH: `it broke: ${reply} ${smtpUrlWithLogin('x')} <${recipient}> code${code}\n    at ${recipient} ${key}`,
        CRASH_REPLY: reply,
      })
      await server.printed(/listening/)
      server.signal(signal)
      const { code: exitCode, stdout, stderr } = await server.finished()
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/^Error: it broke: 535 5\.7\.8 .*\n +at \[address\] \[credential\]\n +at make/)
      expect(singing({ ...canaries, code, recipient, key }, stdout + stderr)).toEqual([])
      expect(stdout + stderr).not.toMatch(/canary|risu_/i)
    },
  )

  it('names the variables that are not valid, but not their values', async () => {
    const wrong = {
      OTP_SECRET: 'Canary',
      SMTP_URL: `http://${smtpLogin.user}:${encodeURIComponent(smtpLogin.password)}@x`,
      DKIM_PRIVATE_KEY: `-----BEGIN PRIVATE KEY-----\n${otpSecret}`,
      PORT: 'x',
    }
    const every = [
      ...Object.entries(wrong).map(([name, value]) => ({ [name]: value })),
      { SMTP_URL: `smtp://${smtpLogin.user}:${smtpLogin.password}@` },
      { DATABASE_URL: 'sqlite:/dev/null/x' },
      wrong,
    ]
    const finished = await Promise.all(
      every.map((variables) => run(newFolder(), ['serve'], { ...environment, ...variables })),
    )
    for (const [place, { code, stdout, stderr }] of finished.entries()) {
      expect(code).toBe(1)
      for (const name of Object.keys(every[place] ?? {})) expect(stderr).toContain(`${name} `)
      expect(singing(canaries, stdout + stderr)).toEqual([])
      expect(stdout + stderr).not.toMatch(/canary/i)
    }
  })

  it('reveals no secret when its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const { code, stdout, stderr } = await run(newFolder(), ['serve'], { ...environment, PORT: String(port) })
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain('EADDRINUSE')
    expect(singing(canaries, stdout + stderr)).toEqual([])
  })
})

describe('a server whose mail server cannot be trusted', () => {
  it('reports the problem without revealing the login', async () => {
    const sink = new SmtpSink({ disabledCommands: [], authOptional: false })
    const folder = newFolder()
    const SMTP_URL = smtpUrlWithLogin(new URL(await sink.start()).host)
    const server = new Command(folder, ['serve'], { ...environment, SMTP_URL })
    const url = await server.printed(/"url":"(http:[^"]+)","msg":"listening"/)
    const { key = '' } = await json(folder, ['keys', 'create', '--name', 'shop'])
    const { status, text } = await askRaw(`${url}/api/v1/backend-otp/send`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: recipient }),
    })
    server.signal('SIGTERM')
    const { stdout, stderr } = await server.finished()
    await sink.stop()
    expect(status).toBe(502)
    expect(stdout).toContain('certificate')
    expect(singing({ ...canaries, key, recipient }, stdout + stderr + text)).toEqual([])
  })
})
