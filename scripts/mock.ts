/** Runs the contract as a mock server for front ends: `npm run mock`. For the options: `npm run mock -- --help`. */
import { Command, InvalidArgumentError } from 'commander'
import { startMock } from './mock/server.ts'

const { port, host, delay } = new Command('npm run mock --')
  .description(
    'Runs a mock server that answers every operation of the contract. The code of every session is 424242. A label in the email address, such as +expired, selects an error. The header Prefer selects an example.',
  )
  .option('--port <number>', 'the port to listen on; 0 picks a free one', portOf, 4010)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--delay <ms>', 'the minimum delay of every response', delayOf, 0)
  .parse()
  .opts<{ port: number; host: string; delay: number }>()

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('must be a port from 0 to 65535')
  return Number(text)
}

function delayOf(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new InvalidArgumentError('must be a whole number of milliseconds, maximum 99999')
  return Number(text)
}

const print = (line: string) => process.stdout.write(`${line}\n`)

try {
  const { url, operations } = await startMock({ port, host, delayMs: delay, report: print })
  for (const { method, path } of operations) print(`${method.toUpperCase().padEnd(5)} ${url}${path}`)
  print(`The mock is at ${url}; press Ctrl-C to stop it. Requests, and what is wrong with them:`)
} catch (error) {
  process.stderr.write(`The mock cannot start: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
