import { type Command, Option } from 'commander'
import { parseDuration } from '../config/parse.ts'
import type { Environment } from '../config/variables.ts'
import { issueServerKey, rollServerKey } from '../credentials/lifecycle.ts'
import { type Scope, scopes } from '../credentials/ports.ts'
import { sandboxOf } from '../sandbox.ts'
import { addSharedCommands, issuingOptions, type SharedOptions } from './credentials.ts'
import { checked, collect, toScope, toWebOrigin } from './options.ts'
import { isoTime, issued, type Output, print } from './output.ts'
import { withStore } from './with-store.ts'

interface KeyOptions extends SharedOptions {
  scope: Scope[]
}

export function addKeyCommands(program: Command, environment: Environment): void {
  const keys = program.command('keys').description('manage server keys, for back ends')

  issuingOptions(keys.command('create').description('issue a server key and show it once'))
    .addOption(
      new Option(
        '--scope <scope>',
        `scope of the key, repeatable: ${scopes.join(', ')} (default: server_otp)`,
      )
        .argParser(collect(toScope))
        .default([], ''),
    )
    .option(
      '--allow-origin <origin>',
      'origin that `redirectUrl` may point to, repeatable (default: none)',
      collect(toWebOrigin),
      [],
    )
    .action(
      ({
        name,
        project,
        sandbox,
        scope,
        allowIp,
        allowOrigin,
        allowFrom,
        expiresIn,
        limit,
        json,
      }: KeyOptions) =>
        withStore(environment, async ({ credentials, audit, requireProject }) => {
          await requireProject(project)
          const wanted = {
            name,
            projectId: sandbox ? sandboxOf(project) : project,
            scopes: scope.length > 0 ? scope : (['server_otp'] satisfies Scope[]),
            allowedAddresses: allowIp,
            allowedOrigins: allowOrigin,
            allowedSenders: allowFrom,
            expiresInMs: expiresIn,
            limit,
          }
          const { credential, key } = await issueServerKey(credentials, wanted, Date.now())
          await audit('key.created', credential.id, wanted)
          const what = sandbox ? 'sandbox server key' : 'server key'
          print(json, { id: credential.id, key }, () => issued(what, { id: credential.id, key }))
        }),
    )

  keys
    .command('roll')
    .description('issue a key with the same rights and show it once; the old one keeps working for a while')
    .argument('<id>')
    .addOption(
      new Option('--grace <duration>', 'how long the old key keeps working')
        .argParser(checked(parseDuration))
        .default(86_400_000, '24h'),
    )
    .option('--json', 'print one JSON object')
    .action((id: string, { grace, json }: Output & { grace: number }) =>
      withStore(environment, async ({ credentials, audit }) => {
        const rolled = await rollServerKey(credentials, id, grace, Date.now())
        if (rolled === undefined) return keys.error(`error: no active key has the id ${id}`)
        const { credential, key, oldExpiresAt } = rolled
        const until = isoTime(oldExpiresAt)
        await audit('key.rolled', id, { successor: credential.id, oldExpiresAt: until })
        const shown = { id: credential.id, key, oldId: id, oldExpiresAt: until }
        print(
          json,
          shown,
          () => `${issued('server key', { id: credential.id, key })}\n${id} works until ${until}.`,
        )
      }),
    )

  addSharedCommands(keys, 'server_key', environment, toWebOrigin)
}
