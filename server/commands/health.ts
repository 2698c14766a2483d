import type { Command } from 'commander'
import { parsePublicUrl } from '../config/parse.ts'
import { type Environment, readVariable, variables } from '../config/variables.ts'
import { ConfigError } from '../config.ts'
import { checked } from './options.ts'
import { print } from './output.ts'

interface HealthOptions {
  url?: string
  json?: true
}

const longestMs = 4_000

/** Adds the command `health`, which Docker and others run to check the server. */
export function addHealthCommand(program: Command, environment: Environment): void {
  program
    .command('health')
    .description('check whether the server on this machine accepts requests; exits 1 if it does not')
    .option('--url <url>', 'URL of the server (default: from PORT and HOST)', checked(parsePublicUrl))
    .option('--json', 'print one JSON object')
    .action(async ({ url = ownUrl(environment), json }: HealthOptions) => {
      const problem = await problemOf(`${url}/readyz`)
      print(json, { url, ready: problem === undefined, ...(problem && { problem }) }, () =>
        problem === undefined ? `${url} is ready.` : `${url} is not ready: ${problem}.`,
      )
      if (problem !== undefined) process.exitCode = 1
    })
}

/** Returns why the server is not ready, or undefined if it is. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(longestMs), redirect: 'error' })
    if (status === 200) return undefined
    return status === 503 ? 'its store does not accept writes' : `it answered with status ${status}`
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: unknown } }
    if (name === 'TimeoutError') return `it did not answer within ${longestMs / 1000} seconds`
    return `it cannot be reached${cause?.code ? ` (${cause.code})` : ''}`
  }
}

function ownUrl(environment: Environment): string {
  try {
    const host = readVariable(environment, 'HOST', variables.HOST) ?? ''
    const port = readVariable(environment, 'PORT', variables.PORT)
    const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
    return `http://${local.includes(':') ? `[${local}]` : local}:${port}`
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}
