/**
 * Checks that other tools can read the contract: a linter, three generators and Prism's own command. Each must finish
 * without an error or a warning, and the code it generates must compile. All but Prism are installed into their own
 * folder, so that the project does not depend on them.
 *
 *   npm run test:tools
 */
import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMock } from '../../scripts/mock/server.ts'
import { complaintOfOldTypeScript, complaintOfRecipes } from './client.ts'
import { complaintOfBruno, complaintOfPostman } from './collections.ts'
import { contract, folder, run } from './workshop.ts'

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
