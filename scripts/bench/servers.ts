import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const clockTicks = 100 // per second, on every Linux that Node.js runs on

/** A server under measurement. */
export interface Server {
  name: string
  urls: string[]
  key: string
  /** CPU time that its processes have used so far, in milliseconds. Undefined if the system does not report it. */
  cpuMs(): number | undefined
  /** Memory of its largest process, in MiB. */
  rssMb(): number | undefined
  stop(): Promise<void>
}

const environment = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }

async function started(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    const match = pattern.exec(text)
    if (match) {
      child.stdout?.resume()
      return match[1] ?? match[0]
    }
  }
  throw new Error(`a server exited before it was ready:\n${text}`)
}

function asServer(name: string, children: ChildProcess[], urls: string[], key: string): Server {
  const cpuOf = (pid: number) => {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [utime = 0, stime = 0] = fields.split(' ').slice(11, 13).map(Number)
    return ((utime + stime) * 1000) / clockTicks
  }
  const rssOf = (pid: number) =>
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  const each = (measure: (pid: number) => number) => children.map(({ pid }) => measure(pid ?? 0))
  const told = (measure: () => number) => {
    try {
      return measure()
    } catch {
      return undefined
    }
  }
  return {
    name,
    urls,
    key,
    cpuMs: () => told(() => each(cpuOf).reduce((sum, ms) => sum + ms, 0)),
    rssMb: () => told(() => Math.max(...each(rssOf))),
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return
          const exited = once(child, 'exit')
          child.kill('SIGKILL')
          await exited
        }),
      )
    },
  }
}

/** Starts the bare server, which every other server is compared with. */
export async function startBare(folder: string, smtpUrl: string): Promise<Server> {
  const program = join(root, 'scripts', 'bench', 'bare-server.ts')
  const args = ['--import', 'tsx', program, join(folder, 'bare.db'), smtpUrl]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return asServer('bare', [child], [await started(child, /http:\S+/)], '')
}

/** Starts our own server as built, with its default limits except those per credential, which are off. */
export async function startOurs(
  name: string,
  databaseUrl: string,
  smtpUrl: string,
  { smtpConnections }: { smtpConnections: number },
  instances = 1,
): Promise<Server> {
  const program = join(root, 'dist', 'server', 'main.js')
  const settings = {
    ...environment,
    DATABASE_URL: databaseUrl,
    SMTP_URL: smtpUrl,
    SMTP_MAX_CONNECTIONS: String(smtpConnections),
    OTP_SECRET: 'a-secret-of-the-benchmark-long-enough-to-be-one',
    MAIL_FROM: 'Acme <login@acme.example>',
    LIMIT_PER_CREDENTIAL: 'off',
    LIMIT_REQUESTS_PER_CREDENTIAL: 'off',
    PORT: '0',
  }
  const create = [program, 'keys', 'create', '--name', 'bench', '--json']
  const { key } = JSON.parse(execFileSync(process.execPath, create, { env: settings, encoding: 'utf8' }))
  const children: ChildProcess[] = []
  const urls: string[] = []
  for (let n = 0; n < instances; n++) {
    const child = spawn(process.execPath, [program, 'serve'], {
      env: settings,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    urls.push(await started(child, /"url":"(http:[^"]+)"/))
  }
  return asServer(name, children, urls, key)
}
