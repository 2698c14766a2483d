import { type Command, Option } from 'commander'
import { parseDuration } from '../config/parse.ts'
import type { Environment } from '../config/variables.ts'
import { loadDatabase } from '../config.ts'
import { createLogIds } from '../http/log-ids.ts'
import { createLogger } from '../log.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { networkActivity } from '../store/networks.ts'
import { checked, toCount } from './options.ts'
import { columns, print } from './output.ts'
import { otpSecretsOf } from './secrets.ts'

interface NetworkOptions {
  since: number
  most: number
  json?: true
}

/** Adds `networks`, for finding the network behind an attack. */
export function addNetworksCommand(program: Command, environment: Environment): void {
  program
    .command('networks')
    .description('show the client networks with the most sends by public tokens, and their ids in the log')
    .addOption(
      new Option('--since <duration>', 'how far back, such as 10m or 24h')
        .argParser(checked(parseDuration))
        .default(3_600_000, '1h'),
    )
    .addOption(
      new Option('--most <n>', 'maximum number of networks').argParser(checked(toCount)).default(20, '20'),
    )
    .option('--json', 'print one JSON object')
    .action(async ({ since, most, json }: NetworkOptions) => {
      const idOf = createLogIds(otpSecretsOf(environment, 'it makes the ids in the log')[0])
      const { engine } = await openStoreAsItIs(loadDatabase(environment), { log: createLogger('warn') })
      try {
        const found = await networkActivity(engine, since, most)
        const networks = found.map((each) => ({ ...each, id: idOf('network', each.network) }))
        print(json, { networks }, () => {
          if (networks.length === 0) return 'No public token was used in this period.'
          const head = [
            'NETWORK',
            'ID IN THE LOG',
            'ADDRESSES',
            'SENDS',
            'FAILED',
            'VERIFIED',
            'WRONG CODES',
            'TOKEN',
          ]
          const rows = networks.map((each) => [
            each.network,
            each.id,
            ...[each.addresses, each.sends, each.failures, each.verified, each.wrongCodes].map(String),
            each.credentialId,
          ])
          return columns([head, ...rows])
        })
      } finally {
        await engine.close()
      }
    })
}
