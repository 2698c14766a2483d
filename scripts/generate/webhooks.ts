import { document, header } from './document.ts'

/** Generates the webhook types for the TypeScript client: the type of the bodies, and the names of the events. */
export function clientWebhooks(): string {
  const types = Object.keys(document.webhooks).map((type) => `  '${type}',`)
  return `${header}import type { webhooks } from './contract.ts'

type BodyOf<Type extends keyof webhooks> =
  webhooks[Type]['post']['requestBody']['content']['application/json']

/** The body of a webhook. \`switch (event.type)\` narrows the type, and can be exhaustive. */
export type WebhookEvent = { [Type in keyof webhooks]: BodyOf<Type> }[keyof webhooks]

export const webhookTypes: readonly WebhookEvent['type'][] = [
${types.join('\n')}
]
`
}
