import type { CredentialKind } from './format.ts'

/** The published scope names. Only `server_otp` opens operations of this API. */
export const scopes = ['server_otp', 'mail_api', 'analytics_read', 'forms_manage'] as const
export type Scope = (typeof scopes)[number]

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
  /** Refuses these addresses from now on, and no others. @returns false if there is no such token that is not revoked */
  denyAddresses(id: string, deniedAddresses: string[]): Promise<boolean>
  list(kind: Credential['kind']): Promise<Credential[]>
  /** @returns false if there is no such credential that is not yet revoked */
  revoke(kind: Credential['kind'], id: string, at: number): Promise<boolean>
}
