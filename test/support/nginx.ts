import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { certificate } from './certificate.ts'
import { canRun } from './programs.ts'

const shipped = new URL('../../server/deploy/nginx.conf', import.meta.url)

/** True if the tests with nginx run. */
export const hasNginx = canRun('nginx')

/** Returns a port of 127.0.0.1 that is free right now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

function replaced(text: string, what: string | RegExp, by: string): string {
  const changed = text.replaceAll(
    what instanceof RegExp ? what : new RegExp(what.replaceAll('.', '\\.'), 'g'),
    by,
  )
  if (changed === text) throw new Error(`nginx.conf has no ${what}`)
  return changed
}

/** The shipped nginx.conf, with this machine's ports and the tests' certificate. */
export class Nginx {
  readonly port: number
  readonly folder = mkdtempSync(join(tmpdir(), 'risumail-otp-nginx-'))
  readonly #child: ChildProcess

  private constructor(port: number, instances: readonly number[], change: (configuration: string) => string) {
    this.port = port
    const [first, second] = instances
    const at = (file: string) => join(this.folder, file)
    const pairs: [string | RegExp, string][] = [
      ['127.0.0.1:3000', `127.0.0.1:${first}`],
      ['127.0.0.1:3001', `127.0.0.1:${second}`],
      ['listen 443', `listen 127.0.0.1:${port}`],
      ['/etc/ssl/otp.example/fullchain.pem', at('cert.pem')],
      ['/etc/ssl/otp.example/privkey.pem', at('key.pem')],
    ]
    const configuration = pairs.reduce(
      (text, [what, by]) => replaced(text, what, by),
      readFileSync(shipped, 'utf8'),
    )
    writeFileSync(at('cert.pem'), certificate.cert)
    writeFileSync(at('key.pem'), certificate.key)
    mkdirSync(at('tmp'))
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${at('tmp')}/${name};`,
    )
    writeFileSync(
      at('nginx.conf'),
      `daemon off; pid ${at('pid')}; error_log ${at('error.log')}; worker_processes 1;
events {}
http { access_log off; ${places.join(' ')}
${change(configuration)}
}`,
    )
    this.#child = spawn('nginx', ['-p', this.folder, '-c', at('nginx.conf')], { stdio: 'inherit' })
  }

  /** @param change how the operator edits the shipped file */
  static async start(
    instances: readonly number[],
    change: (configuration: string) => string = (configuration) => configuration,
  ): Promise<Nginx> {
    const nginx = new Nginx(await freePort(), instances, change)
    for (let tries = 0; ; tries++) {
      try {
        await fetch(`http://127.0.0.1:${nginx.port}/`)
        return nginx
      } catch (error) {
        if (tries > 200 || nginx.#child.exitCode !== null) throw error
        await sleep(20) // nginx does not report when it listens
      }
    }
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await exited
    rmSync(this.folder, { recursive: true })
  }
}
