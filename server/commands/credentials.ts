import { type Command, Option } from 'commander'
import { parseDuration } from '../config/parse.ts'
import type { Environment } from '../config/variables.ts'
import type { Changes, Credential, Grants } from '../credentials/ports.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { projectName } from '../sandbox.ts'
import { checked, collect, toAddress, toName, toNetwork, toOwnLimit, toProject } from './options.ts'
import { forJson, type Output, print, table } from './output.ts'
import { withStore } from './with-store.ts'

// The parts that `keys` and `tokens` share.

/** The options for issuing either kind. */
export interface SharedOptions extends Output {
  name: string
  project: string
  sandbox?: true
  allowIp: string[]
  allowOrigin: string[]
  allowFrom: string[]
  expiresIn?: number
  limit?: NonNullable<Grants['limit']>
}

export function issuingOptions(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'name to recognize it by later', checked(toName))
    .option('--project <project>', 'project that it belongs to', checked(toProject), 'default')
    .option('--sandbox', 'for tests: sends no email; its codes and sessions are separate from the live ones')
    .option(
      '--allow-ip <cidr>',
      'address or CIDR block that may use it, repeatable (default: all)',
      collect(toNetwork),
      [],
    )
    .option(
      '--allow-from <address>',
      'sender address that `from` may use, repeatable (default: none)',
      collect(toAddress),
      [],
    )
    .option(
      '--expires-in <duration>',
      'lifetime such as 12h or 90d (default: does not expire)',
      checked(parseDuration),
    )
    .option(
      '--limit <N/duration>',
      'maximum sends, such as 100/1m (default: LIMIT_PER_CREDENTIAL)',
      checked(toOwnLimit),
    )
    .option('--json', 'print one JSON object')
}

type ListName = 'allow-ip' | 'deny-ip' | 'allow-origin' | 'allow-from'

/** The list that each option changes. */
const grantOf: Record<ListName, keyof Grants> = {
  'allow-ip': 'allowedAddresses',
  'deny-ip': 'deniedAddresses',
  'allow-origin': 'allowedOrigins',
  'allow-from': 'allowedSenders',
}

interface UpdateOptions extends Output {
  name?: string
  allowIp?: string[]
  denyIp?: string[]
  allowOrigin?: string[]
  allowFrom?: string[]
  expiresIn?: number
  limit?: NonNullable<Grants['limit']>
  clear?: string[]
}

/** Adds list, update and revoke for one kind. @param toOrigin parses an origin that this kind may have */
export function addSharedCommands(
  command: Command,
  kind: Credential['kind'],
  environment: Environment,
  toOrigin: (text: string) => string,
): void {
  const [what, few] = kind === 'server_key' ? ['key', 'keys'] : ['token', 'tokens']
  const missing = (id: string) => command.error(`error: no active ${what} has the id ${id}`)

  command
    .command('list')
    .description(`list all ${few} and when they were last used, without the secrets`)
    .option('--project <project>', 'only those of this project (default: all projects)', checked(toProject))
    .option('--json', 'print one JSON object')
    .action(({ project, json }: Output & { project?: string }) =>
      withStore(
        environment,
        async ({ credentials }) => {
          const all = await credentials.list(kind)
          const list = all.filter(
            ({ projectId }) => project === undefined || projectName(projectId) === project,
          )
          print(json, { [few as string]: list.map(forJson) }, () => table(list))
        },
        openStoreAsItIs,
      ),
    )

  const lists = Object.keys(grantOf).filter((name) => kind === 'public_token' || name !== 'deny-ip')
  const update = command
    .command('update')
    .description(`change what a ${what} may do, on every instance at once; a new list replaces the old one`)
    .argument('<id>')
    .option('--name <name>', 'new name', checked(toName))
    .option('--allow-ip <cidr>', 'address or CIDR block that may use it, repeatable', repeated(toNetwork))
    .option('--allow-origin <origin>', 'allowed origin, repeatable', repeated(toOrigin))
    .option('--allow-from <address>', 'sender address that `from` may use, repeatable', repeated(toAddress))
    .option(
      '--expires-in <duration>',
      'new lifetime, counted from now, such as 12h or 90d',
      checked(parseDuration),
    )
    .option('--limit <N/duration>', 'maximum sends, such as 100/1m', checked(toOwnLimit))
    .addOption(
      new Option(
        '--clear <what>',
        `empty this list or remove this setting, repeatable: ${[...lists, 'limit', 'expiry'].join(', ')}`,
      )
        .choices([...lists, 'limit', 'expiry'])
        .argParser((text: string, earlier: string[] = []) => {
          if (![...lists, 'limit', 'expiry'].includes(text))
            return command.error(`error: --clear must be one of ${[...lists, 'limit', 'expiry'].join(', ')}`)
          return [...earlier, text]
        }),
    )
    .option('--json', 'print one JSON object')
  if (kind === 'public_token')
    update.option(
      '--deny-ip <cidr>',
      'address or CIDR block that may not use it, repeatable',
      repeated(toNetwork),
    )
  update.action((id: string, { json, ...wanted }: UpdateOptions) =>
    withStore(environment, async ({ credentials, audit }) => {
      const changes = changesOf(wanted, Date.now())
      if (Object.keys(changes).length === 0) return update.error('error: name at least one option to change')
      const changed = await credentials.change(kind, id, () => ({ changes }))
      if (changed === undefined) return missing(id)
      await audit(`${what}.updated`, id, changes)
      print(json, forJson(changed), () => `${id} was updated on every instance.`)
    }),
  )

  command
    .command('revoke')
    .description(`revoke a ${what} at once; this cannot be undone`)
    .argument('<id>')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Output) =>
      withStore(environment, async ({ credentials, audit }) => {
        if (!(await credentials.revoke(kind, id, Date.now()))) return missing(id)
        await audit(`${what}.revoked`, id)
        print(json, { id, revoked: true }, () => `${id} was revoked.`)
      }),
    )
}

const repeated =
  <T>(parse: (text: string) => T) =>
  (text: string, earlier: T[] = []): T[] => [...earlier, checked(parse)(text)]

function changesOf(wanted: UpdateOptions, now: number): Changes {
  const { name, allowIp, denyIp, allowOrigin, allowFrom, expiresIn, limit, clear = [] } = wanted
  const cleared = clear.map((what): Changes => {
    if (what === 'limit') return { limit: undefined }
    if (what === 'expiry') return { expiresAt: undefined }
    return { [grantOf[what as ListName]]: [] }
  })
  return Object.assign(
    {},
    ...cleared,
    name && { name },
    allowIp && { allowedAddresses: allowIp },
    denyIp && { deniedAddresses: denyIp },
    allowOrigin && { allowedOrigins: allowOrigin },
    allowFrom && { allowedSenders: allowFrom },
    expiresIn && { expiresAt: now + expiresIn },
    limit && { limit },
  ) as Changes
}
