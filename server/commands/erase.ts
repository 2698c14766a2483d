import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { countErasable, eraseRecipient } from '../otp/erase.ts'
import { createErasedKeys, type Erased } from '../otp/erased.ts'
import { isSandbox, projectName, sandboxOf } from '../sandbox.ts'
import { createSessionStore } from '../store/sessions.ts'
import { checked, toAddress, toProject } from './options.ts'
import { columns, print, projectInWords } from './output.ts'
import { otpSecretsOf } from './secrets.ts'
import { withStore } from './with-store.ts'

interface EraseOptions {
  email: string
  project?: string
  dryRun?: true
  json?: true
}

/** Adds `erase`, which deletes the data of one person. */
export function addEraseCommand(program: Command, environment: Environment): void {
  program
    .command('erase')
    .description('erase the data of a mailbox, for every spelling of its address; this cannot be undone')
    .requiredOption('--email <address>', 'email address of the person', checked(toAddress))
    .option('--project <project>', 'only in this project (default: all projects)', checked(toProject))
    .option('--dry-run', 'only show what would be erased')
    .option('--json', 'print one JSON object')
    .action(({ email, project, dryRun, json }: EraseOptions) => {
      const why = 'it makes the keys that limits use to keep counting an erased recipient'
      const [secret] = otpSecretsOf(environment, why)
      return withStore(environment, async ({ engine, requireProject, audit }) => {
        if (project) await requireProject(project)
        const sessions = createSessionStore(engine)
        const dependencies = { sessions, erasedKeys: createErasedKeys(secret) }
        const erase = dryRun ? countErasable : eraseRecipient
        const projects: ({ project: string } & Erased)[] = []
        for (const projectId of project ? [project, sandboxOf(project)] : await sessions.projects())
          projects.push({ project: projectId, ...(await erase(dependencies, { projectId, email })) })
        const listed = projects.map(({ project: projectId, ...erased }) => ({
          project: projectName(projectId),
          sandbox: isSandbox(projectId),
          ...erased,
        }))
        // The audit does not record who was erased, because that would keep the address.
        if (!dryRun) await audit('recipient.erased', project ?? 'every project')
        print(json, { dryRun: dryRun ?? false, projects: listed }, () => inWords(projects, dryRun))
      })
    })
}

function inWords(projects: ({ project: string } & Erased)[], dryRun: true | undefined): string {
  const found = projects.filter(({ sessions, webhookEvents }) => sessions + webhookEvents > 0)
  if (found.length === 0) return 'There is no data about this mailbox.'
  const rows = found.map(({ project, sessions, webhookEvents }) => [
    projectInWords(project),
    String(sessions),
    String(webhookEvents),
  ])
  const head = ['PROJECT', 'SESSIONS', 'WEBHOOK EVENTS']
  return `${dryRun ? 'This would be erased:' : 'Erased:'}\n${columns([head, ...rows])}`
}
