import { OtpError } from '../errors.ts'
import { flows } from '../flows.ts'
import { isSandbox } from '../sandbox.ts'
import type { Limit } from '../settings.ts'
import type { Delivery } from './delivery.ts'
import { countTry, type PageDependencies, type PageState, type PageView, viewSession } from './page.ts'
import type { HostedSession } from './ports.ts'
import { parseRecipient, type Recipient } from './recipient.ts'
import { sendInSandbox, type Wait } from './sandbox.ts'
import { type IssuedSession, type SendDependencies, sendCode } from './send.ts'

/** The rights of the key that opened a session. */
interface SendingKey {
  allowedSenders: readonly string[]
  ownLimit: Limit | undefined
}

export interface ResendDependencies extends PageDependencies {
  sending: SendDependencies & { wait: Wait }
  /** Finds the key by its id. Returns undefined if it is revoked or expired. */
  keyOf(credentialId: string): Promise<SendingKey | undefined>
  hostedVerifyUrl(sessionId: string): string
  /** The host where people type the code, for autofill. */
  autofillHost: string | undefined
}

export interface ResendRequest {
  sessionId: string
  /** The address as the person typed it. */
  typedAddress: string
  client: string
}

/** A new code is on its way, for this session. */
interface Resent {
  state: 'resent'
  /** The session of the new code. */
  sessionId: string
  /** The session of the page. */
  session: HostedSession
  delivery: Delivery | undefined
}

export type ResendView =
  | Resent
  | (Omit<PageView, 'state'> & {
      state: PageState | 'missingAddress' | 'wrongAddress' | 'wait' | 'notSent' | 'noNewCode'
      /** The error behind `notSent` and `noNewCode`, for the log. */
      failure?: OtpError
    })

/** The states in which the page offers a new code. */
export const mayResend: ReadonlySet<PageState> = new Set<PageState>([
  'open',
  'wrong',
  'missingCode',
  'usedUp',
  'expired',
])

const flow = flows.emailVerification
const shortestLifetimeSeconds = 60

/**
 * Sends a new code for the session of a page, with the same recipient, language, lifetime and redirect. Every limit
 * counts it like any other send with the key. Only a person who types the recipient's address gets a new code. An email
 * scanner that presses every button does not. Repeats for one session within 24 hours send only one email.
 * @throws {OtpError} SERVICE_UNAVAILABLE
 */
export async function resendOnPage(
  dependencies: ResendDependencies,
  { sessionId, typedAddress, client }: ResendRequest,
): Promise<ResendView> {
  const view = await viewSession(dependencies, sessionId)
  const { session } = view
  if (session === undefined || !mayResend.has(view.state)) return view
  if (typedAddress.trim() === '') return { ...view, state: 'missingAddress' }

  const refusal = await countTry(dependencies, session, client)
  if (refusal) return { state: 'tooManyTries', session, ...refusal }
  const typed = parseRecipient(typedAddress.trim())
  const recipient = parseRecipient(session.email)
  if (recipient === undefined || typed?.canonical !== session.canonicalRecipient)
    return { ...view, state: 'wrongAddress' }

  try {
    const { sessionId: newId, delivery } = await sendAgain(dependencies, sessionId, session, recipient)
    return { state: 'resent', sessionId: newId, session, delivery }
  } catch (error) {
    // The code may arrive, so the page has to accept it.
    if (error instanceof OtpError && error.reason === 'UNKNOWN' && error.sessionId !== undefined)
      return { state: 'resent', sessionId: error.sessionId, session, delivery: undefined }
    if (!(error instanceof OtpError) || error.code === 'SERVICE_UNAVAILABLE') throw error
    return refused(view, error)
  }
}

async function sendAgain(
  { sending, keyOf, hostedVerifyUrl, autofillHost }: ResendDependencies,
  sessionId: string,
  session: HostedSession,
  recipient: Recipient,
): Promise<IssuedSession> {
  const { projectId, credentialId } = session
  const key = await keyOf(credentialId)
  if (key === undefined) throw new OtpError('UNAUTHORIZED')
  const sendIn = isSandbox(projectId) ? sendInSandbox : sendCode
  return sendIn(sending, {
    ...key,
    flow,
    projectId,
    credentialId,
    isPublic: false,
    client: undefined,
    email: session.email,
    recipient,
    locale: session.locale,
    reference: session.reference,
    redirectUrl: session.redirectUrl,
    autofillHost,
    hostedVerifyUrl,
    expiresInSeconds: Math.max(shortestLifetimeSeconds, Math.ceil(session.lifetimeMs / 1000)),
    otpDigits: session.otpDigits,
    // A header cannot contain a line feed, so this key never equals a caller's own Idempotency-Key.
    idempotencyKey: `page\n${sessionId}`,
  })
}

function refused(view: PageView, error: OtpError): ResendView {
  const { code, retryAfterSeconds = 1, limit } = error
  if (code === flow.sendLimitCode || code === 'IDEMPOTENCY_IN_PROGRESS')
    return { ...view, state: 'wait', retryAfterMs: retryAfterSeconds * 1000, limit }
  // The key is revoked or expired, so trying again does not help.
  return { ...view, state: code === 'UNAUTHORIZED' ? 'noNewCode' : 'notSent', failure: error }
}
