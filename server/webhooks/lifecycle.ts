import type { WebhookEventType } from '../otp/webhook-event.ts'
import { ulid } from '../ulid.ts'
import type { SealedSecret, WebhookEndpoint, WebhookRegistry } from './ports.ts'
import { mintWebhookSecret, type Sealer } from './secrets.ts'

/** How long an old secret signs beside the new one, so that receivers have time to change. */
const oldSecretLivesMs = 24 * 3_600_000

/** A secret that signs at this time. */
export function isLive({ until }: SealedSecret, at: number): boolean {
  return until === null || until > at
}

/** Adds an endpoint. @param events what it hears of; empty for everything. @returns its id, and its secret in plain */
export async function addEndpoint(
  registry: WebhookRegistry,
  { seal }: Sealer,
  wanted: { url: string; projectId: string; events: WebhookEventType[] },
  at: number,
): Promise<{ id: string; secret: string }> {
  const secret = mintWebhookSecret()
  const endpoint: WebhookEndpoint = {
    id: `wh_${ulid(at)}`,
    ...wanted,
    secrets: [{ sealed: seal(secret), until: null }],
    createdAt: at,
    disabledAt: null,
    disabledReason: null,
    failingSince: null,
  }
  await registry.insert(endpoint)
  return { id: endpoint.id, secret }
}

/** Makes a new secret; the old one signs too for 24 hours. @returns the new one in plain */
export async function rotateSecret(
  registry: WebhookRegistry,
  { seal }: Sealer,
  { id, secrets }: WebhookEndpoint,
  at: number,
): Promise<string> {
  const secret = mintWebhookSecret()
  const old = secrets
    .filter((each) => isLive(each, at))
    .map((each) => ({ ...each, until: each.until ?? at + oldSecretLivesMs }))
  await registry.setSecrets(id, [{ sealed: seal(secret), until: null }, ...old])
  return secret
}

/** Seals every secret under the first of OTP_SECRET, so that an older one can be taken away. */
export async function resealSecrets(registry: WebhookRegistry, { reseal }: Sealer): Promise<void> {
  for (const { id, secrets } of await registry.list()) {
    const resealed = secrets.map((each) => ({ ...each, sealed: reseal(each.sealed) }))
    if (resealed.some(({ sealed }, place) => sealed !== secrets[place]?.sealed))
      await registry.setSecrets(id, resealed)
  }
}
