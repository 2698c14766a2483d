import type { Mailbox } from '../address.ts'
import { OtpError, type Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import { ulid } from '../ulid.ts'
import { hashCode, maxAttempts, mintCode } from './code.ts'
import { type Delivery, DeliveryFailed, DeliveryUnknown, type Mailer } from './delivery.ts'
import type { ErasedKeys } from './erased.ts'
import { idempotencyClaim } from './idempotency.ts'
import type { Outcomes } from './outcomes.ts'
import type {
  Clock,
  GuessLimits,
  Limit,
  PublicClient,
  SendLimit,
  SendSubject,
  SessionStore,
} from './ports.ts'
import { checkPublicTexts, type PublicTokenTexts } from './public-texts.ts'
import type { Recipient } from './recipient.ts'
import { senderMayBeUsed } from './sender.ts'

export interface SendDependencies {
  sessions: SessionStore
  mailer: Mailer
  now: Clock
  /** The secret that signs; older ones only verify. */
  otpSecret: string
  /** What a public token may put into the mail. */
  publicTokenTexts: PublicTokenTexts
  limits: Record<SendSubject, Limit | undefined>
  guesses: GuessLimits
  outcomes: Outcomes
  /** Makes the keys under which a recipient that was erased is still counted. */
  erasedKeys: (recipient: Recipient) => ErasedKeys
  /** Makes the code; by default a random one. */
  mintCode?: (digits: number) => string
}

export interface SendRequest {
  flow: Flow
  projectId: string
  credentialId: string
  allowedSenders: readonly string[]
  /** The credential's own limit, instead of that of all. */
  ownLimit?: Limit | undefined
  /** True if anybody may know the credential, so that what it says is held to a stricter rule. */
  isPublic: boolean
  /** Who is counted, for sends with a public token. */
  client: PublicClient | undefined
  /** The recipient as the caller wrote it, and as it was read. */
  email: string
  recipient: Recipient
  subject?: string | undefined
  verificationLine?: string | undefined
  from?: Mailbox | undefined
  locale?: string | undefined
  /** The caller's own id for it. */
  reference?: string | undefined
  redirectUrl?: string | undefined
  /** The host that the code is typed on, for autofill. */
  autofillHost?: string | undefined
  /** The hosted page of a session, for the flow that has one. */
  hostedVerifyUrl?: ((sessionId: string) => string) | undefined
  expiresInSeconds: number
  otpDigits: number
  /** As the caller gave it: a repeat of the same request under the same key mails nothing. */
  idempotencyKey?: string | undefined
}

export interface IssuedSession {
  sessionId: string
  expiresAt: number
  /** What is left of the credential's own limit; undefined without one, or for a repeat. */
  quota: Quota | undefined
  /** True if the recipient is a test recipient, so nothing was mailed. */
  isTestRecipient: boolean
  /** How its mail was accepted; undefined if there was none. */
  delivery: Delivery | undefined
}

/**
 * What can be said of a send before anything is counted.
 * @throws {OtpError} VALIDATION_FAILED, FROM_NOT_ALLOWED, SMTP_NOT_CONFIGURED
 */
export function checkSend({ publicTokenTexts, mailer }: SendDependencies, request: SendRequest): void {
  if (request.isPublic) checkPublicTexts(publicTokenTexts, request)
  if (request.from && !senderMayBeUsed(request.from, request.allowedSenders)) {
    throw new OtpError('FROM_NOT_ALLOWED')
  }
  if (!mailer.isConfigured) throw new OtpError('SMTP_NOT_CONFIGURED')
}

/**
 * Mints a code, stores the session, mails the code, and resolves when the mail was accepted. The session is
 * committed before the mail goes out, so a code that arrives can be verified even if this process dies.
 * @throws {OtpError} VALIDATION_FAILED, FROM_NOT_ALLOWED, SMTP_NOT_CONFIGURED, the flow's rate limit code,
 * IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED, SMTP_DELIVERY_FAILED
 */
export async function sendCode(dependencies: SendDependencies, request: SendRequest): Promise<IssuedSession> {
  const { sessions, mailer, outcomes, now, otpSecret } = dependencies
  const { flow, recipient } = request
  checkSend(dependencies, request)
  const sessionId = flow.sessionIdPrefix + ulid(now())
  const code = (dependencies.mintCode ?? mintCode)(request.otpDigits)
  const issued = await sessions.issue(
    {
      id: sessionId,
      flow: flow.name,
      projectId: request.projectId,
      openedBy: request.isPublic ? 'public_token' : 'server_key',
      credentialId: request.credentialId,
      email: request.email,
      canonicalRecipient: recipient.canonical,
      countedRecipient: recipient.counted,
      mailbox: recipient.mailbox,
      erasedAs: dependencies.erasedKeys(recipient),
      client: request.client,
      codeHash: hashCode(otpSecret, sessionId, recipient.canonical, code),
      maxAttempts: maxAttempts(request.otpDigits),
      expiresInMs: request.expiresInSeconds * 1000,
      deliveryMs: sessions.timeoutMs + mailer.timeoutMs,
      locale: request.locale,
      redirectUrl: request.redirectUrl,
      otpDigits: request.otpDigits,
      reference: request.reference,
      idempotency: claimOf(request),
    },
    limitsThatApply(dependencies.limits, request),
    dependencies.guesses,
  )
  switch (issued.outcome) {
    case 'issued':
      break
    case 'limited':
      throw new OtpError(flow.sendLimitCode, {
        retryAfterSeconds: Math.ceil(issued.retryAfterMs / 1000),
        reason: issued.isGuessLimit ? 'GUESS_LIMIT' : 'SEND_LIMIT',
        quota: issued.quota,
        limit: issued.limit.name,
      })
    case 'repeated':
      return {
        sessionId: issued.sessionId,
        expiresAt: issued.expiresAt,
        quota: undefined,
        isTestRecipient: false,
        delivery: undefined,
      }
    case 'reused':
      throw new OtpError('IDEMPOTENCY_KEY_REUSED')
    case 'inProgress':
      throw new OtpError('IDEMPOTENCY_IN_PROGRESS')
    case 'unknown':
      throw new OtpError('SMTP_DELIVERY_FAILED', {
        message: `${mayArrive} To send another, use a new key.`,
        ...(!request.isPublic && { reason: 'UNKNOWN' }),
      })
  }

  const { expiresAt, quota, isTestRecipient } = issued
  let delivery: Delivery | undefined
  try {
    if (!isTestRecipient)
      delivery = await mailer.deliver({
        to: recipient.address,
        network: request.client?.network,
        from: request.from,
        flow: flow.name,
        locale: request.locale,
        subject: request.subject,
        verificationLine: request.verificationLine,
        code,
        expiresInSeconds: request.expiresInSeconds,
        autofillHost: request.autofillHost,
        hostedVerifyUrl: request.hostedVerifyUrl?.(sessionId),
      })
  } catch (cause) {
    throw await failedSend(dependencies, request, sessionId, cause)
  }
  await outcomes.record(() => sessions.markSent(sessionId, delivery))
  return { sessionId, expiresAt, quota, isTestRecipient, delivery }
}

/** Writes down that a delivery failed. @returns what the caller is told */
async function failedSend(
  { sessions, outcomes }: SendDependencies,
  { isPublic }: SendRequest,
  sessionId: string,
  cause: unknown,
): Promise<OtpError> {
  const { delivery, reason } = cause instanceof DeliveryFailed ? cause : new DeliveryFailed('')
  // Anybody may hold a public token, and must not find out with it which mailboxes there are.
  const told = { cause, sessionId, delivery, ...(!isPublic && reason && { reason }) }
  if (cause instanceof DeliveryUnknown) {
    // A mail that may arrive stays counted and verifiable, as one under way is: a slow relay must be no way around the
    // limits, and a code that was mailed must not be worthless.
    await outcomes.record(() => sessions.markUnknown(sessionId, delivery))
    return new OtpError('SMTP_DELIVERY_FAILED', { ...told, message: mayArrive })
  }
  await outcomes.record(() => sessions.markFailed(sessionId, delivery))
  return new OtpError('SMTP_DELIVERY_FAILED', told)
}

const mayArrive = 'It is not known what became of the mail: it may still arrive.'

function claimOf(request: SendRequest) {
  const { idempotencyKey, flow, email, subject, verificationLine, from, locale, redirectUrl } = request
  const { isPublic, recipient, reference } = request
  if (idempotencyKey === undefined) return undefined
  const { expiresInSeconds, otpDigits } = request
  const texts = [flow.name, email, subject, verificationLine, from, locale, redirectUrl]
  // Anybody may hold a public token, so a key that somebody else uses with it must not show whose session that is.
  const key = isPublic ? `${recipient.canonical} ${idempotencyKey}` : idempotencyKey
  // Left out where there is none, so that keys from before there were references still answer their repeats.
  const named = reference === undefined ? [] : [reference]
  return idempotencyClaim(key, [...texts, expiresInSeconds, otpDigits, ...named])
}

const ofAll: SendSubject[] = ['recipient', 'recipientTotal', 'mailbox', 'credential']
const ofPublicTokens: SendSubject[] = ['address', 'network', 'failures']

function limitsThatApply(limits: SendDependencies['limits'], request: SendRequest): SendLimit[] {
  const { client } = request
  const subjects: SendSubject[] = client
    ? [...ofAll, ...ofPublicTokens, client.isIpv6 ? 'networkWhenBusy' : 'addressWhenBusy']
    : ofAll
  return subjects.flatMap((subject) => {
    const limit = (subject === 'credential' && request.ownLimit) || limits[subject]
    return limit ? [{ subject, ...limit }] : []
  })
}
