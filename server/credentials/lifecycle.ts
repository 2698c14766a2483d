import { isSandbox } from '../sandbox.ts'
import { ulid } from '../ulid.ts'
import { hashSecret, mintSecret } from './format.ts'
import type { Credential, CredentialStore, Grants, Scope } from './ports.ts'

export interface NewServerKey {
  name: string
  projectId: string
  scopes: Scope[]
  /** The origins that `redirectUrl` may point to. */
  allowedOrigins: string[]
  allowedSenders: string[]
  /** Milliseconds from now. undefined for a key that does not expire. */
  expiresInMs: number | undefined
  /** The addresses that may use the key. If empty, all may. */
  allowedAddresses?: string[]
  limit?: Grants['limit']
}

export interface NewPublicToken {
  name: string
  projectId: string
  allowedAddresses: string[]
  deniedAddresses?: string[]
  allowedOrigins: string[]
  allowedSenders: string[]
  /** Milliseconds from now. undefined for a token that does not expire. */
  expiresInMs?: number | undefined
  limit?: Grants['limit']
}

/** Issues a server key. Returns the key once: the store keeps only its hash. Pass `key` only to restore a key. */
export async function issueServerKey(
  store: CredentialStore,
  wanted: NewServerKey,
  now: number,
  key = mintSecret('server_key', { isSandbox: isSandbox(wanted.projectId) }),
): Promise<{ credential: Credential; key: string }> {
  const { expiresInMs, ...grants } = wanted
  const credential: Credential = {
    allowedAddresses: [],
    ...grants,
    id: `key_${ulid(now)}`,
    kind: 'server_key',
    deniedAddresses: [],
    createdAt: now,
    expiresAt: expiresInMs === undefined ? undefined : now + expiresInMs,
    revokedAt: undefined,
  }
  await store.insert(credential, { secretHash: hashSecret(key), analyticsSecretHash: undefined })
  return { credential, key }
}

/** Issues a public token and its analytics secret. Returns both once: the store keeps only their hashes. */
export async function issuePublicToken(
  store: CredentialStore,
  wanted: NewPublicToken,
  now: number,
  token = mintSecret('public_token', { isSandbox: isSandbox(wanted.projectId) }),
  secret = mintSecret('analytics_secret'),
): Promise<{ credential: Credential; token: string; secret: string }> {
  const { expiresInMs, ...grants } = wanted
  const credential: Credential = {
    deniedAddresses: [],
    ...grants,
    id: `tok_${ulid(now)}`,
    kind: 'public_token',
    scopes: [],
    createdAt: now,
    expiresAt: expiresInMs === undefined ? undefined : now + expiresInMs,
    revokedAt: undefined,
  }
  await store.insert(credential, { secretHash: hashSecret(token), analyticsSecretHash: hashSecret(secret) })
  return { credential, token, secret }
}

/**
 * Issues a server key with the same rights as an existing one. The old key keeps working for `graceMs`, so that callers
 * have time to switch. @returns undefined if there is no such key, or it is revoked
 */
export async function rollServerKey(
  store: CredentialStore,
  id: string,
  graceMs: number,
  now: number,
): Promise<{ credential: Credential; key: string; oldExpiresAt: number } | undefined> {
  let rolled: { credential: Credential; key: string } | undefined
  const changed = await store.change('server_key', id, (old) => {
    const key = mintSecret('server_key', { isSandbox: isSandbox(old.projectId) })
    const credential: Credential = { ...old, id: `key_${ulid(now)}`, createdAt: now, lastUsedAt: undefined }
    rolled = { credential, key }
    return {
      changes: { expiresAt: Math.min(old.expiresAt ?? Number.POSITIVE_INFINITY, now + graceMs) },
      successor: { credential, hashes: { secretHash: hashSecret(key), analyticsSecretHash: undefined } },
    }
  })
  return changed && rolled && { ...rolled, oldExpiresAt: changed.expiresAt ?? now }
}
