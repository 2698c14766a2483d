import { type Command, Option } from 'commander'
import { parseDuration } from '../config/parse.ts'
import type { Environment } from '../config/variables.ts'
import { issuePublicToken, issueServerKey } from '../credentials/lifecycle.ts'
import { type CredentialStore, type Scope, scopes } from '../credentials/ports.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { sandboxOf } from '../sandbox.ts'
import {
  checked,
  collect,
  toAddress,
  toName,
  toNetwork,
  toOrigin,
  toProject,
  toScope,
  toWebOrigin,
} from './options.ts'
import { forJson, issued, print, table } from './output.ts'
import { withStore } from './with-store.ts'

interface Output {
  json?: true
}

interface KeyOptions extends Output {
  name: string
  project: string
  sandbox?: true
  scope: Scope[]
  allowOrigin: string[]
  allowFrom: string[]
  expiresIn?: number
}

interface TokenOptions extends Output {
  name: string
  project: string
  sandbox?: true
  allowIp: string[]
  denyIp: string[]
  allowOrigin: string[]
  allowFrom: string[]
}

interface DenyOptions extends Output {
  ip: string[]
}

/** Adds `keys` and `tokens` with create, list and revoke. */
export function addCredentialCommands(program: Command, environment: Environment): void {
  const withCredentials = (use: (store: CredentialStore) => Promise<void>, open?: typeof openStoreAsItIs) =>
    withStore(environment, ({ credentials }) => use(credentials), open)

  const keys = program.command('keys').description('server keys, for back ends')
  shared(keys.command('create').description('issue a server key and show it once'))
    .addOption(
      new Option(
        '--scope <scope>',
        `scope of the key, repeatable: ${scopes.join(', ')} (default: server_otp)`,
      )
        .argParser(collect(toScope))
        .default([], ''),
    )
    .option(
      '--expires-in <duration>',
      'lifetime such as 12h or 90d (default: does not expire)',
      checked(parseDuration),
    )
    .option(
      '--allow-origin <origin>',
      'origin that `redirectUrl` may lead to, repeatable (default: none)',
      collect(toWebOrigin),
      [],
    )
    .action(({ name, project, sandbox, scope, allowOrigin, allowFrom, expiresIn, json }: KeyOptions) =>
      withCredentials(async (store) => {
        const wanted = {
          name,
          projectId: sandbox ? sandboxOf(project) : project,
          scopes: scope.length > 0 ? scope : (['server_otp'] satisfies Scope[]),
          allowedOrigins: allowOrigin,
          allowedSenders: allowFrom,
          expiresInMs: expiresIn,
        }
        const { credential, key } = await issueServerKey(store, wanted, Date.now())
        const what = sandbox ? 'sandbox server key' : 'server key'
        print(json, { id: credential.id, key }, () => issued(what, { id: credential.id, key }))
      }),
    )

  const tokens = program.command('tokens').description('public OTP tokens, for browsers')
  shared(
    tokens.command('create').description('issue a public token and its analytics secret and show them once'),
  )
    .option(
      '--allow-ip <cidr>',
      'address or CIDR block that may use it, repeatable (default: all)',
      collect(toNetwork),
      [],
    )
    .option(
      '--deny-ip <cidr>',
      'address or CIDR block that may not use it, repeatable (default: none)',
      collect(toNetwork),
      [],
    )
    .option(
      '--allow-origin <origin>',
      'origin whose pages may use it, repeatable (default: all)',
      collect(toOrigin),
      [],
    )
    .action(({ name, project, sandbox, allowIp, denyIp, allowOrigin, allowFrom, json }: TokenOptions) =>
      withCredentials(async (store) => {
        const wanted = {
          name,
          projectId: sandbox ? sandboxOf(project) : project,
          allowedAddresses: allowIp,
          deniedAddresses: denyIp,
          allowedOrigins: allowOrigin,
          allowedSenders: allowFrom,
        }
        const { credential, token, secret } = await issuePublicToken(store, wanted, Date.now())
        const shown = { id: credential.id, token, secret }
        print(json, shown, () => issued(sandbox ? 'sandbox public token' : 'public token', shown))
      }),
    )

  tokens
    .command('deny')
    .description('refuse these addresses from now on, on every instance, and no others')
    .argument('<id>')
    .option('--ip <cidr>', 'address or CIDR block, repeatable (default: none)', collect(toNetwork), [])
    .option('--json', 'print one JSON object')
    .action((id: string, { ip, json }: DenyOptions) =>
      withCredentials(async (store) => {
        if (!(await store.denyAddresses(id, ip))) {
          tokens.error(`error: there is no ${id} among the tokens that are not yet revoked`)
        }
        const inWords = ip.length === 0 ? 'nobody by address' : ip.join(', ')
        print(json, { id, deniedAddresses: ip }, () => `${id} refuses ${inWords} from now on.`)
      }),
    )

  for (const [command, kind] of [
    [keys, 'server_key'],
    [tokens, 'public_token'],
  ] as const) {
    command
      .command('list')
      .description('show what was issued, without the secrets')
      .option('--json', 'print one JSON object')
      .action(({ json }: Output) =>
        withCredentials(async (store) => {
          const list = await store.list(kind)
          print(json, { [command.name()]: list.map(forJson) }, () => table(list))
        }, openStoreAsItIs),
      )
    command
      .command('revoke')
      .description('end it at once; this cannot be undone')
      .argument('<id>')
      .option('--json', 'print one JSON object')
      .action((id: string, { json }: Output) =>
        withCredentials(async (store) => {
          if (!(await store.revoke(kind, id, Date.now()))) {
            command.error(`error: there is no ${id} among the ${command.name()} that are not yet revoked`)
          }
          print(json, { id, revoked: true }, () => `${id} is revoked.`)
        }),
      )
  }
}

function shared(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'what it is for, to recognise it later', checked(toName))
    .option('--project <project>', 'project that it belongs to', checked(toProject), 'default')
    .option(
      '--sandbox',
      'for tests: it mails nothing, and its codes and sessions are apart from the live ones',
    )
    .option(
      '--allow-from <address>',
      'sender that `from` may name, repeatable (default: none)',
      collect(toAddress),
      [],
    )
    .option('--json', 'print one JSON object')
}
