import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { createAudit } from '../store/audit.ts'
import type { Project } from '../store/projects.ts'
import { checked, toCount, toName, toProject } from './options.ts'
import { columns, isoTime, print } from './output.ts'
import { withStore } from './with-store.ts'

interface Output {
  json?: true
}

/** Adds `projects`, and `audit`, which shows who changed what. */
export function addProjectCommands(program: Command, environment: Environment): void {
  const projects = program
    .command('projects')
    .description('what keys, tokens and webhooks belong to; no project sees the sessions of another')
  const id = (command: Command) =>
    command.argument('<id>', 'lower-case letters, digits and dashes', checked(toProject))

  id(projects.command('create').description('add a project'))
    .option('--name <name>', 'what people call it (default: its id)', checked(toName))
    .option('--json', 'print one JSON object')
    .action((project: string, { name = project, json }: Output & { name?: string }) =>
      withStore(environment, async ({ projects: store, audit }) => {
        const isNew = await store.create({ id: project, name, createdAt: Date.now() })
        if (!isNew) return projects.error(`error: there is a project ${project} already`)
        await audit('project.created', project, { name })
        print(json, { id: project, name }, () => `The project ${project} was added.`)
      }),
    )

  id(projects.command('rename').description('change what people call a project; its id stays'))
    .requiredOption('--name <name>', 'what people call it', checked(toName))
    .option('--json', 'print one JSON object')
    .action((project: string, { name, json }: Output & { name: string }) =>
      withStore(environment, async ({ projects: store, audit, requireProject }) => {
        await requireProject(project)
        await store.rename(project, name)
        await audit('project.renamed', project, { name })
        print(json, { id: project, name }, () => `The project ${project} is called ${name} from now on.`)
      }),
    )

  projects
    .command('list')
    .description('show the projects')
    .option('--json', 'print one JSON object')
    .action(({ json }: Output) =>
      withStore(
        environment,
        async ({ projects: store }) => {
          const list = await store.list()
          print(json, { projects: list.map(forJson) }, () => table(list))
        },
        openStoreAsItIs,
      ),
    )

  program
    .command('audit')
    .description('show who changed what from the command line, the newest first')
    .option('--limit <count>', 'how many at most', checked(toCount), 50)
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
              ? 'Nothing yet.'
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

function forJson({ id, name, createdAt }: Project) {
  return { id, name, createdAt: isoTime(createdAt) }
}

function table(list: Project[]): string {
  return columns([
    ['ID', 'NAME', 'CREATED'],
    ...list.map(({ id, name, createdAt }) => [id, name, createdAt === 0 ? '-' : (isoTime(createdAt) ?? '-')]),
  ])
}
