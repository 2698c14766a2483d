import { Resolver } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { type Environment, unknownVariables } from '../config/variables.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { issuePublicToken } from '../credentials/lifecycle.ts'
import { checkDns } from '../doctor/dns.ts'
import { type Finding, ok, problem, warning } from '../doctor/finding.ts'
import { checkMailServer } from '../doctor/mail-server.ts'
import { checkPublicUrl, type WithToken } from '../doctor/public-url.ts'
import { checkStore } from '../doctor/store.ts'
import { createLogger } from '../log.ts'
import { openForDoctor } from '../open-store.ts'
import { sandboxOf } from '../sandbox.ts'
import { print } from './output.ts'

interface DoctorOptions {
  dns?: string[]
  json?: true
}

/** Adds the command `doctor`, which finds problems in a setup. */
export function addDoctorCommand(program: Command, environment: Environment): void {
  program
    .command('doctor')
    .description(
      'check the configuration, store, mail servers, DNS and proxy; sends no email; exits 1 if there is a problem',
    )
    .option(
      '--dns <server>',
      'DNS server to query, as address or address:port, repeatable (default: those of this machine)',
      (text, earlier: string[] = []) => [...earlier, text],
    )
    .option('--json', 'print one JSON object')
    .action(async ({ dns, json }: DoctorOptions) => {
      const findings = await examine(environment, dns)
      const isWell = findings.every(({ status }) => status !== 'problem')
      print(json, { ok: isWell, findings }, () => findings.map(inWords).join('\n'))
      if (!isWell) process.exitCode = 1
    })
}

const marks: Record<Finding['status'], string> = { ok: '✓', warning: '!', problem: '✗' }

function inWords({ status, check, found, remedy }: Finding): string {
  return `${marks[status]} ${check}: ${found}${remedy === undefined ? '' : `\n    ${remedy}`}`
}

async function examine(environment: Environment, servers: string[] | undefined): Promise<Finding[]> {
  const findings = unknownVariables(environment).map(({ name, nearest }) =>
    warning(
      'configuration',
      `${name} is not a variable of this server and is ignored.`,
      `Did you mean ${nearest}?`,
    ),
  )
  let config: Config
  try {
    config = loadConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const problems = error.message.split('\n')
    return [...findings, ...problems.map((line) => problem('configuration', line, 'See .env.example.'))]
  }
  findings.push(ok('configuration', 'All variables are valid.'))
  return [
    ...findings,
    ...(await examineStore(config)),
    ...(await examineMail(config)),
    ...(await examineDns(config, servers)),
  ]
}

async function examineStore(config: Config): Promise<Finding[]> {
  const { database } = config
  if (database.engine === 'sqlite' && !existsSync(database.path))
    return [
      warning(
        'store',
        `The file ${database.path} does not exist yet.`,
        'Start the server, or run risumail-otp migrate.',
      ),
    ]
  const opened = await openForDoctor(config.database, createLogger('silent'))
  if (typeof opened === 'string')
    return [problem('store', opened, 'Check DATABASE_URL, and whether the store exists.')]
  const { engine, credentials } = opened
  try {
    const findings = await checkStore(config.database, engine)
    if (findings.some(({ check, status }) => check === 'store' && status !== 'ok')) return findings
    const withToken: WithToken = async (allowedAddresses, use) => {
      const wanted = {
        name: 'doctor',
        projectId: sandboxOf('default'),
        allowedAddresses,
        allowedOrigins: [],
        allowedSenders: [],
      }
      const { token, credential } = await issuePublicToken(
        credentials,
        { ...wanted, expiresInMs: 60_000 },
        Date.now(),
      )
      try {
        return await use(token)
      } finally {
        await credentials.discard(credential.id)
      }
    }
    return [
      ...findings,
      ...(await checkPublicUrl({ publicUrl: config.publicUrl, now: Date.now(), withToken })),
    ]
  } finally {
    await engine.close()
  }
}

async function examineMail({ smtp, smtpTimeoutMs: timeoutMs, mailFrom }: Config): Promise<Finding[]> {
  if (smtp.routes.length === 0)
    return [problem('mail', 'SMTP_URL is not set, so every send answers 503.', 'Set SMTP_URL.')]
  const checked = smtp.routes.map((route) =>
    checkMailServer(route, mailFrom.address, { ...smtp, timeoutMs }, Date.now()),
  )
  return (await Promise.all(checked)).flat()
}

async function examineDns(config: Config, servers: string[] | undefined): Promise<Finding[]> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  try {
    if (servers) resolver.setServers(servers)
  } catch {
    return [
      problem(
        '--dns',
        `${servers?.join(', ')} is not the address of a DNS server.`,
        'Write it as 192.0.2.1 or 192.0.2.1:53.',
      ),
    ]
  }
  return checkDns(resolver, config)
}
