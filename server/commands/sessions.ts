import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { deliveryProblems } from '../mail/problems.ts'
import { openStoreAsItIs } from '../open-store.ts'
import type { Recipient } from '../otp/recipient.ts'
import { sandboxRecipient } from '../otp/recipient.ts'
import { eventsOf, statusOf } from '../otp/status.ts'
import {
  createOperatorSessions,
  type OperatorSession,
  type OperatorSessions,
} from '../store/operator-sessions.ts'
import { checked, toCount, toRecipient } from './options.ts'
import { columns, isoTime, type Output, print, projectForJson, projectInWords } from './output.ts'
import { withStore } from './with-store.ts'

/** Adds the command `sessions`, which helps an operator answer "I got no code". */
export function addSessionCommands(program: Command, environment: Environment): void {
  const sessions = program.command('sessions').description('show the status of requested codes')
  const withSessions = (use: (store: OperatorSessions) => Promise<void>) =>
    withStore(environment, ({ engine }) => use(createOperatorSessions(engine)), openStoreAsItIs)

  sessions
    .command('show')
    .description('show one session: its status, its events and the delivery of its email')
    .argument('<id>')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Output) =>
      withSessions(async (store) => {
        const found = await store.find(id)
        if (found === undefined) return sessions.error(`error: there is no session ${id}, or it was deleted`)
        print(json, forJson(found.session, found.at), () => inWords(found.session, found.at))
      }),
    )

  sessions
    .command('find')
    .description('list the sessions of a mailbox, for every spelling of its address, newest first')
    .requiredOption('--email <address>', 'email address of the person', checked(toRecipient))
    .option('--limit <count>', 'maximum number of sessions', checked(toCount), 20)
    .option('--json', 'print one JSON object')
    .action(({ email, limit, json }: Output & { email: Recipient; limit: number }) =>
      withSessions(async (store) => {
        const [live, sandbox] = [
          await store.ofMailbox(email.mailbox),
          await store.ofMailbox(sandboxRecipient(email).mailbox),
        ]
        const at = Math.max(live.at, sandbox.at)
        const found = [...live.sessions, ...sandbox.sessions]
          .sort((a, b) => b.issuedAt - a.issuedAt)
          .slice(0, limit)
        print(json, { sessions: found.map((session) => forJson(session, at)) }, () => table(found, at))
      }),
    )
}

function forJson(session: OperatorSession, at: number) {
  const { id, flow, projectId, credentialId, canonicalRecipient, issuedAt, expiresAt, delivery } = session
  return {
    sessionId: id,
    flow,
    ...projectForJson(projectId),
    credentialId,
    email: canonicalRecipient,
    status: statusOf(session, at),
    askedAt: isoTime(issuedAt),
    expiresAt: isoTime(expiresAt),
    events: eventsOf(session, at),
    delivery: delivery ?? null,
    ...(session.testRecipient !== null && { testRecipient: true }),
  }
}

function inWords(session: OperatorSession, at: number): string {
  const { id, flow, projectId, credentialId, canonicalRecipient, issuedAt, delivery } = session
  const facts: [string, string][] = [
    ['session', id],
    ['recipient', canonicalRecipient],
    ['flow', flow],
    ['project', projectInWords(projectId)],
    ['credential', credentialId],
    ['status', statusOf(session, at)],
    ['requested', isoTime(issuedAt) ?? ''],
    ...eventsOf(session, at).map(({ type, at: time }): [string, string] => [
      type.toLowerCase().replaceAll('_', ' '),
      time,
    ]),
    ...Object.entries(delivery ?? {}).map(([name, value]): [string, string] => [
      name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`),
      String(value),
    ]),
  ]
  const problem = delivery?.problem
  return [
    columns(facts),
    ...(delivery === undefined ? [noDelivery(session)] : []),
    ...(problem === undefined ? [] : [deliveryProblems[problem].remedy]),
    ...(delivery?.phase === 'accepted'
      ? [
          'The mail server accepted the email. To see what it did with it, search its log for the queue id or the message id.',
        ]
      : []),
  ].join('\n')
}

function noDelivery({ testRecipient }: OperatorSession): string {
  return testRecipient === null
    ? 'There is no record of a delivery: it is in progress, the server was killed, or this is the sandbox.'
    : 'No email was sent: this is a test recipient.'
}

function table(found: OperatorSession[], at: number): string {
  if (found.length === 0) return 'This mailbox has no sessions, or they were deleted.'
  const rows = found.map((session) => [
    session.id,
    projectInWords(session.projectId),
    isoTime(session.issuedAt) ?? '',
    statusOf(session, at),
    session.delivery?.problem ?? session.delivery?.phase ?? '-',
  ])
  return columns([['SESSION', 'PROJECT', 'REQUESTED', 'STATUS', 'DELIVERY'], ...rows])
}
