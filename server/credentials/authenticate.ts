import { timingSafeEqual } from 'node:crypto'
import { isSandbox } from '../sandbox.ts'
import { type CredentialKind, hashSecret, isSandboxSecret, kindOf } from './format.ts'
import type { Credential, CredentialStore } from './ports.ts'

/** A secret that is known, neither expired nor revoked, and the credential that it belongs to. */
export interface Authenticated {
  kind: CredentialKind
  credential: Credential
  /** True for the analytics secret that was issued with this credential; in constant time. */
  isPairedWith(analyticsSecret: string): boolean
}

/** A secret that opens nothing, and why; for the log, never for the caller. */
export interface NotAuthenticated {
  why: 'missing' | 'malformed' | 'unknown' | 'revoked' | 'expired' | 'of-another-world'
  /** Whose it was, if it is known. */
  credentialId?: string
}

/** Finds out whose secret this is, or why it opens nothing. */
export async function authenticate(
  store: CredentialStore,
  secret: string,
  now: number,
): Promise<Authenticated | NotAuthenticated> {
  if (secret === '') return { why: 'missing' }
  const kind = kindOf(secret)
  if (kind === undefined) return { why: 'malformed' }
  const found = await store.findByHash(kind, hashSecret(secret))
  if (found === undefined) return { why: 'unknown' }
  const { secretHash: _, analyticsSecretHash, ...credential } = found
  if (found.revokedAt !== undefined) return { why: 'revoked', credentialId: found.id }
  // Both say the same unless somebody has changed the store; then nobody gets in.
  if (isSandboxSecret(secret) !== isSandbox(found.projectId))
    return { why: 'of-another-world', credentialId: found.id }
  if (found.expiresAt !== undefined && found.expiresAt <= now)
    return { why: 'expired', credentialId: found.id }

  return {
    kind,
    credential,
    isPairedWith: (analyticsSecret) =>
      analyticsSecretHash !== undefined &&
      timingSafeEqual(Buffer.from(hashSecret(analyticsSecret)), Buffer.from(analyticsSecretHash)),
  }
}

export function isAuthenticated(result: Authenticated | NotAuthenticated): result is Authenticated {
  return 'credential' in result
}
