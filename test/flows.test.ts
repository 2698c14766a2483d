import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { Command } from './support/process.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const redocly = join(project, 'node_modules/@redocly/cli/bin/cli.js')

it('the flows in openapi/flows.arazzo.yaml run on the development server, with the documented responses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-flows-'))
  const server = new Command(folder, ['dev'], { PORT: '0' })
  const url = await server.printed(/running at (\S+)/)
  const inputs = {
    key: await server.printed(/Server key +(\S+)/),
    token: await server.printed(/Public token +(\S+)/),
    secret: await server.printed(/Analytics secret +(\S+)/),
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...[
        redocly,
        'respect',
        'openapi/flows.arazzo.yaml',
        '--server',
        `otp=${url}`,
        '--server',
        `inbox=${url}`,
      ],
      ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
    ],
    { cwd: project, env: { ...process.env, REDOCLY_TELEMETRY: 'off' } },
  )
  expect(stdout).toMatch(/Workflows: 4 passed, 4 total/)
  expect(stdout).toMatch(/Steps: 19 passed, 19 total/)
  server.signal('SIGTERM')
  await server.finished()
  rmSync(folder, { recursive: true })
})
