import type { Flow } from '../flows.ts'
import type { ErrorReason } from '../generated/contract.ts'

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

/**
 * Where a conversation with a mail server stood (RFC 5321, section 3); `queue` is before it, `accepted` after it. Where the
 * mail server fell silent or hung up, nodemailer tells less: `session` is anywhere between the connection and the mail,
 * `envelope` between MAIL and the answer to RCPT.
 */
export type DeliveryPhase =
  | 'queue'
  | 'connect'
  | 'greeting'
  | 'tls'
  | 'auth'
  | 'session'
  | 'sender'
  | 'recipient'
  | 'envelope'
  | 'data'
  | 'end'
  | 'accepted'

/** What went wrong, in one word: what the log, the metrics and the docs call it. */
export type DeliveryProblem =
  | 'no-connection-free'
  | 'host-unknown'
  | 'unreachable'
  | 'not-ready'
  | 'tls-failed'
  | 'certificate-untrusted'
  | 'login-refused'
  | 'login-missing'
  | 'hung-up'
  | 'sender-refused'
  | 'recipient-refused'
  | 'message-refused'
  | 'refused-for-now'
  | 'outcome-unknown'

/** What is known of a delivery. Nothing of it is an address or a mail server's own words. */
export interface Delivery {
  /** The mail server, as host:port. */
  route: string
  phase: DeliveryPhase
  /** How often it was begun, on this route and others. */
  tries: number
  problem?: DeliveryProblem
  /** Why, as the API says it. */
  reason?: DeliveryReason
  /** True if the same mail may go through in a moment. */
  mayRetry?: boolean
  smtpCode?: number
  /** RFC 3463 */
  enhancedCode?: string
  /** What the system says, such as ECONNREFUSED, or why the certificate is not trusted, such as CERT_HAS_EXPIRED. */
  errorCode?: string
  /** The Message-ID of the mail, without its brackets. */
  messageId?: string
  /** What the mail server calls the mail in its own log, where it said so. */
  queueId?: string
}

export type DeliveryReason = Extract<
  ErrorReason,
  'RECIPIENT_REFUSED' | 'RELAY_UNAVAILABLE' | 'RELAY_MISCONFIGURED' | 'UNKNOWN'
>

interface DeliveryOptions {
  cause?: unknown
  delivery?: Delivery | undefined
  reason?: DeliveryReason | undefined
}

/** The mail surely does not arrive. */
export class DeliveryFailed extends Error {
  override readonly name: string = 'DeliveryFailed'
  readonly delivery: Delivery | undefined
  readonly reason: DeliveryReason | undefined

  constructor(message: string, { cause, delivery, reason = delivery?.reason }: DeliveryOptions = {}) {
    super(message, { cause })
    this.delivery = delivery
    this.reason = reason
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
   * Resolves when an SMTP server accepted the mail for exactly its recipient with 250; undefined if there was none.
   * @throws {DeliveryUnknown} if the mail may arrive all the same; {DeliveryFailed} if it surely does not
   */
  deliver(mail: CodeMail): Promise<Delivery | undefined>
}
