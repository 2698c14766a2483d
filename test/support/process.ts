import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { inject } from 'vitest'

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

/** One `risumail-otp` command in its own process. It gets this environment and no other. */
export class Command {
  readonly #child: ChildProcess
  stdout = ''
  stderr = ''

  /** @param program what Node.js runs; by default, the program as compiled for the tests */
  constructor(
    folder: string,
    args: string[],
    environment: Record<string, string> = {},
    program: string[] = [inject('program')],
  ) {
    this.#child = spawn(process.execPath, [...program, ...args], {
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

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the process did not start')
    return this.#child.pid
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Resolves with the first match of the pattern in the command's output. @throws if the command ends first */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.stdout)
      if (match) return match[1] ?? match[0]
      if (this.hasEnded) throw new Error(`ended without ${pattern}:\n${this.stdout}${this.stderr}`)
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
    if (!this.hasEnded) await once(this.#child, 'close')
    return { code: this.#child.exitCode, stdout: this.stdout, stderr: this.stderr }
  }
}
