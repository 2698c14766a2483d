import type { Flow } from '../flows.ts'

// What the rules ask of mail.

/** What the recipient gets to read. */
export interface CodeMail {
  to: string
  /** The client network that it was sent from with a public token. */
  network: string | undefined
  /** Overrides the configured sender: an address, or `Name <address>` already split. */
  from: { name: string; address: string } | undefined
  flow: Flow['name']
  /** The language that was asked for, as a BCP 47 tag. */
  locale: string | undefined
  /** Override the texts of the mail. */
  subject: string | undefined
  verificationLine: string | undefined
  code: string
  expiresInSeconds: number
  /** The host that the code is typed on, for autofill; undefined where that is not known. */
  autofillHost: string | undefined
  /** The page where the code can be typed, for the flow that has one; it never carries the code. */
  hostedVerifyUrl: string | undefined
}

interface DeliveryOptions {
  cause?: unknown
  /** What the log says of it; no address and no words of the mail server. */
  facts?: object
}

/** The mail surely does not arrive. */
export class DeliveryFailed extends Error {
  override readonly name: string = 'DeliveryFailed'
  readonly facts: object | undefined

  constructor(message: string, { cause, facts }: DeliveryOptions = {}) {
    super(message, { cause })
    this.facts = facts
  }
}

/** It is not known whether the mail arrives: all of it may have been handed over, and no refusal came back. */
export class DeliveryUnknown extends DeliveryFailed {
  override readonly name = 'DeliveryUnknown'
}

export interface Mailer {
  /** False when no SMTP route is configured. */
  readonly isConfigured: boolean
  /** How long one delivery can take. */
  readonly timeoutMs: number
  /**
   * Resolves when an SMTP server accepted the mail for exactly its recipient with 250.
   * @throws {DeliveryUnknown} if the mail may arrive all the same; {DeliveryFailed} if it surely does not
   */
  deliver(mail: CodeMail): Promise<void>
}
