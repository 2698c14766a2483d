import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { deliveryProblems } from '../../server/mail/problems.ts'
import { json, newFolder, run } from '../support/commands.ts'
import { freePort } from '../support/nginx.ts'
import { findPostgres, PostgresCluster } from '../support/postgres-cluster.ts'
import { Command } from '../support/process.ts'
import { SmtpSink } from '../support/smtp-sink.ts'

const chapter = ['deployment', 'administration', 'monitoring', 'upgrading', 'backup']
  .map((name) => readFileSync(new URL(`../../openapi/docs/${name}.md`, import.meta.url), 'utf8'))
  .join('\n')
const blocks = [...chapter.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text)

/** The commands that do not run here, with the place that runs them or the reason. */
const elsewhere: [RegExp, string][] = [
  [/^npx risumail-otp dev$/, 'test/tools/install.ts runs it from the package'],
  [/^npm install --global risumail-otp$/, 'test/tools/install.ts installs the package'],
  [/^install -m /, 'takes root; test/deploy/files.test.ts has systemd look at the unit'],
  [/^systemctl /, 'there is no systemd where tests run'],
  [/^docker /, 'there is no engine where tests run; test/tools/container.ts does what the Dockerfile says'],
  [/^pg_(?:dump|restore) /, 'the test below, with a PostgreSQL'],
]
const isElsewhere = (line: string) => elsewhere.some(([pattern]) => pattern.test(line))

/** Returns the commands of a block. A command with its here-document counts as one. */
function commandsOf(block: string): string[] {
  const commands: string[] = []
  let end: string | undefined
  for (const line of block.trimEnd().split('\n')) {
    if (end !== undefined) {
      commands.push(`${commands.pop()}\n${line}`)
      if (line === end) end = undefined
    } else {
      commands.push(line)
      end = /<<(\w+)$/.exec(line)?.[1]
    }
  }
  return commands
}

describe('the chapters for operators', () => {
  const folder = newFolder()
  const sink = new SmtpSink()
  let environment: Record<string, string> = {}
  let server: Command
  const names = new Map<string, string>()

  beforeAll(async () => {
    const shims = join(folder, 'bin')
    mkdirSync(shims)
    writeFileSync(
      join(shims, 'risumail-otp'),
      `#!/bin/sh\nexec "${process.execPath}" "${inject('program')}" "$@"\n`,
    )
    chmodSync(join(shims, 'risumail-otp'), 0o755)
    const [port, metricsPort] = [await freePort(), await freePort()]
    environment = {
      PATH: `${shims}:${dirname(process.execPath)}:${process.env['PATH']}`,
      DATABASE_URL: `sqlite:${join(folder, 'data/risumail-otp.db')}`,
      OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
      SMTP_URL: await sink.start(),
      MAIL_FROM: 'Acme <login@acme.example>',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
    }
    server = new Command(folder, ['serve'], environment)
    await server.printed(/"msg":"listening"/)
    const { id: key = '', key: secret = '' } = await json(folder, ['keys', 'create', '--name', 'docs'])
    const { id: token = '' } = await json(folder, ['tokens', 'create', '--name', 'docs'])
    const sent = await fetch(`http://127.0.0.1:${port}/api/v1/backend-otp/send`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'person@example.com' }),
    })
    const { data } = (await sent.json()) as { data: { sessionId: string } }
    for (const [printed, real] of [
      ['key_01KPJRXTK0V3M8Z5R7W2H4J6PA', key],
      ['tok_01KPJRXTK0V3M8Z5R7W2H4J6PA', token],
      ['otp_backend_01KPJRXTK0Q4T7V9X2B5N6C1DE', data.sessionId],
      ['127.0.0.1:9464', `127.0.0.1:${metricsPort}`],
      ['/var/backups', folder],
      ['>.env', `>${join(folder, 'docs.env')}`],
      ['chmod 600 .env', `chmod 600 ${join(folder, 'docs.env')}`],
    ] as const)
      names.set(printed, real)
  })
  afterAll(async () => {
    server.signal('SIGKILL')
    await server.finished()
    await sink.stop()
  })

  it('have commands that all work as printed, one after the other', async () => {
    const ran: string[] = []
    for (const command of blocks.flatMap(commandsOf)) {
      if (isElsewhere(command)) continue
      if (/^risumail-otp restore/.test(command)) {
        server.signal('SIGTERM')
        await server.finished()
      }
      const real = [...names].reduce((text, [printed, name]) => text.replaceAll(printed, name), command)
      const { failure, stderr } = await promisify(execFile)('sh', ['-ec', real], {
        cwd: folder,
        env: environment,
      }).then(
        () => ({ failure: undefined, stderr: '' }),
        (error: { code: number; stderr: string }) => ({ failure: error.code, stderr: error.stderr }),
      )
      // `doctor` finds a problem here, because PUBLIC_URL has no TLS. It only matters that it runs.
      if (!(command === 'risumail-otp doctor' && failure === 1))
        expect({ command, failure, stderr }).toEqual({ command, failure: undefined, stderr: '' })
      ran.push(command)
    }
    expect(ran.length).toBeGreaterThan(20)
    expect(readFileSync(join(folder, 'docs.env'), 'utf8')).toMatch(/^OTP_SECRET=[0-9a-f]{64}$/m)
  })

  it('have no command that this test skips without a reason', () => {
    const left = blocks.flatMap(commandsOf).filter(isElsewhere)
    for (const [pattern, where] of elsewhere)
      expect(
        left.some((line) => pattern.test(line)),
        where,
      ).toBe(true)
  })

  it('have a setting for several mail servers that the server accepts', async () => {
    const line = /^export SMTP_URL='(.*)'$/m.exec(chapter)?.[1] ?? ''
    const { code } = await run(folder, ['mail', 'test', '--to', 'a@x.co'], {
      ...environment,
      SMTP_URL: line,
      SMTP_TIMEOUT: '100ms',
    })
    expect(code).toBe(1) // nothing listens there, but the setting is read
  })

  it('list every delivery problem in a table', () => {
    expect(chapter).toContain('<!-- table: delivery problems -->')
    for (const { remedy } of Object.values(deliveryProblems)) expect(remedy).toMatch(/^[A-Z].*\.$/)
  })

  it.skipIf(findPostgres() === undefined)(
    'back up and restore a PostgreSQL with the printed commands',
    async () => {
      const bin = findPostgres() ?? ''
      const cluster = await new PostgresCluster(bin).create()
      const url = cluster.url()
      const own = { PATH: `${bin}:${environment['PATH']}`, DATABASE_URL: url }
      try {
        expect((await run(folder, ['keys', 'create', '--name', 'kept'], own)).code).toBe(0)
        const lines = [...chapter.matchAll(/^pg_(?:dump|restore) .*$/gm)].map(([line]) => line)
        await promisify(execFile)('sh', ['-ec', lines[0] ?? ''], { cwd: folder, env: own })
        expect((await run(folder, ['keys', 'create', '--name', 'lost'], own)).code).toBe(0)
        await promisify(execFile)('sh', ['-ec', lines[1] ?? ''], { cwd: folder, env: own })
        const { stdout } = await run(folder, ['keys', 'list', '--json'], own)
        expect((JSON.parse(stdout) as { keys: { name: string }[] }).keys.map(({ name }) => name)).toEqual([
          'kept',
        ])
        const told = await run(folder, ['backup', 'x.db'], own)
        expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('pg_dump') })
      } finally {
        await cluster.remove()
      }
    },
  )
})
