/**
 * Makes one change at a time to a copy of the contract or the server, and checks whether something notices it: the
 * generator, the test that the change names, or the compiler. A change that breaks a guarantee must be noticed by the
 * test of that guarantee. Before that, every one of these tests must pass without a change. Prints the survivors and
 * exits with 1 if there are any.
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
  /** Part of the name of the test file. */
  test: string
  /** True if only the test may notice it. */
  isForItsTest: boolean
}

type Verdict = 'generation' | 'compilation' | 'test' | 'survived'

const project = fileURLToPath(new URL('../..', import.meta.url))
const contractFile = 'openapi/openapi.yaml'
const stageTimeoutMs = 600_000

const ofSource = (
  kind: 'server' | 'guarantee',
  { name, test, file, find, replace }: ServerMutant,
): Mutant => ({
  name: `${kind}: ${name}`,
  test,
  isForItsTest: kind === 'guarantee',
  file,
  change: (text) => {
    const places = text.split(find).length - 1
    if (places !== 1) throw new Error(`${name}: the text to change occurs ${places} times in ${file}`)
    return text.replace(find, () => replace)
  },
})

const mutants: Mutant[] = [
  ...contractMutants.map(({ name, test, apply }) => ({
    name: `contract: ${name}`,
    test,
    isForItsTest: false,
    file: contractFile,
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
  /** True if the generated files are those of a changed contract. */
  #hasGenerated = false

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

  #generates(): Promise<boolean> {
    return this.#run('tsx/dist/cli.mjs', ['scripts/generate.ts'])
  }

  #compiles(): Promise<boolean> {
    const incremental = ['--noEmit', '--incremental', '--tsBuildInfoFile', '.tsbuildinfo']
    return this.#run('typescript/bin/tsc', incremental)
  }

  /** True if every test in the files with this name passes. */
  passes(test: string): Promise<boolean> {
    const options = ['run', '--config', 'test/vitest.config.ts', '--bail', '1', '--reporter', 'dot']
    return this.#run('vitest/vitest.mjs', [...options, test])
  }

  async #verdict({ test, isForItsTest }: Mutant): Promise<Verdict> {
    if (!(await this.passes(test))) return 'test'
    return isForItsTest || (await this.#compiles()) ? 'survived' : 'compilation'
  }

  async examine(mutant: Mutant): Promise<Verdict> {
    const { name, file, change } = mutant
    const path = join(this.folder, file)
    const text = readFileSync(path, 'utf8')
    const changed = change(text)
    if (changed === text) throw new Error(`${name}: the change changes nothing; bring it up to date`)
    writeFileSync(path, changed)
    const isOfContract = file === contractFile
    // A source must not be tested with files that were generated from a changed contract.
    const mustGenerate = isOfContract || this.#hasGenerated
    const verdict = !mustGenerate || (await this.#generates()) ? await this.#verdict(mutant) : 'generation'
    this.#hasGenerated = isOfContract
    writeFileSync(path, text)
    return verdict
  }

  clear(): void {
    rmSync(this.folder, { recursive: true })
  }
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, json: { type: 'string' } } })
const chosen = mutants.filter(({ name }) => name.includes(values.only))
const say = (text: string) => process.stdout.write(`${text}\n`)

const laboratories = [new Laboratory(), new Laboratory()]

/** Gives every item to the next free laboratory. After an error, it starts no more and waits for what is running. */
async function share<Item>(items: Iterable<Item>, work: (lab: Laboratory, item: Item) => Promise<void>) {
  const waiting = [...items]
  const workOn = async (laboratory: Laboratory) => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(laboratory, item)
  }
  const stop = (error: unknown) => {
    waiting.length = 0
    throw error
  }
  const ends = await Promise.allSettled(laboratories.map((laboratory) => workOn(laboratory).catch(stop)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

const tests = new Set(chosen.map(({ test }) => test))
const verdicts: { name: string; verdict: Verdict }[] = []
try {
  say(`${chosen.length} of ${mutants.length} changes, ${tests.size} names of tests`)
  await share(tests, async (laboratory, test) => {
    if (!(await laboratory.passes(test))) throw new Error(`${test} fails without a change; mend it first`)
  })
  say('every test passes without a change')
  await share(chosen, async (laboratory, mutant) => {
    const verdict = await laboratory.examine(mutant)
    verdicts.push({ name: mutant.name, verdict })
    say(`${String(verdicts.length).padStart(3)}/${chosen.length}  ${verdict.padEnd(11)}  ${mutant.name}`)
  })
} finally {
  for (const laboratory of laboratories) laboratory.clear()
}

const survivors = verdicts.filter(({ verdict }) => verdict === 'survived')
if (values.json) writeFileSync(values.json, `${JSON.stringify(verdicts, null, 2)}\n`)
for (const { name } of survivors) say(`SURVIVED  ${name}`)
say(`${verdicts.length - survivors.length} passed, ${survivors.length} failed`)
process.exitCode = survivors.length > 0 ? 1 : 0
