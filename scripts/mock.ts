/** Runs the contract as a mock server for front ends: `npm run mock`. For the options: `npm run mock -- --help`. */
import { Command, InvalidArgumentError } from 'commander'
import { startMock } from './mock/server.ts'

const { port, host, delay } = new Command('npm run mock --')
  .description(
    'Answers every operation of the contract: sessions that were sent can be verified with 424242, labels such as +expired ask for every error, and Prefer asks for an example.',
  )
  .option('--port <number>', 'where to listen; 0 takes a free one', portOf, 4010)
  .option('--host <address>', 'on which address', '127.0.0.1')
  .option('--delay <ms>', 'how long every answer takes at least', delayOf, 0)
  .parse()
  .opts<{ port: number; host: string; delay: number }>()

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('not a port')
  return Number(text)
}

function delayOf(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new InvalidArgumentError('must be a number of milliseconds, at most 99999')
  return Number(text)
}

const print = (line: string) => process.stdout.write(`${line}\n`)

try {
  const { url, operations } = await startMock({ port, host, delayMs: delay, report: print })
  for (const { method, path } of operations) print(`${method.toUpperCase().padEnd(5)} ${url}${path}`)
  print(`The mock is at ${url}; Ctrl-C ends it. What it is asked for, and what is wrong with that:`)
} catch (error) {
  process.stderr.write(`The mock cannot start: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
