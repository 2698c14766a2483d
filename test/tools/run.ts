/**
 * Checks that other tools can read the contract: a linter, three generators and Prism's own command. Each must finish
 * without an error or a warning, and the code it generates must compile. All but Prism are installed into their own
 * folder, so that the project does not depend on them.
 *
 *   npm run test:tools
 */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brunoCollection, postmanCollection } from '../../scripts/docs/collections.ts'
import { operationsOf, readContract } from '../../scripts/docs/contract.ts'
import { startMock } from '../../scripts/mock/server.ts'

const contract = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
const ruleset = fileURLToPath(new URL('spectral.yaml', import.meta.url))

const packages = {
  '@stoplight/spectral-cli': '6.16.3',
  'swagger-typescript-api': '13.13.0',
  '@hey-api/openapi-ts': '0.88.0',
  orval: '7.10.0',
  axios: '1.7.9', // orval's client imports it
  typescript: '5.9.3',
  // for the recipes of the client
  react: '19.2.0',
  '@types/react': '19.2.2',
  express: '5.1.0',
  '@types/express': '5.0.3',
  '@types/node': '20.19.0',
  msw: '2.11.5',
  tsx: '4.20.6',
  newman: '6.2.2', // runs Postman collections
  '@usebruno/cli': '1.40.0',
  'typescript-5.4': 'npm:typescript@5.4.5', // the oldest version that the client's README names
}

interface Tool {
  name: string
  program: string
  args: string[]
  /** The generated file. It must compile. */
  generated?: string
}

const tools: Tool[] = [
  {
    name: 'Spectral (spectral:oas)',
    program: 'spectral',
    args: ['lint', '--fail-severity', 'hint', '--ruleset', ruleset, contract],
  },
  {
    name: 'swagger-typescript-api',
    program: 'swagger-typescript-api',
    args: ['generate', '--path', contract, '--output', 'swagger-typescript-api'],
    generated: 'swagger-typescript-api/Api.ts',
  },
  {
    name: '@hey-api/openapi-ts',
    program: 'openapi-ts',
    args: ['--input', contract, '--output', 'hey-api'],
    generated: 'hey-api/index.ts',
  },
  {
    name: 'orval',
    program: 'orval',
    args: ['--input', contract, '--output', 'orval/api.ts'],
    generated: 'orval/api.ts',
  },
]

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-tools-'))

function run(program: string, args: string[], at = ''): Promise<{ isFine: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: join(folder, at), timeout: 300_000 }, (error, stdout, stderr) => {
      resolve({ isFine: error === null, output: stdout + stderr })
    })
  })
}

async function complaintOf({ program, args, generated }: Tool): Promise<string | undefined> {
  const { isFine, output } = await run(join('node_modules/.bin', program), args)
  if (!isFine || /\b(?:warning|failed)\b|⚠/i.test(output)) return output
  if (generated === undefined) return undefined
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext']
  const compiled = await run('node_modules/.bin/tsc', [
    ...options,
    '--moduleResolution',
    'bundler',
    generated,
  ])
  return compiled.isFine ? undefined : compiled.output
}

/** Compiles the packed client with the oldest TypeScript that it supports, and checks every declaration. */
async function complaintOfOldTypeScript(): Promise<string | undefined> {
  const client = fileURLToPath(new URL('../../clients/typescript/', import.meta.url))
  const packed = await run('npm', ['pack', '--silent', '--ignore-scripts', client])
  const tarball = packed.output.trim().split('\n').at(-1) ?? ''
  const installed = await run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${tarball}`])
  if (!packed.isFine || !installed.isFine) return packed.output + installed.output
  writeFileSync(join(folder, 'consumer.ts'), consumer)
  const strict = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--target',
    'es2021',
    '--lib',
    'es2021,dom,dom.iterable',
  ]
  for (const resolution of [
    ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
    ['--module', 'commonjs', '--moduleResolution', 'node'],
  ]) {
    const tsc = join('node_modules', 'typescript-5.4', 'bin', 'tsc')
    const options = [...strict, '--typeRoots', 'no-types', ...resolution]
    const { isFine, output } = await run(process.execPath, [tsc, ...options, 'consumer.ts'])
    if (!isFine) return `${resolution.join(' ')}\n${output}`
  }
  return undefined
}

const consumer = `
import { createClient, isRisumailOtpError, type SentOtp } from '@risumail-otp/client'
import { verifyWebhook } from '@risumail-otp/client/webhooks'
const otp = createClient({ baseUrl: 'https://otp.example', token: 'risu_key_x' })
export async function send(): Promise<SentOtp> {
  const { data, response } = await otp.sendBackendOtp({ email: 'a@x.co' }).withResponse()
  response.headers.get('RateLimit')
  for await (const { verifiedAt } of otp.allBackendOtpVerifications()) verifiedAt.length
  try { return data } catch (error) { if (isRisumailOtpError(error)) error.code; throw error }
}
export const check = verifyWebhook
`

/** Compiles each code block of the client's README and recipes with the real packages, and runs the one with a test. */
async function complaintOfRecipes(): Promise<string | undefined> {
  const recipes = ['README.md', 'example/recipes.md'].flatMap((file) => {
    const text = readFileSync(new URL(`../../clients/typescript/${file}`, import.meta.url), 'utf8')
    return [...text.matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code = '']) => code)
  })
  recipes.forEach((code, n) => {
    // The export makes every snippet a module with its own names.
    writeFileSync(join(folder, `recipe-${n}.tsx`), `${code}\nexport {}\n`)
  })
  const files = recipes.map((_, n) => `recipe-${n}.tsx`)
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--jsx',
    'react-jsx',
  ]
  const compiled = await run('node_modules/.bin/tsc', [...options, ...files])
  if (!compiled.isFine) return compiled.output
  const withTest = files.filter((_, n) => recipes[n]?.includes("from 'node:test'"))
  if (withTest.length !== 1) return 'there is no recipe with a test'
  const tested = await run('node_modules/.bin/tsx', withTest)
  return tested.isFine && /^# pass 1$/m.test(tested.output) ? undefined : tested.output
}

const collected = await readContract(pathToFileURL(contract))

/** Checks the statuses of a whole run. Every request succeeds, except to cancel sessions that are verified by then. */
function complaintOfStatuses(statuses: number[]): string | undefined {
  const wanted = operationsOf(collected).map(({ operationId }) => (/^cancel/.test(operationId) ? 409 : 200))
  const isFine = statuses.sort().join() === wanted.sort().join()
  return isFine ? undefined : `it got ${statuses.join()} and not ${wanted.join()}`
}

/** Runs the Postman collection with Postman's own runner against the mock. */
async function complaintOfPostman(url: string): Promise<string | undefined> {
  writeFileSync(join(folder, 'postman.json'), JSON.stringify(postmanCollection(collected)))
  const newman = await run(join('node_modules/.bin', 'newman'), [
    ...['run', 'postman.json', '--env-var', `baseUrl=${url}`],
    ...['--reporters', 'json', '--reporter-json-export', 'newman.json'],
  ])
  if (!newman.isFine) return newman.output
  const { run: report } = JSON.parse(readFileSync(join(folder, 'newman.json'), 'utf8')) as {
    run: { executions: { response: { code: number } }[] }
  }
  return complaintOfStatuses(report.executions.map(({ response }) => response.code))
}

/** Runs the Bruno collection with Bruno's own runner against the mock. */
async function complaintOfBruno(url: string): Promise<string | undefined> {
  for (const [path, text] of brunoCollection(collected)) {
    const file = join(folder, 'bruno', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const options = ['--env', 'Mock', '--env-var', `baseUrl=${url}`, '--output', '../bruno.json']
  const bru = await run(join('..', 'node_modules/.bin', 'bru'), ['run', '-r', ...options], 'bruno')
  if (!bru.isFine) return bru.output
  const [{ results }] = JSON.parse(readFileSync(join(folder, 'bruno.json'), 'utf8')) as [
    { results: { response: { status: number } }[] },
  ]
  return complaintOfStatuses(results.map(({ response }) => response.status))
}

/**
 * Runs Prism as front ends know it, without the rules that `npm run mock` adds. It must return the contract's example.
 */
async function complaintOfPrism(): Promise<string | undefined> {
  const cli = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'))
  const prism = spawn(process.execPath, [cli, 'mock', '--port', '0', '--host', '127.0.0.1', contract])
  let printed = ''
  const url = await new Promise<string | undefined>((resolve) => {
    const read = (chunk: Buffer) => {
      printed += chunk
      const [, found] = /listening on (http:\S+)/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    }
    prism.stdout.on('data', read)
    prism.stderr.on('data', read)
    prism.on('close', () => resolve(undefined))
    setTimeout(() => resolve(undefined), 60_000).unref()
  })
  try {
    if (url === undefined) return printed
    const response = await fetch(`${url}/api/v1/backend-otp/send`, {
      method: 'POST',
      headers: { Authorization: 'Bearer risu_key_mock', 'Content-Type': 'application/json' },
      body: '{"email":"user@example.com"}',
    })
    const text = await response.text()
    return response.status === 200 && text.includes('"sent":true') ? undefined : text
  } finally {
    prism.kill()
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`)
let failed = 0
const report = (name: string, complaint: string | undefined) => {
  if (complaint !== undefined) failed += 1
  say(complaint === undefined ? `fine      ${name}` : `COMPLAINS ${name}\n${complaint}`)
}
try {
  report("Prism's own command", await complaintOfPrism())
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: packages }),
  )
  const installed = await run('npm', ['install', '--silent', '--no-audit', '--no-fund'])
  if (!installed.isFine) throw new Error(`the tools could not be installed:\n${installed.output}`)
  for (const tool of tools) report(tool.name, await complaintOf(tool))
  const mock = await startMock({ port: 0, host: '127.0.0.1' })
  report('Postman', await complaintOfPostman(mock.url))
  report('Bruno', await complaintOfBruno(mock.url))
  await mock.close()
  report('TypeScript 5.4, with the packed client', await complaintOfOldTypeScript())
  report('The recipes of the client', await complaintOfRecipes())
} finally {
  rmSync(folder, { recursive: true })
}
say(`${tools.length + 5 - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
