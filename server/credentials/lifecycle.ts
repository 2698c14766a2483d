import { isSandbox } from '../sandbox.ts'
import { ulid } from '../ulid.ts'
import { hashSecret, mintSecret } from './format.ts'
import type { Credential, CredentialStore, Scope } from './ports.ts'

export interface NewServerKey {
  name: string
  projectId: string
  scopes: Scope[]
  /** Origins that `redirectUrl` may lead to. */
  allowedOrigins: string[]
  allowedSenders: string[]
  /** Milliseconds from now; undefined for a key that does not expire. */
  expiresInMs: number | undefined
}

export interface NewPublicToken {
  name: string
  projectId: string
  allowedAddresses: string[]
  deniedAddresses?: string[]
  allowedOrigins: string[]
  allowedSenders: string[]
}

/** Issues a server key. The key is returned once; the store keeps its hash. `key` is given only to restore one. */
export async function issueServerKey(
  store: CredentialStore,
  wanted: NewServerKey,
  now: number,
  key = mintSecret('server_key', { isSandbox: isSandbox(wanted.projectId) }),
): Promise<{ credential: Credential; key: string }> {
  const { expiresInMs, ...grants } = wanted
  const credential: Credential = {
    ...grants,
    id: `key_${ulid(now)}`,
    kind: 'server_key',
    allowedAddresses: [],
    deniedAddresses: [],
    createdAt: now,
    expiresAt: expiresInMs === undefined ? undefined : now + expiresInMs,
    revokedAt: undefined,
  }
  await store.insert(credential, { secretHash: hashSecret(key), analyticsSecretHash: undefined })
  return { credential, key }
}

/** Issues a public token and its analytics secret. Both are returned once; the store keeps their hashes. */
export async function issuePublicToken(
  store: CredentialStore,
  wanted: NewPublicToken,
  now: number,
  token = mintSecret('public_token', { isSandbox: isSandbox(wanted.projectId) }),
  secret = mintSecret('analytics_secret'),
): Promise<{ credential: Credential; token: string; secret: string }> {
  const credential: Credential = {
    deniedAddresses: [],
    ...wanted,
    id: `tok_${ulid(now)}`,
    kind: 'public_token',
    scopes: [],
    createdAt: now,
    expiresAt: undefined,
    revokedAt: undefined,
  }
  await store.insert(credential, { secretHash: hashSecret(token), analyticsSecretHash: hashSecret(secret) })
  return { credential, token, secret }
}
