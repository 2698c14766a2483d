#!/usr/bin/env node
import { Command } from 'commander'
import { addAuditCommand } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addCopyCommand } from './commands/copy-store.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEraseCommand } from './commands/erase.ts'
import { addHealthCommand } from './commands/health.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addMailCommands } from './commands/mail.ts'
import { addNetworksCommand } from './commands/networks.ts'
import { addProjectCommands } from './commands/projects.ts'
import { addRecipientCommands } from './commands/recipients.ts'
import { addSessionCommands } from './commands/sessions.ts'
import { addTokenCommands } from './commands/tokens.ts'
import { UsageError } from './commands/usage-error.ts'
import { addWebhookCommands } from './commands/webhooks.ts'
import { readEnvFile } from './config/env-file.ts'
import { ConfigError, loadDatabase } from './config.ts'
import { version } from './generated/version.ts'
import { createLogger, describeError } from './log.ts'
import { openStore } from './open-store.ts'

const environment = process.env
try {
  // A variable that is already set wins over the file.
  for (const [name, value] of Object.entries(readEnvFile('.env'))) environment[name] ??= value
} catch (error) {
  fail(new ConfigError((error as Error).message))
}

const program = new Command('risumail-otp')
  .description('Self-hosted email OTP and email-verification service. Configuration: see .env.example.')
  .version(version, '-v, --version', 'print the version')
  .showHelpAfterError()

program
  .command('serve')
  .description('run the server')
  .action(async () => {
    // Imported here, so that the other commands start without loading the server.
    const { serve } = await import('./commands/serve.ts')
    await serve(environment)
  })

program
  .command('dev')
  .description('run a development server with ready-made credentials and an inbox that catches emails')
  .action(async () => {
    const { dev } = await import('./commands/dev.ts')
    await dev(environment)
  })

program
  .command('migrate')
  .description('bring the store up to date; the server and commands that change the store do this too')
  .option('--json', 'print one JSON object')
  .action(async ({ json }: { json?: true }) => {
    const { migrated, engine } = await openStore(loadDatabase(environment), { log: createLogger('warn') })
    await engine.close()
    const inWords = migrated.length === 0 ? 'The store is up to date.' : `Migrated: ${migrated.join(', ')}`
    process.stdout.write(`${json ? JSON.stringify({ migrated }) : inWords}\n`)
  })

addHealthCommand(program, environment)
addDoctorCommand(program, environment)
addMailCommands(program, environment)
addBackupCommands(program, environment)
addProjectCommands(program, environment)
addAuditCommand(program, environment)
addKeyCommands(program, environment)
addTokenCommands(program, environment)
addCopyCommand(program, environment)
addNetworksCommand(program, environment)
addEraseCommand(program, environment)
addRecipientCommands(program, environment)
addSessionCommands(program, environment)
addWebhookCommands(program, environment)

// A reader that stops early, such as `| head -1`, is not an error. Any other lost output is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  fail(error)
})
process.stderr.on('error', () => {}) // there is nowhere left to report it
// By default, Node.js would print an uncaught error with all its properties.
process.on('uncaughtException', fail)
await program.parseAsync().catch(fail)

function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`The configuration is not valid:\n${error.message.replace(/^/gm, '  ')}\n`)
  } else if (error instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`)
  } else {
    const { type, code, message, stack } = describeError(error)
    // Codes such as EACCES come from the environment. ERR_… codes are bugs, which only the stack explains.
    const isOperational = typeof code === 'string' && !code.startsWith('ERR_')
    process.stderr.write(`${isOperational ? `${message} (${code})` : `${type}: ${message}\n${stack}`}\n`)
  }
  process.exit(1)
}
