import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const tsx = fileURLToPath(import.meta.resolve('tsx'))

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

/** One `risumail-otp` command in a process of its own, with this environment and no other. */
export class Command {
  readonly #child: ChildProcess
  stdout = ''
  stderr = ''

  constructor(folder: string, args: string[], environment: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, ['--import', tsx, main, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    })
    this.#child.stdout?.on('data', (chunk) => {
      this.stdout += chunk
    })
    this.#child.stderr?.on('data', (chunk) => {
      this.stderr += chunk
    })
  }

  /** Resolves with the first match of the pattern in what the command prints. @throws if it ends before */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.stdout)
      if (match) return match[1] ?? match[0]
      if (this.#child.exitCode !== null)
        throw new Error(`ended without ${pattern}:\n${this.stdout}${this.stderr}`)
      await Promise.race([
        once(this.#child.stdout as NonNullable<ChildProcess['stdout']>, 'data'),
        once(this.#child, 'close'),
      ])
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async finished(): Promise<Finished> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close')
    return { code: this.#child.exitCode, stdout: this.stdout, stderr: this.stderr }
  }
}
