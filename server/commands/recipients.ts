import type { Command } from 'commander'
import { parseDuration } from '../config/parse.ts'
import type { Environment } from '../config/variables.ts'
import { openStoreAsItIs } from '../open-store.ts'
import type { Recipient } from '../otp/recipient.ts'
import {
  addTestRecipient,
  longestLifetimeMs,
  type TestRecipient,
  type TestRecipients,
} from '../otp/test-recipients.ts'
import { createTestRecipients } from '../store/test-recipients.ts'
import { checked, toProject, toRecipient } from './options.ts'
import { columns, isoTime, issued, type Output, print } from './output.ts'
import { otpSecretsOf } from './secrets.ts'
import { type Store, withStore } from './with-store.ts'

interface AddOptions {
  address: Recipient
  project: string
  until: number
  json?: true
}

/** Adds `recipients test`, for reviewers and bots that sign in to a live system but cannot read the email. */
export function addRecipientCommands(program: Command, environment: Environment): void {
  const test = program
    .command('recipients')
    .description('manage recipients with special rules')
    .command('test')
    .description('addresses with a fixed code that get no email; everything else about them is live')
  const withRecipients = (
    use: (recipients: TestRecipients, store: Store) => Promise<void>,
    open?: typeof openStoreAsItIs,
  ) => withStore(environment, (store) => use(createTestRecipients(store.engine), store), open)

  test
    .command('add')
    .description('give an address a fixed code and show the code once; a new code replaces the old one')
    .requiredOption('--address <address>', 'email address of the test recipient', checked(toRecipient))
    .requiredOption(
      '--until <duration>',
      'how long the code can be used, such as 30d; at most 90d',
      checked(toLifetime),
    )
    .option('--project <project>', 'project whose sends use the code', checked(toProject), 'default')
    .option('--json', 'print one JSON object')
    .action(({ address, project, until, json }: AddOptions) => {
      const [secret] = otpSecretsOf(environment, 'it makes the key under which the code is stored')
      return withRecipients(async (store, { requireProject, audit }) => {
        await requireProject(project)
        const wanted = { projectId: project, recipient: address, expiresInMs: until }
        const { testRecipient, code } = await addTestRecipient(store, wanted, secret, Date.now())
        const { id, expiresAt } = testRecipient
        await audit('test-recipient.added', id, { project, until: isoTime(expiresAt) })
        const shown = {
          id,
          code: code.slice(0, usualDigits),
          longestCode: code,
          until: isoTime(expiresAt) ?? '',
        }
        print(
          json,
          shown,
          () => `${issued('fixed code', { id, code: shown.code, until: shown.until }, 'only keyed hashes of it')}
A send with another number of digits uses the first digits of ${code}.`,
        )
      })
    })

  test
    .command('list')
    .description('list the test recipients, without their codes')
    .option('--json', 'print one JSON object')
    .action(({ json }: Output) =>
      withRecipients(async (store) => {
        const list = await store.list()
        print(json, { testRecipients: list.map(forJson) }, () => table(list))
      }, openStoreAsItIs),
    )

  test
    .command('remove')
    .description(
      'send email to the address again, from the next send on; codes already issued stay valid until they expire',
    )
    .argument('<id>')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Output) =>
      withRecipients(async (store, { audit }) => {
        if (!(await store.remove(id))) test.error(`error: there is no test recipient ${id}`)
        await audit('test-recipient.removed', id)
        print(json, { id, removed: true }, () => `${id} was removed.`)
      }),
    )
}

/** The default number of digits of a send. */
const usualDigits = 6

function toLifetime(text: string): number {
  const lifetimeMs = parseDuration(text)
  if (lifetimeMs > longestLifetimeMs) throw new Error('must be 90d or less')
  return lifetimeMs
}

function forJson({ id, projectId, canonicalRecipient, createdAt, expiresAt }: TestRecipient) {
  const times = { createdAt: isoTime(createdAt), expiresAt: isoTime(expiresAt) }
  return { id, projectId, address: canonicalRecipient, ...times, expired: expiresAt <= Date.now() }
}

function table(list: TestRecipient[]): string {
  if (list.length === 0) return 'None yet.'
  const rows = list.map(({ id, projectId, canonicalRecipient, expiresAt }) => [
    id,
    projectId,
    canonicalRecipient,
    `${expiresAt <= Date.now() ? 'expired' : 'until'} ${isoTime(expiresAt)}`,
  ])
  return columns([['ID', 'PROJECT', 'ADDRESS', 'STATUS'], ...rows])
}
