import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsOf, readContract } from '../../scripts/docs/contract.ts'
import { samplesOf } from '../../scripts/docs/samples.ts'
import { type Mock, startMock } from '../../scripts/mock/server.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const operations = operationsOf(await readContract(new URL('../../openapi/openapi.yaml', import.meta.url)))
const credentials = {
  RISUMAIL_KEY: 'risu_key_sample',
  RISUMAIL_TOKEN: 'risu_otp_sample',
  RISUMAIL_SECRET: 'risu_otp_sec_sample',
}

interface Runtime {
  label: string
  file: string
  command: string[]
  /** Must succeed before a sample can run. */
  needs: () => unknown
}

const succeeds = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })

const runtimes: Runtime[] = [
  { label: 'curl', file: 'sample.sh', command: ['sh'], needs: () => succeeds('curl', '--version') },
  { label: 'JavaScript', file: 'sample.mjs', command: [process.execPath], needs: () => true },
  {
    label: 'TypeScript client',
    file: 'sample.mts',
    command: [process.execPath, '--import', 'tsx'],
    needs: () => createRequire(import.meta.url).resolve('@risumail-otp/client'),
  },
  {
    label: 'Python',
    file: 'sample.py',
    command: ['python3'],
    needs: () => succeeds('python3', '-c', 'import requests'),
  },
  {
    label: 'PHP',
    file: 'sample.php',
    command: ['php'],
    needs: () => succeeds('php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'),
  },
  { label: 'Go', file: 'sample.go', command: ['go', 'run'], needs: () => succeeds('go', 'version') },
  { label: 'Ruby', file: 'sample.rb', command: ['ruby'], needs: () => succeeds('ruby', '--version') },
  {
    label: 'Java',
    file: 'Sample.java',
    command: ['java', '-XX:TieredStopAtLevel=1'], // starts faster
    needs: () => succeeds('javac', '-version'),
  },
]

function isAtHand({ label, needs }: Runtime): boolean {
  try {
    needs()
    return true
  } catch {
    process.stdout.write(`${label}: not on this machine, so its samples are not executed\n`)
    return false
  }
}

/** Returns the example of a send, but accepts any value in the fields that differ each time. */
function asSentNow(example: Record<string, unknown> | undefined): unknown {
  const data = example?.['data'] as Record<string, string>
  const fresh = ['sessionId', 'expiresAt', 'hostedVerifyUrl'].filter((name) => name in data)
  return {
    ...example,
    data: { ...data, ...Object.fromEntries(fresh.map((name) => [name, expect.any(String)])) },
  }
}

describe('the code samples', () => {
  let folder: string
  let mock: Mock

  beforeAll(async () => {
    mock = await startMock({ port: 0, host: '127.0.0.1' })
    folder = await mkdtemp(join(tmpdir(), 'samples-'))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(async () => {
    await mock.close()
    await rm(folder, { recursive: true })
  })

  it('exist for every operation in nine languages, and use only the given address', async () => {
    for (const operation of operations) {
      const samples = await samplesOf(operation, 'http://127.0.0.1:3000')
      expect(samples.map(({ label }) => label)).toEqual([...runtimes.map(({ label }) => label), 'C#'])
      for (const { source } of samples) {
        expect(new Set(source.match(/https?:\/\/[^/'"\s]+/g))).toEqual(new Set(['http://127.0.0.1:3000']))
        expect(source).not.toMatch(/["']RISUMAIL_\w+["']\s*[,}]/)
      }
    }
  })

  for (const runtime of runtimes) {
    const { label, file, command } = runtime
    describe.skipIf(!isAtHand(runtime))(label, () => {
      it.each(operations)(
        '$operationId runs and prints the response of the contract',
        async (operation) => {
          const samples = await samplesOf(operation, mock.url)
          const path = join(folder, file)
          await writeFile(path, samples.find((sample) => sample.label === label)?.source ?? '')
          const [program = '', ...args] = command
          const { stdout } = await promisify(execFile)(program, [...args, path], {
            env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_PROXY: '*', ...credentials },
            timeout: 60_000,
            cwd: folder,
          })
          const example = operation.answers.find(({ status }) => status === '200')?.examples[0]?.value
          const printed = JSON.parse(stdout) as Record<string, unknown>
          // The client returns only the `data`.
          const answer = label === 'TypeScript client' ? { success: true, data: printed } : printed
          expect(answer).toEqual(operation.path.endsWith('/send') ? asSentNow(example) : example)
        },
        60_000,
      )
    })
  }
})
