import type { CredentialKind } from './format.ts'

/** The published scope names. Only `server_otp` gives access to operations of this API. */
export const scopes = ['server_otp', 'mail_api', 'analytics_read', 'forms_manage'] as const
export type Scope = (typeof scopes)[number]

/** The longest window of a credential's own limit. The store keeps sends at least this long, to count them. */
export const longestOwnWindowMs = 3_600_000

/** What a credential allows. An empty allowlist of addresses or origins allows all of them. */
export interface Grants {
  scopes: Scope[]
  /** CIDR blocks. */
  allowedAddresses: string[]
  /** CIDR blocks that are refused even if the allowlist contains them. */
  deniedAddresses: string[]
  allowedOrigins: string[]
  /** The senders that `from` may name. If empty, `from` may name none. */
  allowedSenders: string[]
  /** The maximum number of sends. Replaces LIMIT_PER_CREDENTIAL. */
  limit?: { max: number; windowMs: number } | undefined
}

/** A server key or a public token, without its secret. Times are milliseconds since the epoch. */
export interface Credential extends Grants {
  id: string
  kind: 'server_key' | 'public_token'
  projectId: string
  name: string
  createdAt: number
  expiresAt: number | undefined
  revokedAt: number | undefined
  /** The time of its last use, to the minute. */
  lastUsedAt?: number | undefined
}

/** The fields of a credential that can change after it was issued. */
export type Changes = Partial<Grants & Pick<Credential, 'name' | 'expiresAt'>>

/** A credential that replaces another one. */
interface Successor {
  credential: Credential
  hashes: CredentialHashes
}

export interface CredentialHashes {
  secretHash: string
  /** Only public tokens have one. */
  analyticsSecretHash: string | undefined
}

export interface CredentialStore {
  insert(credential: Credential, hashes: CredentialHashes): Promise<void>
  /** Finds a credential by the hash of its own secret. For kind `analytics_secret`, finds it by that secret's hash. */
  findByHash(kind: CredentialKind, hash: string): Promise<(Credential & CredentialHashes) | undefined>
  /**
   * Changes a credential. Every instance uses the change from its next request on. If there is a successor, the store
   * writes both or neither.
   * @param decide gets the current credential and returns the changes
   * @returns undefined if there is no such credential, or it is revoked
   */
  change(
    kind: Credential['kind'],
    id: string,
    decide: (found: Credential) => { changes: Changes; successor?: Successor },
  ): Promise<Credential | undefined>
  /** Deletes a temporary credential that has opened nothing. */
  discard(id: string): Promise<void>
  /** Records that a credential was used. */
  touch(id: string): Promise<void>
  findById(id: string): Promise<Credential | undefined>
  list(kind: Credential['kind']): Promise<Credential[]>
  /** @returns false if there is no such credential, or it is already revoked */
  revoke(kind: Credential['kind'], id: string, at: number): Promise<boolean>
}
