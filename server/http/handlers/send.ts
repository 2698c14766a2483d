import { parseMailbox } from '../../address.ts'
import { ownLimitOf } from '../../credentials/find-active.ts'
import type { Credential } from '../../credentials/ports.ts'
import { invalidRequest } from '../../errors.ts'
import { type Flow, flows } from '../../flows.ts'
import type { SentOtp } from '../../generated/contract.ts'
import { isoTime } from '../../iso-time.ts'
import { parseRecipient } from '../../otp/recipient.ts'
import { sendInSandbox, type Wait } from '../../otp/sandbox.ts'
import { type SendDependencies, type SendRequest, sendCode } from '../../otp/send.ts'
import { isSandbox } from '../../sandbox.ts'
import { quotaHeaders } from '../quota.ts'
import type { Call, Handler, Reply } from '../types.ts'

export interface SendingDependencies extends SendDependencies {
  /** How the sandbox waits if the recipient's label asks for a delay. */
  wait: Wait
}

export function sendInstantOtp(dependencies: SendingDependencies): Handler<'sendInstantOtp'> {
  return async (call): Promise<Reply<'sendInstantOtp'>> => {
    const autofillHost = onlyHttpsHost(call.caller.credential)
    const { data, ...sent } = await send(dependencies, flows.instant, call, {
      from: call.body.from,
      autofillHost,
    })
    return { status: 200, body: { success: true, data }, ...sent }
  }
}

export function sendBackendOtp(dependencies: SendingDependencies): Handler<'sendBackendOtp'> {
  return async (call): Promise<Reply<'sendBackendOtp'>> => {
    const { data, ...sent } = await send(dependencies, flows.backend, call)
    return { status: 200, body: { success: true, data }, ...sent }
  }
}

export function sendEmailVerification(
  dependencies: SendingDependencies,
  hostedVerifyUrl: (sessionId: string) => string,
  autofillHost: string | undefined,
): Handler<'sendEmailVerification'> {
  return async (call): Promise<Reply<'sendEmailVerification'>> => {
    const { redirectUrl } = call.body
    if (redirectUrl !== undefined && !mayRedirectTo(redirectUrl, call.caller.credential.allowedOrigins)) {
      throw invalidRequest('/redirectUrl', "must have one of the key's allowed origins")
    }
    const page = { redirectUrl, hostedVerifyUrl, autofillHost }
    const { data, ...sent } = await send(dependencies, flows.emailVerification, call, page)
    const body = {
      success: true,
      data: { ...data, hostedVerifyUrl: hostedVerifyUrl(data.sessionId) },
    } as const
    return { status: 200, body, ...sent }
  }
}

/** The response to every send, and what the log records about it. */
type Sent = { data: SentOtp } & Pick<Reply<'sendBackendOtp'>, 'headers' | 'logged'>

/** Returns the site where users type codes of this credential, if exactly one https site may use it. */
function onlyHttpsHost({ kind, allowedOrigins }: Credential): string | undefined {
  const [origin, ...others] = allowedOrigins
  const isOnly = kind === 'public_token' && others.length === 0 && origin?.startsWith('https://')
  return isOnly && origin !== undefined ? new URL(origin).hostname : undefined
}

// Unlike in CORS, an empty list allows no origin here: the page must not become an open redirect.
function mayRedirectTo(url: string, allowedOrigins: readonly string[]): boolean {
  return URL.canParse(url) && allowedOrigins.includes(new URL(url).origin)
}

async function send(
  dependencies: SendingDependencies,
  flow: Flow,
  { body, caller, idempotencyKey }: Call<'sendBackendOtp'>,
  {
    from,
    ...page
  }: { from?: string | undefined } & Pick<
    SendRequest,
    'redirectUrl' | 'hostedVerifyUrl' | 'autofillHost'
  > = {},
): Promise<Sent> {
  const recipient = parseRecipient(body.email)
  if (recipient === undefined) throw invalidRequest('/email', 'must be exactly one email address')
  const sender = from === undefined ? undefined : parseMailbox(from)
  if (from !== undefined && sender === undefined)
    throw invalidRequest('/from', 'must be an address, Name <address> or "Name, with punctuation" <address>')

  const { projectId } = caller.credential
  const sendIn = isSandbox(projectId) ? sendInSandbox : sendCode
  const { sessionId, expiresAt, quota, isTestRecipient, delivery } = await sendIn(dependencies, {
    flow,
    projectId,
    credentialId: caller.credential.id,
    allowedSenders: caller.credential.allowedSenders,
    ownLimit: ownLimitOf(caller.credential),
    isPublic: caller.credential.kind === 'public_token',
    client: caller.client,
    email: body.email,
    recipient,
    subject: body.subject,
    verificationLine: body.verificationLine,
    from: sender,
    expiresInSeconds: body.expiresInSeconds,
    otpDigits: body.otpDigits,
    locale: body.locale,
    reference: body.reference,
    idempotencyKey,
    ...page,
  })
  return {
    data: { sessionId, expiresAt: isoTime(expiresAt), email: body.email, sent: true },
    headers: quotaHeaders(quota),
    logged: { sessionId, ...(isTestRecipient && { testRecipient: true }), ...(delivery && { delivery }) },
  }
}
