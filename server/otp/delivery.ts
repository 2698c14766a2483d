import type { Flow } from '../flows.ts'
import type { ErrorReason } from '../generated/contract.ts'

// What the OTP rules need from the mail code.

/** The email with a code, as the rules describe it. */
export interface CodeMail {
  projectId: string
  to: string
  /** The client network that asked for it with a public token. */
  network: string | undefined
  /** Replaces the configured sender: an address, or `Name <address>` already split. */
  from: { name: string; address: string } | undefined
  flow: Flow['name']
  /** The requested language, as a BCP 47 tag. */
  locale: string | undefined
  /** These replace the default texts of the email. */
  subject: string | undefined
  verificationLine: string | undefined
  code: string
  expiresInSeconds: number
  /** The host where the person types the code, for autofill. undefined if we do not know it. */
  autofillHost: string | undefined
  /** The hosted page for typing the code, for the flow that has one. The URL never contains the code. */
  hostedVerifyUrl: string | undefined
}

/**
 * How far a conversation with a mail server got (RFC 5321, section 3). `queue` is before it, `accepted` after it. If
 * the mail server stops answering or hangs up, nodemailer reports less: `session` is somewhere between the connection
 * and MAIL, and `envelope` is somewhere between MAIL and the reply to RCPT.
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

/** The name of a problem, as the log, the metrics and the docs use it. */
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

/** The facts about a delivery. They never contain an address or a mail server's reply text. */
export interface Delivery {
  /** The mail server, as host:port. */
  route: string
  phase: DeliveryPhase
  /** How often the delivery was started, on this route and others. */
  tries: number
  problem?: DeliveryProblem
  /** Why it failed, in the words of the API. */
  reason?: DeliveryReason
  /** True if the same email may succeed in a moment. */
  mayRetry?: boolean
  smtpCode?: number
  /** RFC 3463 */
  enhancedCode?: string
  /** A system error such as ECONNREFUSED, or why the certificate is not trusted, such as CERT_HAS_EXPIRED. */
  errorCode?: string
  /** The Message-ID of the email, without its brackets. */
  messageId?: string
  /** The email's ID in the mail server's own log, if the server reported it. */
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

/** The email definitely does not arrive. */
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

/** The email may or may not arrive: the server may have all of it, and sent no refusal. */
export class DeliveryUnknown extends DeliveryFailed {
  override readonly name = 'DeliveryUnknown'
}

export interface Mailer {
  /** False if no SMTP route is configured. */
  readonly isConfigured: boolean
  /** The longest time that one delivery can take. */
  readonly timeoutMs: number
  /**
   * Resolves when an SMTP server has accepted the email with 250, for exactly its recipient. Resolves with undefined if
   * no email was sent.
   * @throws {DeliveryUnknown} if the email may still arrive; {DeliveryFailed} if it definitely does not
   */
  deliver(mail: CodeMail): Promise<Delivery | undefined>
}
