/** Installs a packed release into an empty folder, as an operator does, and runs it: `npm run test:install`. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-install-'))
const environment = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  npm_config_nodedir: process.env['npm_config_nodedir'],
  OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
  PORT: '0',
}

const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, {
    cwd,
    env: { ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })

/** What the process prints until it prints this. */
async function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    const match = pattern.exec(text)
    if (match) return match[1] ?? match[0]
  }
  throw new Error(`it ended without ${pattern}:\n${text}`)
}

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  run('tar', ['xzf', tarball], folder)
  const installed = join(folder, 'package')
  const contents = readdirSync(installed).sort()
  assert.deepEqual(contents, [
    '.env.example',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dist',
    'npm-shrinkwrap.json',
    'package.json',
  ])
  run('npm', ['ci', '--omit=dev', '--silent', '--prefer-offline'], installed)

  const server = spawn('npm', ['start', '--silent'], {
    cwd: installed,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printed(server, /"url":"(http:[^"]+)","msg":"listening"/)
  assert.equal((await fetch(`${url}/readyz`)).status, 200)
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])

  const { key } = JSON.parse(
    run('node', ['dist/server/main.js', 'keys', 'create', '--name', 'x', '--json'], installed),
  )
  assert.match(key, /^risu_key_/)
  const dev = spawn('node', ['dist/server/main.js', 'dev'], { cwd: installed, env: environment })
  let stderr = ''
  dev.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  assert.deepEqual(await once(dev, 'exit'), [1, null])
  assert.match(stderr, /^dev needs packages that a production install leaves out/)
  process.stdout.write(
    'A packed release installs without the development packages, starts, serves and stops.\n',
  )
} finally {
  rmSync(folder, { recursive: true })
}
