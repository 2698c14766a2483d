/** Installs a packed release into an empty folder, as an operator does, and runs it: `npm run test:install`. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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

/** Waits until the process prints this. @returns the match, or its first group */
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
  const contents = run('tar', ['tzf', tarball], folder).split('\n').filter(Boolean)
  const parts = new Set(contents.map((path) => path.split('/')[1]))
  assert.deepEqual([...parts].sort(), [
    '.env.example',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dist',
    'npm-shrinkwrap.json',
    'package.json',
    'server',
  ])
  // The only sources in the release are those that an operator copies.
  const sources = contents.filter((path) => path.startsWith('package/server/'))
  assert.deepEqual([...new Set(sources.map((path) => path.split('/')[2]))], ['deploy'])

  run(
    'npm',
    ['install', '--global', '--silent', '--prefer-offline', '--prefix', folder, join(folder, tarball)],
    folder,
  )
  const installed = join(folder, 'lib/node_modules/risumail-otp')
  // A compiler leaves files only where no prebuilt better-sqlite3 can be downloaded. They must not count.
  const leftovers = ['obj', 'obj.target', '.deps'].map((name) =>
    join(installed, 'node_modules/better-sqlite3/build/Release', name),
  )
  for (const path of leftovers) rmSync(path, { recursive: true, force: true })
  const mebibytes = Number(run('du', ['-sm', installed], folder).split('\t')[0])
  assert.ok(mebibytes <= 70, `it takes ${mebibytes} MiB`)

  const program = join(folder, 'bin/risumail-otp')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.equal(run(program, ['--version'], folder), `${version}\n`)
  const server = spawn(program, ['serve'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printed(server, /"url":"(http:[^"]+)","msg":"listening"/)
  assert.equal(run(program, ['health', '--url', url], folder), `${url} is ready.\n`)
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])

  const { key } = JSON.parse(run(program, ['keys', 'create', '--name', 'x', '--json'], folder))
  assert.match(key, /^risu_key_/)
  const elsewhere = join(folder, 'elsewhere')
  mkdirSync(elsewhere)
  const dev = spawn(program, ['dev'], {
    cwd: elsewhere,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const inbox = await printed(dev, /Inbox: (\S+)/)
  assert.match(await (await fetch(inbox)).text(), /No email yet/)
  const ended = once(dev, 'exit')
  dev.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  process.stdout.write(
    `A packed release installs in ${mebibytes} MiB, starts, serves and stops, as serve and as dev.\n`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
