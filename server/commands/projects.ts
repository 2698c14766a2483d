import type { Command } from 'commander'
import type { Logo } from '../brand.ts'
import { parseBrandName, parseColor, parseLogoFile, parseSupportAddress } from '../config/mail.ts'
import type { Environment } from '../config/variables.ts'
import { openStoreAsItIs } from '../open-store.ts'
import { type OwnBrand, readOwnBrand } from '../store/brands.ts'
import type { Project } from '../store/projects.ts'
import { checked, collect, toName, toProject } from './options.ts'
import { columns, isoTime, type Output, print } from './output.ts'
import { withStore } from './with-store.ts'

interface Settings extends Output {
  brandName?: string
  accentColor?: string
  supportAddress?: string
  logo?: Logo
  unset: (keyof OwnBrand)[]
}

/** The options of `projects set`, and the settings that they change. */
const settingNames = {
  'brand-name': 'name',
  'accent-color': 'accentColor',
  'support-address': 'supportAddress',
  logo: 'logo',
} as const satisfies Record<string, keyof OwnBrand>

export function addProjectCommands(program: Command, environment: Environment): void {
  const projects = program
    .command('projects')
    .description(
      'manage projects, which own keys, tokens and webhooks; no project sees the sessions of another',
    )
  const id = (command: Command) =>
    command.argument('<id>', 'lowercase letters, digits and dashes', checked(toProject))

  id(projects.command('create').description('add a project'))
    .option('--name <name>', 'display name (default: its id)', checked(toName))
    .option('--json', 'print one JSON object')
    .action((project: string, { name = project, json }: Output & { name?: string }) =>
      withStore(environment, async ({ projects: store, audit }) => {
        const isNew = await store.create({ id: project, name, createdAt: Date.now() })
        if (!isNew) return projects.error(`error: the project ${project} already exists`)
        await audit('project.created', project, { name })
        print(json, { id: project, name }, () => `The project ${project} was added.`)
      }),
    )

  id(projects.command('rename').description('change the display name of a project; its id stays the same'))
    .requiredOption('--name <name>', 'new display name', checked(toName))
    .option('--json', 'print one JSON object')
    .action((project: string, { name, json }: Output & { name: string }) =>
      withStore(environment, async ({ projects: store, audit, requireProject }) => {
        await requireProject(project)
        await store.rename(project, name)
        await audit('project.renamed', project, { name })
        print(json, { id: project, name }, () => `The project ${project} is now called ${name}.`)
      }),
    )

  id(projects.command('set').description('set how the emails and pages of a project look'))
    .option('--brand-name <name>', 'name of the sender', checked(parseBrandName))
    .option('--accent-color <rrggbb>', 'color of the top bar and the button', checked(parseColor))
    .option('--support-address <address>', 'address for questions', checked(parseSupportAddress))
    .option('--logo <file>', 'PNG or JPEG of at most 64 KiB', checked(parseLogoFile))
    .option(
      '--unset <setting>',
      `use the setting of the installation again, repeatable: ${Object.keys(settingNames).join(', ')}`,
      collect(toSetting),
      [],
    )
    .option('--json', 'print one JSON object')
    .action((project: string, { json, unset, brandName, ...given }: Settings) =>
      withStore(environment, async ({ engine, projects: store, audit, requireProject }) => {
        const wanted: OwnBrand = { ...(brandName !== undefined && { name: brandName }), ...given }
        if (unset.length + Object.keys(wanted).length === 0)
          return projects.error('error: name at least one setting to change')
        await requireProject(project)
        const kept = { ...(await readOwnBrand(engine, project)), ...wanted }
        for (const setting of unset) delete kept[setting]
        await store.setBrand(project, kept)
        await audit('project.set', project, { ...brandForJson(wanted), unset })
        print(json, { id: project, brand: brandForJson(kept) }, () => brandInWords(project, kept))
      }),
    )

  id(projects.command('show').description('show how the emails and pages of a project look'))
    .option('--json', 'print one JSON object')
    .action((project: string, { json }: Output) =>
      withStore(
        environment,
        async ({ engine, requireProject }) => {
          await requireProject(project)
          const brand = await readOwnBrand(engine, project)
          print(json, { id: project, brand: brandForJson(brand) }, () => brandInWords(project, brand))
        },
        openStoreAsItIs,
      ),
    )

  projects
    .command('list')
    .description('list the projects')
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

function toSetting(text: string): keyof OwnBrand {
  if (!Object.hasOwn(settingNames, text))
    throw new Error(`must be one of ${Object.keys(settingNames).join(', ')}`)
  return settingNames[text as keyof typeof settingNames]
}

/** The settings, with a description in place of the picture. */
function brandForJson({ logo, ...rest }: OwnBrand): object {
  return {
    ...rest,
    ...(logo && { logo: `${logo.contentType}, ${Buffer.from(logo.base64, 'base64').length} bytes` }),
  }
}

function brandInWords(project: string, brand: OwnBrand): string {
  const shown = brandForJson(brand) as Partial<Record<keyof OwnBrand, string>>
  const rows = Object.entries(settingNames).map(([option, name]) => [
    option,
    shown[name] ?? 'same as the installation',
  ])
  return `${columns([['PROJECT', project], ...rows])}\nA change takes effect on every server within 5 seconds.`
}
