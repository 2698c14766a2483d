// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { webhooks } from './contract.ts'

type BodyOf<Type extends keyof webhooks> =
  webhooks[Type]['post']['requestBody']['content']['application/json']

/** The body of a webhook. `switch (event.type)` narrows the type, and can be exhaustive. */
export type WebhookEvent = { [Type in keyof webhooks]: BodyOf<Type> }[keyof webhooks]

export const webhookTypes: readonly WebhookEvent['type'][] = [
  'verification.completed',
  'verification.expired',
  'verification.attempts_used_up',
  'verification.canceled',
  'delivery.failed',
  'webhook.test',
]
