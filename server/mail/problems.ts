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
      'All connections that this email may use were busy until SMTP_TIMEOUT. Find out why the mail server is slow, or raise SMTP_MAX_CONNECTIONS.',
  },
  'host-unknown': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The host in SMTP_URL has no address in the DNS. Check its spelling.',
  },
  unreachable: {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy:
      'Nothing answers at the host and port in SMTP_URL. Check both, and check whether a firewall blocks the port.',
  },
  'not-ready': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy:
      'The mail server sent no greeting, or refused the connection with its greeting. If the port is 465, use smtps:// in SMTP_URL. Otherwise, ask its operator whether it accepts connections from this machine.',
  },
  'tls-failed': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy:
      'The encrypted connection failed. A mail server without STARTTLS needs ?requireTLS=false in SMTP_URL, without a login.',
  },
  'certificate-untrusted': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy:
      'The certificate is not trusted; errorCode says why. For a private authority, set SMTP_CA_FILE. If the names differ, use the name from the certificate in SMTP_URL.',
  },
  'login-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server rejects the user name and password in SMTP_URL.',
  },
  'login-missing': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server requires a login. Add it to SMTP_URL: smtp://user:password@host.',
  },
  'hung-up': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: true,
    remedy: 'The mail server closed the connection or stopped responding. Its own log says why.',
  },
  'sender-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: false,
    remedy:
      'The mail server does not allow this login to send as MAIL_FROM, or as the sender in the request.',
  },
  'recipient-refused': {
    reason: 'RECIPIENT_REFUSED',
    mayRetry: false,
    isOfRoute: false,
    remedy: 'The mail server refused only this recipient. The person must use another address.',
  },
  'message-refused': {
    reason: 'RELAY_MISCONFIGURED',
    mayRetry: false,
    isOfRoute: false,
    remedy:
      'The mail server refused the content or the signature. smtpCode and enhancedCode say why. Check SPF, DKIM and DMARC.',
  },
  'refused-for-now': {
    reason: 'RELAY_UNAVAILABLE',
    mayRetry: true,
    isOfRoute: false,
    remedy:
      'The mail server refused this email for now, but may accept it later. If this happens often, ask its operator for a higher limit.',
  },
  'outcome-unknown': {
    reason: 'UNKNOWN',
    mayRetry: false,
    isOfRoute: true,
    remedy: 'The mail server got the whole email, but did not say whether it accepted it. Check its log.',
  },
}
