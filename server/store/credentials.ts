import type { Credential, CredentialHashes, CredentialStore, Grants } from '../credentials/ports.ts'
import type { CredentialTable, Database } from './database.ts'

export function createCredentialStore({ query, guarded }: Database): CredentialStore {
  return {
    async insert(credential, hashes) {
      await guarded(() => query.insertInto('credentials').values(toRow(credential, hashes)).execute())
    },

    async findByHash(hash) {
      const row = await guarded(() =>
        query
          .selectFrom('credentials')
          .selectAll()
          .where((where) =>
            where.or([where('secret_hash', '=', hash), where('analytics_secret_hash', '=', hash)]),
          )
          .executeTakeFirst(),
      )
      return row && fromRow(row)
    },

    async list(kind) {
      const rows = await guarded(() =>
        query
          .selectFrom('credentials')
          .selectAll()
          .where('kind', '=', kind)
          .orderBy('created_at')
          .orderBy('id')
          .execute(),
      )
      return rows.map((row) => {
        const { secretHash: _, analyticsSecretHash: __, ...credential } = fromRow(row)
        return credential
      })
    },

    async revoke(kind, id, at) {
      const revoked = await guarded(() =>
        query
          .updateTable('credentials')
          .set({ revoked_at: at })
          .where('kind', '=', kind)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning('id')
          .executeTakeFirst(),
      )
      return revoked !== undefined
    },
  }
}

function toRow(credential: Credential, hashes: CredentialHashes): CredentialTable {
  const { scopes, allowedAddresses, allowedOrigins, allowedSenders } = credential
  const grants: Grants = { scopes, allowedAddresses, allowedOrigins, allowedSenders }
  return {
    id: credential.id,
    kind: credential.kind,
    project_id: credential.projectId,
    name: credential.name,
    secret_hash: hashes.secretHash,
    analytics_secret_hash: hashes.analyticsSecretHash ?? null,
    grants: JSON.stringify(grants),
    created_at: credential.createdAt,
    expires_at: credential.expiresAt ?? null,
    revoked_at: credential.revokedAt ?? null,
  }
}

function fromRow(row: CredentialTable): Credential & CredentialHashes {
  return {
    id: row.id,
    kind: row.kind,
    projectId: row.project_id,
    name: row.name,
    ...(JSON.parse(row.grants) as Grants),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    secretHash: row.secret_hash,
    analyticsSecretHash: row.analytics_secret_hash ?? undefined,
  }
}
