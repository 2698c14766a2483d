import type { Credential, CredentialStore } from './ports.ts'

/** The name of a credential's own limit in the log. */
const ownLimitName = '--limit'

/** Finds a credential by its id. Returns undefined if it is unknown, revoked or expired. */
export async function findActive(
  store: CredentialStore,
  id: string,
  now: number,
): Promise<Credential | undefined> {
  const found = await store.findById(id)
  const isActive = found?.revokedAt === undefined && (found?.expiresAt === undefined || found.expiresAt > now)
  return isActive ? found : undefined
}

/** Returns the credential's own send limit, or undefined if it has none. */
export function ownLimitOf({ limit }: Credential) {
  return limit && { ...limit, name: ownLimitName }
}
