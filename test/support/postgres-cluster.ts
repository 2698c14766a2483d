import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import pg from 'pg'

// The tests' own PostgreSQL: a temporary cluster on loopback, with the usual durability.

const oldest = 13

/** Returns the folder with the programs of a recent enough PostgreSQL. Undefined if this machine has none. */
export function findPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql'
  const installed = existsSync(versions)
    ? readdirSync(versions).map((name) => join(versions, name, 'bin'))
    : []
  const folders = [process.env['POSTGRES_BIN'], ...installed, ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders.find((folder) => {
    if (!folder || !existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres'))) return false
    const { stdout } = spawnSync(join(folder, 'initdb'), ['--version'], { encoding: 'utf8' })
    return Number(/\d+/.exec(stdout)?.[0]) >= oldest
  })
}

/** Returns another user if we are root, because PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => {
    for (const name of ['postgres', 'nobody']) {
      const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
      if (status === 0) return Number(stdout)
    }
    throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody')
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export class PostgresCluster {
  readonly #folder = mkdtempSync('/tmp/risumail-otp-postgres-')
  readonly #bin: string
  readonly #user = unprivileged()
  #port = 0
  #process: ChildProcess | undefined

  constructor(bin: string) {
    this.#bin = bin
  }

  /** Creates the cluster. */
  async create(): Promise<this> {
    if (this.#user) chownSync(this.#folder, this.#user.uid, this.#user.gid)
    const options = ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
    execFileSync(join(this.#bin, 'initdb'), options, { ...this.#user, cwd: this.#folder, stdio: 'ignore' })
    this.#port = await freePort()
    await this.start()
    return this
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }

  /** Returns the URL of a database. */
  url(database = 'postgres'): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/${database}`
  }

  /** Starts the server on the same port as before. */
  async start(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300']
    const options = [
      '-D',
      this.#data,
      '-p',
      String(this.#port),
      ...settings.flatMap((setting) => ['-c', setting]),
    ]
    this.#process = spawn(join(this.#bin, 'postgres'), options, {
      ...this.#user,
      cwd: this.#folder,
      stdio: 'ignore',
    })
    const giveUpAt = Date.now() + 30_000
    for (;;) {
      const client = new pg.Client(this.url())
      client.on('error', () => {}) // the server may close a connection that it has just accepted
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        if (Date.now() > giveUpAt) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** Stops the server: `SIGQUIT` acts like a crash, `SIGINT` shuts down cleanly but at once. */
  async stop(signal: 'SIGQUIT' | 'SIGINT' = 'SIGINT'): Promise<void> {
    const running = this.#process
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }

  async remove(): Promise<void> {
    await this.stop('SIGQUIT')
    rmSync(this.#folder, { recursive: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
