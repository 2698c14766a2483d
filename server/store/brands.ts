import type { Brand, BrandOf } from '../brand.ts'
import { projectName } from '../sandbox.ts'
import { type Engine, statement } from './engine.ts'

/** The settings of a project that differ from those of the installation. */
export type OwnBrand = Partial<Brand>

const brandOfProject = statement<[id: string], { brand: string | null }>(
  'brand_of_project',
  'select brand from projects where id = $1',
)

/** Other processes see a change after this time. Reading a brand once for many emails keeps sends fast. */
const keptMs = 5_000

/** Reads a project's own settings; none if the project does not exist. */
export async function readOwnBrand(engine: Engine, projectId: string): Promise<OwnBrand> {
  const [row] = await engine.read(brandOfProject(projectId))
  return row?.brand ? (JSON.parse(row.brand) as OwnBrand) : {}
}

/**
 * Finds the brand of a project, or of the project that a sandbox belongs to. Each is read at most every 5 seconds.
 * @param now a clock in milliseconds that never goes back
 */
export function createBrands(
  engine: Engine,
  installation: Brand,
  now: () => number = performance.now.bind(performance),
): BrandOf {
  const known = new Map<string, { brand: Promise<Brand>; readAt: number }>()
  const readBrand = async (id: string): Promise<Brand> => ({
    ...installation,
    ...(await readOwnBrand(engine, id)),
  })
  return (projectId) => {
    const id = projectName(projectId)
    const kept = known.get(id)
    if (kept && now() - kept.readAt < keptMs) return kept.brand
    const brand = readBrand(id)
    known.set(id, { brand, readAt: now() })
    brand.catch(() => known.delete(id)) // The next caller tries again.
    return brand
  }
}
