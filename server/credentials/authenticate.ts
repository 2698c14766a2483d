import { timingSafeEqual } from 'node:crypto'
import { isSandbox } from '../sandbox.ts'
import { type CredentialKind, hashSecret, isSandboxSecret, kindOf } from './format.ts'
import type { Credential, CredentialStore } from './ports.ts'

/** The result for a known secret that is neither expired nor revoked, with the credential that it belongs to. */
export interface Authenticated {
  kind: CredentialKind
  credential: Credential
  /** True for the analytics secret that was issued with this credential. Compares in constant time. */
  isPairedWith(analyticsSecret: string): boolean
}

/** The result for a secret that opens nothing, and why. For the log, never for the caller. */
export interface NotAuthenticated {
  why: 'missing' | 'malformed' | 'unknown' | 'revoked' | 'expired' | 'of-another-world'
  /** The credential that it belongs to, if known. */
  credentialId?: string
}

/** Finds the credential of a secret, or why the secret opens nothing. */
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
  // These two agree unless someone changed the store. In that case, nobody gets in.
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
