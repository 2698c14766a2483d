import { type Command, InvalidArgumentError, Option } from 'commander'
import { openStore } from '../app.ts'
import { type Environment, loadDatabasePath, parseDuration, parseNetworks } from '../config.ts'
import { issuePublicToken, issueServerKey } from '../credentials/lifecycle.ts'
import { type Credential, type CredentialStore, type Scope, scopes } from '../credentials/ports.ts'
import { createLogger } from '../log.ts'
import { parseRecipient } from '../otp/recipient.ts'

interface Output {
  json?: true
}

interface KeyOptions extends Output {
  name: string
  project: string
  scope: Scope[]
  allowFrom: string[]
  expiresIn?: number
}

interface TokenOptions extends Output {
  name: string
  project: string
  allowIp: string[]
  allowOrigin: string[]
  allowFrom: string[]
}

/** Adds `keys` and `tokens` with create, list and revoke. */
export function addCredentialCommands(program: Command, environment: Environment): void {
  const withStore = async (use: (store: CredentialStore) => Promise<void>) => {
    const { credentials, close } = await openStore(loadDatabasePath(environment), {
      log: createLogger('warn'),
    })
    try {
      await use(credentials)
    } finally {
      await close()
    }
  }

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
    .action(({ name, project, scope, allowFrom, expiresIn, json }: KeyOptions) =>
      withStore(async (store) => {
        const wanted = {
          name,
          projectId: project,
          scopes: scope.length > 0 ? scope : (['server_otp'] satisfies Scope[]),
          allowedSenders: allowFrom,
          expiresInMs: expiresIn,
        }
        const { credential, key } = await issueServerKey(store, wanted, Date.now())
        print(json, { id: credential.id, key }, () => issued('server key', { id: credential.id, key }))
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
      '--allow-origin <origin>',
      'origin whose pages may use it, repeatable (default: all)',
      collect(toOrigin),
      [],
    )
    .action(({ name, project, allowIp, allowOrigin, allowFrom, json }: TokenOptions) =>
      withStore(async (store) => {
        const wanted = {
          name,
          projectId: project,
          allowedAddresses: allowIp,
          allowedOrigins: allowOrigin,
          allowedSenders: allowFrom,
        }
        const { credential, token, secret } = await issuePublicToken(store, wanted, Date.now())
        const shown = { id: credential.id, token, secret }
        print(json, shown, () => issued('public token', shown))
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
        withStore(async (store) => {
          const list = await store.list(kind)
          print(json, { [command.name()]: list.map(forJson) }, () => table(list))
        }),
      )
    command
      .command('revoke')
      .description('end it at once; this cannot be undone')
      .argument('<id>')
      .option('--json', 'print one JSON object')
      .action((id: string, { json }: Output) =>
        withStore(async (store) => {
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
      '--allow-from <address>',
      'sender that `from` may name, repeatable (default: none)',
      collect(toAddress),
      [],
    )
    .option('--json', 'print one JSON object')
}

const checked =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message)
    }
  }

const collect =
  <T>(parse: (text: string) => T) =>
  (text: string, earlier: T[]): T[] => [...earlier, checked(parse)(text)]

function toName(text: string): string {
  if (!/^[^\p{Cc}]{1,100}$/u.test(text.trim())) throw new Error('must have 1 to 100 characters')
  return text.trim()
}

function toProject(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(text))
    throw new Error('must be lower-case letters, digits and dashes')
  return text
}

function toScope(text: string): Scope {
  const scope = scopes.find((known) => known === text)
  if (scope === undefined) throw new Error(`must be one of ${scopes.join(', ')}`)
  return scope
}

function toNetwork(text: string): string {
  if (text.includes(',')) throw new Error('must be one address or CIDR block; repeat the option for more')
  parseNetworks(text)
  return text
}

function toOrigin(text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text)
    throw new Error('must be an origin such as https://app.example')
  return text
}

function toAddress(text: string): string {
  const recipient = parseRecipient(text)
  if (recipient === undefined) throw new Error('must be exactly one email address')
  return recipient.address
}

function print(json: true | undefined, value: object, inWords: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : inWords()}\n`)
}

function issued(what: string, shown: Record<string, string>): string {
  const lines = Object.entries(shown).map(([name, value]) => `  ${name.padEnd(7)} ${value}`)
  return [
    `A ${what} was issued. This is the only time that it is shown; the store keeps its hash.`,
    ...lines,
  ].join('\n')
}

function isoTime(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}

function forJson({ createdAt, expiresAt, revokedAt, ...rest }: Credential) {
  return {
    ...rest,
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
    revokedAt: isoTime(revokedAt),
  }
}

function table(list: Credential[]): string {
  if (list.length === 0) return 'None yet.'
  const rows = list.map((credential) => [
    credential.id,
    credential.name,
    credential.projectId,
    credential.scopes.join(' ') || '-',
    isoTime(credential.createdAt) ?? '-',
    credential.revokedAt !== undefined ? `revoked ${isoTime(credential.revokedAt)}` : expiry(credential),
  ])
  const all = [['ID', 'NAME', 'PROJECT', 'SCOPES', 'CREATED', 'STATUS'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function expiry({ expiresAt }: Credential): string {
  if (expiresAt === undefined) return 'active'
  return `${expiresAt <= Date.now() ? 'expired' : 'active until'} ${isoTime(expiresAt)}`
}
