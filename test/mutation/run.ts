/**
 * Makes one change at a time to a copy of the contract or the server, and checks whether anything notices it: the
 * generator, the compiler, or a test. If a change breaks a guarantee, the test of that guarantee must notice. Prints
 * the survivors and exits with 1 if there are any.
 *
 *   npm run test:mutation [-- --only TEXT] [-- --json FILE]
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseDocument } from 'yaml'
import { contractMutants } from './contract-mutants.ts'
import { guaranteeMutants } from './guarantee-mutants.ts'
import { type ServerMutant, serverMutants } from './server-mutants.ts'

interface Mutant {
  name: string
  file: string
  change(text: string): string
  hint: string
  /** True if only the test that the hint names may notice it. */
  isForItsTest: boolean
}

type Verdict = 'generation' | 'compilation' | 'test' | 'survived'

const project = fileURLToPath(new URL('../..', import.meta.url))
const stageTimeoutMs = 600_000
// These tests compare the contract with an earlier copy, start processes from elsewhere, or take long. Other tests must
// notice the same mutants.
const leftOut = ['compatibility', 'bench', 'commands', 'flows', 'browser', 'docs', 'mock', 'client/package']

const ofSource = (
  kind: 'server' | 'guarantee',
  { name, hint, file, find, replace }: ServerMutant,
): Mutant => ({
  name: `${kind}: ${name}`,
  hint,
  isForItsTest: kind === 'guarantee',
  file,
  change: (text) => text.replace(find, () => replace),
})

const mutants: Mutant[] = [
  ...contractMutants.map(({ name, hint, apply }) => ({
    name: `contract: ${name}`,
    hint,
    isForItsTest: false,
    file: 'openapi/openapi.yaml',
    change: (text: string) => {
      const contract = parseDocument(text)
      apply(contract)
      return contract.toString({ lineWidth: 0 })
    },
  })),
  ...serverMutants.map((mutant) => ofSource('server', mutant)),
  ...guaranteeMutants.map((mutant) => ofSource('guarantee', mutant)),
]

/** A copy of the working tree. It contains one mutant at a time. */
class Laboratory {
  readonly folder = mkdtempSync(join(tmpdir(), 'risumail-otp-mutation-'))

  constructor() {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: project,
    })
    for (const file of listed.toString().trim().split('\n'))
      cpSync(join(project, file), join(this.folder, file))
    symlinkSync(join(project, 'node_modules'), join(this.folder, 'node_modules'))
  }

  #run(program: string, args: string[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const path = join('node_modules', program)
      const options = { cwd: this.folder, stdio: 'ignore', timeout: stageTimeoutMs } as const
      spawn(process.execPath, [path, ...args], options).on('close', (code) => {
        // A timeout does not mean that anything noticed the change.
        if (code === null) reject(new Error(`${program} did not end within ${stageTimeoutMs} ms`))
        else resolve(code === 0)
      })
    })
  }

  #tests(...args: string[]): Promise<boolean> {
    const without = leftOut.flatMap((name) => ['--exclude', `**/*${name}*/**`, '--exclude', `**/*${name}*`])
    const options = ['run', '--config', 'test/vitest.config.ts', '--bail', '1', '--reporter', 'dot']
    return this.#run('vitest/vitest.mjs', [...options, ...without, ...args])
  }

  async #verdict(hint: string): Promise<Verdict> {
    if (!(await this.#run('tsx/dist/cli.mjs', ['scripts/generate.ts']))) return 'generation'
    const incremental = ['--noEmit', '--incremental', '--tsBuildInfoFile', '.tsbuildinfo']
    if (!(await this.#run('typescript/bin/tsc', incremental))) return 'compilation'
    if (!(await this.#tests(hint)) || !(await this.#tests())) return 'test'
    return 'survived'
  }

  async examine({ name, file, change, hint, isForItsTest }: Mutant): Promise<Verdict> {
    const path = join(this.folder, file)
    const text = readFileSync(path, 'utf8')
    const changed = change(text)
    if (changed === text) throw new Error(`${name}: the change changes nothing; bring it up to date`)
    writeFileSync(path, changed)
    const verdict = isForItsTest ? await this.#verdictOf(hint) : await this.#verdict(hint)
    writeFileSync(path, text)
    return verdict
  }

  async #verdictOf(...tests: string[]): Promise<Verdict> {
    return (await this.#tests(...tests)) ? 'survived' : 'test'
  }

  /** Runs everything without a change. Nothing may fail. */
  async isSound(mutants: readonly Mutant[]): Promise<boolean> {
    const own = mutants.filter(({ isForItsTest }) => isForItsTest).map(({ hint }) => hint)
    const verdict =
      own.length < mutants.length ? await this.#verdict('boot') : await this.#verdictOf(...new Set(own))
    return verdict === 'survived'
  }

  clear(): void {
    rmSync(this.folder, { recursive: true })
  }
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, json: { type: 'string' } } })
const chosen = mutants.filter(({ name }) => name.includes(values.only))
const say = (text: string) => process.stdout.write(`${text}\n`)

const laboratories = [new Laboratory(), new Laboratory()]
const verdicts: { name: string; verdict: Verdict }[] = []
try {
  say(`${chosen.length} of ${mutants.length} changes`)
  if (!(await laboratories[0]?.isSound(chosen)))
    throw new Error('the project is not sound as it is; run npm run check')
  const waiting = [...chosen]
  const work = async (laboratory: Laboratory) => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await laboratory.examine(mutant)
      verdicts.push({ name: mutant.name, verdict })
      say(`${String(verdicts.length).padStart(3)}/${chosen.length}  ${verdict.padEnd(11)}  ${mutant.name}`)
    }
  }
  await Promise.all(laboratories.map(work))
} finally {
  for (const laboratory of laboratories) laboratory.clear()
}

const survivors = verdicts.filter(({ verdict }) => verdict === 'survived')
if (values.json) writeFileSync(values.json, `${JSON.stringify(verdicts, null, 2)}\n`)
for (const { name } of survivors) say(`SURVIVED  ${name}`)
say(`${verdicts.length - survivors.length} passed, ${survivors.length} failed`)
process.exitCode = survivors.length > 0 ? 1 : 0
