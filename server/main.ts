#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { openStore } from './app.ts'
import { addCredentialCommands } from './commands/credentials.ts'
import { serve } from './commands/serve.ts'
import { ConfigError, loadDatabase } from './config.ts'
import { createLogger, describeError } from './log.ts'

if (existsSync('.env')) process.loadEnvFile('.env') // what the environment already has stays
const environment = process.env

const program = new Command('risumail-otp')
  .description('Self-hosted email OTP and email-verification service. Configuration: see .env.example.')
  .showHelpAfterError()

program
  .command('serve')
  .description('run the server')
  .action(() => serve(environment))

program
  .command('dev')
  .description('run the server with a mail-catching inbox and ready-made credentials')
  .action(async () => {
    // Only here, because it needs packages that a production install leaves out.
    const { dev } = await import('./commands/dev.ts')
    await dev(environment)
  })

program
  .command('migrate')
  .description('bring the store up to date; every other command does so too')
  .option('--json', 'print one JSON object')
  .action(async ({ json }: { json?: true }) => {
    const { migrated, engine } = await openStore(loadDatabase(environment), { log: createLogger('warn') })
    await engine.close()
    const inWords = migrated.length === 0 ? 'The store is up to date.' : `Migrated: ${migrated.join(', ')}`
    process.stdout.write(`${json ? JSON.stringify({ migrated }) : inWords}\n`)
  })

addCredentialCommands(program, environment)

// Node.js would print an error that nobody caught with all that it carries.
process.on('uncaughtException', fail)
await program.parseAsync().catch(fail)

function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`The configuration is wrong:\n${error.message.replace(/^/gm, '  ')}\n`)
  } else {
    const { type, code, message, stack } = describeError(error)
    // Of the environment, such as EACCES; ERR_… are mistakes in a program, which only the stack explains.
    const isOperational = typeof code === 'string' && !code.startsWith('ERR_')
    process.stderr.write(`${isOperational ? `${message} (${code})` : `${type}: ${message}\n${stack}`}\n`)
  }
  process.exit(1)
}
