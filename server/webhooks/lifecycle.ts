import type { WebhookEventType } from '../otp/webhook-event.ts'
import { ulid } from '../ulid.ts'
import type { SealedSecret, WebhookEndpoint, WebhookRegistry } from './ports.ts'
import { mintWebhookSecret, type Sealer } from './secrets.ts'

/** How long an old secret signs along with the new one. Receivers need time to switch. */
const oldSecretLivesMs = 24 * 3_600_000

/** True if the secret still signs at this time. */
export function isLive({ until }: SealedSecret, at: number): boolean {
  return until === null || until > at
}

/** Adds an endpoint. @param events the types that it receives; empty for all. @returns its id and its plain secret */
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

/** Creates a new secret. The old one also signs for another 24 hours. @returns the new secret in plain text */
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

/** Seals every secret with the first key in OTP_SECRET, so that the operator can remove older keys. */
export async function resealSecrets(registry: WebhookRegistry, { reseal }: Sealer): Promise<void> {
  for (const { id, secrets } of await registry.list()) {
    const resealed = secrets.map((each) => ({ ...each, sealed: reseal(each.sealed) }))
    if (resealed.some(({ sealed }, place) => sealed !== secrets[place]?.sealed))
      await registry.setSecrets(id, resealed)
  }
}
