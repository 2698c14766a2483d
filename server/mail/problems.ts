import type { DeliveryProblem, DeliveryReason } from '../otp/delivery.ts'

interface Problem {
  /** The reason that a server key gets. */
  reason: DeliveryReason
  /** True if the same email may succeed in a moment. */
  mayRetry: boolean
  /** True if the mail server has the problem, not just this email. For a while, other emails use other servers. */
  isOfRoute: boolean
  /** What an operator can do about it. */
  remedy: string
}

/** Every way that a delivery can fail: what callers and operators learn about it, and what follows from it. */
export const deliveryProblems: Readonly<Record<DeliveryProblem, Problem>> = {
  'no-connection-free': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: false,
    remedy:
      'Every connection that this mail may use was busy until SMTP_TIMEOUT. Find out why the mail server is slow, or raise SMTP_MAX_CONNECTIONS.',
  },
  'host-unknown': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The DNS has no address for the host in SMTP_URL. Check its spelling.',
  },
  unreachable: {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy:
      'Nothing answers at the host and port in SMTP_URL. Check both, and whether a firewall blocks the port.',
  },
  'not-ready': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy:
      'The mail server does not greet, or greets with a refusal. If the port is 465, write smtps:// in SMTP_URL. Otherwise ask its operator whether it lets this machine in.',
  },
  'tls-failed': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy:
      'No encrypted connection comes about. A mail server without STARTTLS needs ?requireTLS=false in SMTP_URL, and then no login.',
  },
  'certificate-untrusted': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy:
      'The certificate is not trusted, and errorCode says why. Set SMTP_CA_FILE for a private authority, or write the name in the certificate into SMTP_URL.',
  },
  'login-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server does not take the user and the password in SMTP_URL.',
  },
  'login-missing': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server wants a login. Write it into SMTP_URL: smtp://user:password@host.',
  },
  'hung-up': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy: 'The mail server hung up or fell silent. Its own log says why.',
  },
  'sender-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: false,
    remedy:
      'The mail server does not let this login send as MAIL_FROM, or as the sender that the request named.',
  },
  'recipient-refused': {
    reason: 'RECIPIENT_REFUSED',
    mayRetry: false,
    isOfRoute: false,
    remedy: 'This one address was refused. The person has to give another one.',
  },
  'message-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: false,
    remedy:
      'The mail server refuses the content or the signature. smtpCode and enhancedCode say why; check SPF, DKIM and DMARC.',
  },
  'refused-for-now': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: false,
    remedy:
      'The mail server takes this mail later, not now. If it says so often, ask its operator for a higher limit.',
  },
  'outcome-unknown': {
    reason: 'UNKNOWN',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server had the whole mail and did not say what became of it. Its own log says.',
  },
}
