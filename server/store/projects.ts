import { type Engine, read, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** What keys, tokens and webhooks belong to. */
export interface Project {
  id: string
  /** What people call it. */
  name: string
  createdAt: number
}

const project = 'select id, name, created_at as "createdAt" from projects'
const projectById = statement<[id: string], Project>('project_by_id', `${project} where id = $1`)
const everyProject = statement<[], Project>('every_project', `${project} order by id`)
const insertProject = statement<[id: string, name: string, at: number]>(
  'insert_project',
  'insert into projects (id, name, created_at) values ($1, $2, $3) on conflict (id) do nothing',
)
const renameProject = statement<[id: string, name: string]>(
  'rename_project',
  'update projects set name = $2 where id = $1',
)

export interface Projects {
  list(): Promise<Project[]>
  /** @returns false if there is one with this id */
  create(created: Project): Promise<boolean>
  /** @returns false if there is none with this id */
  rename(id: string, name: string): Promise<boolean>
}

export function createProjects(engine: Engine): Projects {
  const exists = async (id: string) => (await engine.read(projectById(id))).length > 0
  return {
    list: () => engine.read(everyProject()),
    create: ({ id, name, createdAt }) =>
      engine.run({
        locks: [],
        *run() {
          const { rows } = yield* read(projectById(id))
          const isNew = rows[0].length === 0
          return { outcome: isNew, writes: isNew ? [insertProject(id, name, createdAt)] : [] }
        },
      }),
    async rename(id, name) {
      if (!(await exists(id))) return false
      await engine.run(writeAll([], [renameProject(id, name)]))
      return true
    },
  }
}
