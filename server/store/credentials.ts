import type { Credential, CredentialHashes, CredentialStore, Grants } from '../credentials/ports.ts'
import { type Engine, type Query, read, statement } from './engine.ts'
import { lock } from './locks.ts'
import { writeAll } from './steps/outcome.ts'

interface CredentialRow {
  id: string
  kind: Credential['kind']
  projectId: string
  name: string
  secretHash: string
  analyticsSecretHash: string | null
  /** JSON: scopes and allowlists. */
  grants: string
  createdAt: number
  expiresAt: number | null
  revokedAt: number | null
  lastUsedAt: number | null
}

const credential = `select id, kind, project_id as "projectId", name, secret_hash as "secretHash",
  analytics_secret_hash as "analyticsSecretHash", grants, created_at as "createdAt", expires_at as "expiresAt",
  revoked_at as "revokedAt", last_used_at as "lastUsedAt" from credentials`

const credentialBySecret = statement<[hash: string], CredentialRow>(
  'credential_by_secret',
  `${credential} where secret_hash = $1`,
)

const credentialByAnalyticsSecret = statement<[hash: string], CredentialRow>(
  'credential_by_analytics_secret',
  `${credential} where analytics_secret_hash = $1`,
)

const credentialById = statement<[id: string], CredentialRow>(
  'credential_by_id',
  `${credential} where id = $1`,
)

const credentialsOfKind = statement<[kind: string], CredentialRow>(
  'credentials_of_kind',
  `${credential} where kind = $1 order by created_at, id`,
)

const insertCredential = statement<
  [
    id: string,
    kind: string,
    projectId: string,
    name: string,
    secretHash: string,
    analyticsSecretHash: string | null,
    grants: string,
    createdAt: number,
    expiresAt: number | null,
    revokedAt: number | null,
  ]
>(
  'insert_credential',
  `insert into credentials (id, kind, project_id, name, secret_hash, analytics_secret_hash, grants, created_at,
    expires_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)

const revokeCredential = statement<[id: string, at: number]>(
  'revoke_credential',
  'update credentials set revoked_at = $2 where id = $1 and revoked_at is null',
)

const changeCredential = statement<[id: string, name: string, expiresAt: number | null, grants: string]>(
  'change_credential',
  'update credentials set name = $2, expires_at = $3, grants = $4 where id = $1',
)

const discardCredential = statement<[id: string]>(
  'discard_credential',
  'delete from credentials where id = $1',
)

const touchedEveryMs = 60_000

// If several instances touch a credential at once, only one writes.
const touchCredential = statement<[id: string, everyMs: number]>(
  'touch_credential',
  'update credentials set last_used_at = :at where id = $1 and (last_used_at is null or last_used_at <= :at - $2)',
)

export function createCredentialStore(engine: Engine): CredentialStore {
  return {
    insert: (added, hashes) => engine.run(writeAll([], [inserted(added, hashes)])),

    async findByHash(kind, hash) {
      const query = kind === 'analytics_secret' ? credentialByAnalyticsSecret : credentialBySecret
      const [row] = await engine.read(query(hash))
      return row && fromRow(row)
    },

    async findById(id) {
      const [row] = await engine.read(credentialById(id))
      return row && withoutHashes(row)
    },

    list: async (kind) => (await engine.read(credentialsOfKind(kind))).map(withoutHashes),

    change: (kind, id, decide) =>
      engine.run({
        locks: [lock.credential(id)],
        *run() {
          const { rows } = yield* read(credentialById(id))
          const [row] = rows[0]
          if (row?.kind !== kind || row.revokedAt !== null) return { outcome: undefined, writes: [] }
          const found = withoutHashes(row)
          const { changes, successor } = decide(found)
          const changed: Credential = { ...found, ...changes }
          const { name, expiresAt } = changed
          const writes: Query[] = [changeCredential(id, name, expiresAt ?? null, grantsOf(changed))]
          if (successor) writes.push(inserted(successor.credential, successor.hashes))
          return { outcome: changed, writes }
        },
      }),

    discard: (id) => engine.run(writeAll([], [discardCredential(id)])),

    touch: (id) => engine.run({ ...writeAll([], [touchCredential(id, touchedEveryMs)]), isRepeatable: true }),

    async revoke(kind, id, at) {
      const [row] = await engine.read(credentialById(id))
      if (row?.kind !== kind || row.revokedAt !== null) return false
      // If two callers revoke at once, the first one's time stays.
      await engine.run(writeAll([], [revokeCredential(id, at)]))
      return true
    },
  }
}

function inserted(added: Credential, hashes: CredentialHashes): Query {
  return insertCredential(
    added.id,
    added.kind,
    added.projectId,
    added.name,
    hashes.secretHash,
    hashes.analyticsSecretHash ?? null,
    grantsOf(added),
    added.createdAt,
    added.expiresAt ?? null,
    added.revokedAt ?? null,
  )
}

function grantsOf(credential: Credential): string {
  const { scopes, allowedAddresses, deniedAddresses, allowedOrigins, allowedSenders, limit } = credential
  const grants: Grants = { scopes, allowedAddresses, deniedAddresses, allowedOrigins, allowedSenders }
  return JSON.stringify(limit ? { ...grants, limit } : grants)
}

function withoutHashes(row: CredentialRow): Credential {
  const { secretHash: _, analyticsSecretHash: __, ...found } = fromRow(row)
  return found
}

function fromRow({
  grants,
  analyticsSecretHash,
  expiresAt,
  revokedAt,
  lastUsedAt,
  ...row
}: CredentialRow): Credential & CredentialHashes {
  return {
    ...row,
    // Credentials issued before denylists existed deny nobody.
    ...({ deniedAddresses: [], ...JSON.parse(grants) } as Grants),
    expiresAt: expiresAt ?? undefined,
    revokedAt: revokedAt ?? undefined,
    lastUsedAt: lastUsedAt ?? undefined,
    analyticsSecretHash: analyticsSecretHash ?? undefined,
  }
}
