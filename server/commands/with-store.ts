import { hostname, userInfo } from 'node:os'
import { closest } from 'fastest-levenshtein'
import type { Environment } from '../config/variables.ts'
import { loadDatabase } from '../config.ts'
import type { CredentialStore } from '../credentials/ports.ts'
import { createLogger } from '../log.ts'
import { openStore } from '../open-store.ts'
import { createAudit } from '../store/audit.ts'
import type { Engine } from '../store/engine.ts'
import { createProjects, type Projects } from '../store/projects.ts'
import { ulid } from '../ulid.ts'
import { UsageError } from './usage-error.ts'

/** What a command can use. */
export interface Store {
  engine: Engine
  credentials: CredentialStore
  projects: Projects
  /** Records who changed what. @param details must not contain a secret or the address of a recipient */
  audit(action: string, subject: string, details?: object): Promise<void>
  /** Checks that the project exists. @throws {UsageError} if it does not, so that a typo does not create one */
  requireProject(id: string): Promise<void>
}

/**
 * Opens the store that the environment names, and closes it even if the work fails.
 * @param open `openStoreAsItIs` for a command that only reads
 */
export async function withStore(
  environment: Environment,
  use: (store: Store) => Promise<void>,
  open: (
    ...given: Parameters<typeof openStore>
  ) => Promise<Pick<Store, 'engine' | 'credentials'>> = openStore,
): Promise<void> {
  const { engine, credentials } = await open(loadDatabase(environment), { log: createLogger('warn') })
  const projects = createProjects(engine)
  const audits = createAudit(engine)
  try {
    await use({
      engine,
      credentials,
      projects,
      audit(action, subject, details = {}) {
        const at = Date.now()
        const entry = { id: `aud_${ulid(at)}`, at, actor: actor(), action, subject }
        return audits.record({ ...entry, details: JSON.stringify(details) })
      },
      async requireProject(id) {
        const ids = (await projects.list()).map((project) => project.id)
        if (ids.includes(id)) return
        const nearest = ids.length > 0 ? `. Did you mean ${closest(id, ids)}?` : '.'
        throw new UsageError(
          `there is no project ${id}${nearest} To create it, run: risumail-otp projects create ${id}`,
        )
      },
    })
  } finally {
    await engine.close()
  }
}

/** Returns who runs this command. In a container, a user may have no name. */
function actor(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return `${process.getuid?.() ?? '?'}@${hostname()}`
  }
}
