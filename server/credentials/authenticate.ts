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

/** Finds out whose secret this is; undefined for one that is malformed, unknown, expired or revoked. */
export async function authenticate(
  store: CredentialStore,
  secret: string,
  now: number,
): Promise<Authenticated | undefined> {
  const kind = kindOf(secret)
  if (kind === undefined) return undefined
  const found = await store.findByHash(kind, hashSecret(secret))
  if (found === undefined || found.revokedAt !== undefined) return undefined
  // Both say the same unless somebody has changed the store; then nobody gets in.
  if (isSandboxSecret(secret) !== isSandbox(found.projectId)) return undefined
  if (found.expiresAt !== undefined && found.expiresAt <= now) return undefined

  const { secretHash: _, analyticsSecretHash, ...credential } = found
  return {
    kind,
    credential,
    isPairedWith: (analyticsSecret) =>
      analyticsSecretHash !== undefined &&
      timingSafeEqual(Buffer.from(hashSecret(analyticsSecret)), Buffer.from(analyticsSecretHash)),
  }
}
