import type { OwnBrand } from './brands.ts'
import { type Engine, read, statement } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** A project. Every key, token and webhook belongs to one. */
export interface Project {
  id: string
  /** The display name. */
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
const setProjectBrand = statement<[id: string, brand: string | null]>(
  'set_project_brand',
  'update projects set brand = $2 where id = $1',
)
const renameProject = statement<[id: string, name: string]>(
  'rename_project',
  'update projects set name = $2 where id = $1',
)

export interface Projects {
  list(): Promise<Project[]>
  /** @returns false if a project already has this id */
  create(created: Project): Promise<boolean>
  /** @returns false if no project has this id */
  rename(id: string, name: string): Promise<boolean>
  /** Replaces the project's own brand. With an empty object, the project uses the installation's brand. */
  setBrand(id: string, brand: OwnBrand): Promise<void>
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
    setBrand: async (id, brand) => {
      const json = Object.keys(brand).length === 0 ? null : JSON.stringify(brand)
      await engine.run(writeAll([], [setProjectBrand(id, json)]))
    },
  }
}
