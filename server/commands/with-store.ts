import type { Environment } from '../config/variables.ts'
import { loadDatabase } from '../config.ts'
import { createLogger } from '../log.ts'
import { openStore } from '../open-store.ts'

type OpenStore = Awaited<ReturnType<typeof openStore>>

/**
 * Opens the store that the environment names, and closes it whatever becomes of the work.
 * @param open `openStoreAsItIs` for a command that only reads
 */
export async function withStore(
  environment: Environment,
  use: (store: Pick<OpenStore, 'credentials' | 'engine'>) => Promise<void>,
  open: (
    ...given: Parameters<typeof openStore>
  ) => Promise<Pick<OpenStore, 'credentials' | 'engine'>> = openStore,
): Promise<void> {
  const store = await open(loadDatabase(environment), { log: createLogger('warn') })
  try {
    await use(store)
  } finally {
    await store.engine.close()
  }
}
