import type { Mailbox } from '../address.ts'
import { OtpError, type Quota } from '../errors.ts'
import type { Flow } from '../flows.ts'
import type { Limit, PublicTokenTexts } from '../settings.ts'
import { ulid } from '../ulid.ts'
import { hashCode, maxAttempts, mintCode } from './code.ts'
import { type Delivery, DeliveryFailed, DeliveryUnknown, type Mailer } from './delivery.ts'
import type { ErasedKeys } from './erased.ts'
import { idempotencyClaim } from './idempotency.ts'
import type { Outcomes } from './outcomes.ts'
import type { Clock, GuessLimits, PublicClient, SendLimit, SendSubject, SessionStore } from './ports.ts'
import { checkPublicTexts } from './public-texts.ts'
import type { Recipient } from './recipient.ts'
import { senderMayBeUsed } from './sender.ts'

export interface SendDependencies {
  sessions: SessionStore
  mailer: Mailer
  now: Clock
  /** The secret that signs new codes. Older secrets only verify. */
  otpSecret: string
  /** The texts that a public token may set in the email. */
  publicTokenTexts: PublicTokenTexts
  limits: Record<SendSubject, Limit | undefined>
  guesses: GuessLimits
  outcomes: Outcomes
  /** Makes the keys that limits use to keep counting an erased recipient. */
  erasedKeys: (recipient: Recipient) => ErasedKeys
  /** Makes the code. By default, it is random. */
  mintCode?: (digits: number) => string
}

export interface SendRequest {
  flow: Flow
  projectId: string
  credentialId: string
  allowedSenders: readonly string[]
  /** The credential's own limit. It replaces the general one. */
  ownLimit?: Limit | undefined
  /** True for public tokens. Anyone may know them, so their texts follow stricter rules. */
  isPublic: boolean
  /** The client that limits count, for sends with a public token. */
  client: PublicClient | undefined
  /** The recipient as the caller wrote it, and in its parsed form. */
  email: string
  recipient: Recipient
  subject?: string | undefined
  verificationLine?: string | undefined
  from?: Mailbox | undefined
  locale?: string | undefined
  /** The caller's own id for this session. */
  reference?: string | undefined
  redirectUrl?: string | undefined
  /** The host where the person types the code, for autofill. */
  autofillHost?: string | undefined
  /** The hosted page of a session, for the flow that has one. */
  hostedVerifyUrl?: ((sessionId: string) => string) | undefined
  expiresInSeconds: number
  otpDigits: number
  /** The key as the caller gave it. A repeat of the same request with the same key sends no email. */
  idempotencyKey?: string | undefined
}

export interface IssuedSession {
  sessionId: string
  expiresAt: number
  /** What is left of the credential's limit. undefined if there is no limit, or if this send is a repeat. */
  quota: Quota | undefined
  /** True if the recipient is a test recipient, so no email was sent. */
  isTestRecipient: boolean
  /** How a mail server accepted the email. undefined if there was no email. */
  delivery: Delivery | undefined
}

/**
 * Checks a send before anything is counted.
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
 * Mints a code, stores the session and emails the code. Resolves when a mail server has accepted the email. The session
 * is committed before the email goes out, so a code that arrives can be verified even if this process dies.
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
        message: `${mayArrive} To send another email, use a new Idempotency-Key.`,
        sessionId: issued.sessionId,
        ...(!request.isPublic && { reason: 'UNKNOWN' }),
      })
  }

  const { expiresAt, quota, isTestRecipient } = issued
  let delivery: Delivery | undefined
  try {
    if (!isTestRecipient)
      delivery = await mailer.deliver({
        projectId: request.projectId,
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

/** Records a failed delivery. @returns the error for the caller */
async function failedSend(
  { sessions, outcomes }: SendDependencies,
  { isPublic }: SendRequest,
  sessionId: string,
  cause: unknown,
): Promise<OtpError> {
  const { delivery, reason } = cause instanceof DeliveryFailed ? cause : new DeliveryFailed('')
  // Anyone may hold a public token. They must not use it to find out which mailboxes exist.
  const told = { cause, sessionId, delivery, ...(!isPublic && reason && { reason }) }
  if (cause instanceof DeliveryUnknown) {
    // An email that may arrive still counts and its code still works, as during the delivery. Otherwise a slow relay
    // would be a way around the limits, and a code that arrives would be worthless.
    await outcomes.record(() => sessions.markUnknown(sessionId, delivery))
    return new OtpError('SMTP_DELIVERY_FAILED', { ...told, message: mayArrive })
  }
  await outcomes.record(() => sessions.markFailed(sessionId, delivery))
  return new OtpError('SMTP_DELIVERY_FAILED', told)
}

const mayArrive = 'The outcome of the delivery is unknown. The email may still arrive.'

function claimOf(request: SendRequest) {
  const { idempotencyKey, flow, email, subject, verificationLine, from, locale, redirectUrl } = request
  const { isPublic, recipient, reference } = request
  if (idempotencyKey === undefined) return undefined
  const { expiresInSeconds, otpDigits } = request
  const texts = [flow.name, email, subject, verificationLine, from, locale, redirectUrl]
  // Anyone may hold a public token. We bind the key to the recipient, so it cannot reveal someone else's session.
  const key = isPublic ? `${recipient.canonical} ${idempotencyKey}` : idempotencyKey
  // We add the reference only if there is one. So keys from before references existed still answer their repeats.
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
