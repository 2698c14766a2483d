import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { loadDatabase } from '../../server/config.ts'
import type { CredentialStore } from '../../server/credentials/ports.ts'
import type { PageTries, SessionStore } from '../../server/otp/ports.ts'
import { createCredentialStore } from '../../server/store/credentials.ts'
import type { Engine, StoreOptions } from '../../server/store/engine.ts'
import { openEngine } from '../../server/store/open.ts'
import { createPageTries, createSessionStore } from '../../server/store/sessions.ts'
import { createDatabase, hasPostgres } from './postgres.ts'

/** A kind of store. Every kind must keep every promise of the store. */
export interface StoreKind {
  name: string
  /** Creates an empty store. @returns its DATABASE_URL */
  create(): Promise<{ databaseUrl: string; remove(): Promise<void> }>
  isHere: boolean
}

const sqlite: StoreKind = {
  name: 'SQLite',
  isHere: true,
  create: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-store-'))
    return {
      databaseUrl: `sqlite:${join(folder, 'data', 'store.db')}`,
      remove: async () => rmSync(folder, { recursive: true }),
    }
  },
}

const onPostgres = (name: string, options: string): StoreKind => ({
  name,
  isHere: hasPostgres,
  create: async () => {
    const { url, drop } = await createDatabase()
    return { databaseUrl: url + options, remove: drop }
  },
})

export const storeKinds: StoreKind[] = [
  sqlite,
  onPostgres('PostgreSQL', ''),
  onPostgres('PostgreSQL without prepared statements', '?prepare=false'),
]

/** An open store of one kind. */
export interface OpenStore {
  databaseUrl: string
  engine: Engine
  sessions: SessionStore
  tries: PageTries
  credentials: CredentialStore
  /** Opens another instance on the same store. */
  another(options?: StoreOptions): Promise<Omit<OpenStore, 'another'>>
}

async function open(databaseUrl: string, options: StoreOptions): Promise<Omit<OpenStore, 'another'>> {
  const engine = await openEngine(loadDatabase({ DATABASE_URL: databaseUrl }), options)
  await engine.migrate()
  return {
    databaseUrl,
    engine,
    sessions: createSessionStore(engine),
    tries: createPageTries(engine),
    credentials: createCredentialStore(engine),
  }
}

/** Opens a store of a kind for a single test. The test must remove it. */
export async function openKind(kind: StoreKind, options: StoreOptions) {
  const { databaseUrl, remove } = await kind.create()
  const opened = await open(databaseUrl, options)
  return {
    ...opened,
    async remove() {
      await opened.engine.close()
      await remove()
    },
  }
}

/** Runs the same tests on every kind of store. @param now the store's clock; by default its own */
export function describeStores(
  title: string,
  promises: (store: () => OpenStore, kind: StoreKind) => void,
  now?: () => number,
): void {
  describe.each(storeKinds)(`${title}, on $name`, (kind) => {
    if (!kind.isHere) {
      it.skip('needs PostgreSQL 13 or newer on this machine')
      return
    }
    const opened: Pick<OpenStore, 'engine'>[] = []
    let store: OpenStore
    let remove = async () => {}
    beforeAll(async () => {
      const created = await kind.create()
      remove = created.remove
      const another = async (options: StoreOptions = { now }) => {
        const one = await open(created.databaseUrl, options)
        opened.push(one)
        return one
      }
      store = { ...(await another()), another }
    })
    afterAll(async () => {
      await Promise.all(opened.map(({ engine }) => engine.close()))
      await remove()
    })
    promises(() => store, kind)
  })
}
