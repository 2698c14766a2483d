import type { CredentialKind } from './format.ts'

/** The published scope names. Only `server_otp` opens operations of this API. */
export const scopes = ['server_otp', 'mail_api', 'analytics_read', 'forms_manage'] as const
export type Scope = (typeof scopes)[number]

/** The longest window of a limit of its own, for so long are sends kept that it counts. */
export const longestOwnWindowMs = 3_600_000

/** What a credential allows; an empty allowlist of addresses or origins allows every one. */
export interface Grants {
  scopes: Scope[]
  /** CIDR blocks. */
  allowedAddresses: string[]
  /** CIDR blocks that are refused whatever else is allowed. */
  deniedAddresses: string[]
  allowedOrigins: string[]
  /** Senders that `from` may name; empty allows none. */
  allowedSenders: string[]
  /** Most sends, instead of LIMIT_PER_CREDENTIAL. */
  limit?: { max: number; windowMs: number } | undefined
}

/** A server key or a public token without its secret; times are milliseconds since the epoch. */
export interface Credential extends Grants {
  id: string
  kind: 'server_key' | 'public_token'
  projectId: string
  name: string
  createdAt: number
  expiresAt: number | undefined
  revokedAt: number | undefined
  /** When it was last used, to the minute. */
  lastUsedAt?: number | undefined
}

/** What of a credential can be changed after it was issued. */
export type Changes = Partial<Grants & Pick<Credential, 'name' | 'expiresAt'>>

/** A credential that takes the place of another one. */
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
  /** The credential that has this hash as its own or, for an analytics secret, as that. */
  findByHash(kind: CredentialKind, hash: string): Promise<(Credential & CredentialHashes) | undefined>
  /**
   * Changes a credential, on every instance from its next request on; with a successor, both or neither is written.
   * @param decide says what changes, from what there is now
   * @returns undefined if there is no such credential that is not revoked
   */
  change(
    kind: Credential['kind'],
    id: string,
    decide: (found: Credential) => { changes: Changes; successor?: Successor },
  ): Promise<Credential | undefined>
  /** Deletes a credential that was made for a moment and has opened nothing. */
  discard(id: string): Promise<void>
  /** Writes down that a credential is used. */
  touch(id: string): Promise<void>
  list(kind: Credential['kind']): Promise<Credential[]>
  /** @returns false if there is no such credential that is not yet revoked */
  revoke(kind: Credential['kind'], id: string, at: number): Promise<boolean>
}
