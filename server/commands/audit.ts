import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { createAudit } from '../store/audit.ts'
import { checked, toCount } from './options.ts'
import { columns, isoTime, type Output, print } from './output.ts'
import { withStore } from './with-store.ts'

export function addAuditCommand(program: Command, environment: Environment): void {
  program
    .command('audit')
    .description('show who changed what from the command line, newest first')
    .option('--limit <count>', 'maximum number of entries', checked(toCount), 50)
    .option('--json', 'print one JSON object')
    .action(({ limit, json }: Output & { limit: number }) =>
      withStore(
        environment,
        async ({ engine }) => {
          const list = await createAudit(engine).list(limit)
          const entries = list.map(({ id: entryId, at, details, ...entry }) => ({
            id: entryId,
            at: isoTime(at),
            ...entry,
            details: JSON.parse(details) as object,
          }))
          print(json, { entries }, () =>
            list.length === 0
              ? 'No entries yet.'
              : columns([
                  ['AT', 'ACTOR', 'ACTION', 'SUBJECT', 'DETAILS'],
                  ...list.map(({ at, actor, action, subject, details }) => [
                    isoTime(at) ?? '',
                    actor,
                    action,
                    subject,
                    details,
                  ]),
                ]),
          )
        },
        openStoreAsItIs,
      ),
    )
}
