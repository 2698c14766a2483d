/**
 * Measures how much attackers get, and how much honest people lose, with the default limits:
 * `npm run simulate:abuse -- --help`.
 */
import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Outcome } from './simulate/attack.ts'
import { attacks } from './simulate/attacks.ts'

const options = new Command('npm run simulate:abuse --')
  .description(
    'Runs attacks next to honest traffic against the real rules and a real store, with the default limits and a simulated clock. Exits with 1 if an attacker gets more, or honest people lose more, than SECURITY.md says.',
  )
  .option('--quick', 'less time and fewer attackers, as in npm run check', false)
  .option('--only <text>', 'only attacks with this text in their name', '')
  .option('--seed <n>', 'the seed of the random numbers', Number, 1)
  .option('--json <file>', 'also write the figures to this file')
  .parse()
  .opts<{ quick: boolean; only: string; seed: number; json?: string }>()

const chosen = attacks.filter(({ name }) => name.includes(options.only))
if (chosen.length === 0) {
  process.stderr.write(`No attack has "${options.only}" in its name. The attacks are:\n`)
  for (const { name } of attacks) process.stderr.write(`  ${name}\n`)
  process.exit(2)
}

const figure = (value: number) => String(Number(value.toPrecision(3)))
const isKept = ({ got, atMost, lost, loseAtMost }: Outcome) => got <= atMost && lost <= loseAtMost

const outcomes: Outcome[] = []
for (const attack of chosen) {
  const startedAt = performance.now()
  for (const outcome of await attack.run({ seed: options.seed, isQuick: options.quick })) {
    outcomes.push(outcome)
    const { gets, got, atMost, loses, lost, loseAtMost } = outcome
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stdout.write(`${isKept(outcome) ? 'kept  ' : 'BROKEN'} ${outcome.attack} (${seconds} s)\n`)
    process.stdout.write(`         attacker gets ${figure(got)} (limit ${figure(atMost)}): ${gets}\n`)
    process.stdout.write(
      `         honest people lose ${figure(lost)} (limit ${figure(loseAtMost)}): ${loses}\n`,
    )
  }
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(outcomes, null, 2)}\n`)
const broken = outcomes.filter((outcome) => !isKept(outcome))
process.stdout.write(`${outcomes.length - broken.length} of ${outcomes.length} kept\n`)
process.exitCode = broken.length > 0 ? 1 : 0
