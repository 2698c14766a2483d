import { flows, isSessionId } from '../flows.ts'
import { isSandbox } from '../sandbox.ts'
import type { Limit } from '../settings.ts'
import { hashCode, readTypedCode } from './code.ts'
import { noGuessLimits } from './guesses.ts'
import type { HostedSession, PageTries } from './ports.ts'
import type { VerifyDependencies } from './verify.ts'

export interface PageDependencies extends VerifyDependencies {
  tries: PageTries
  /** How many codes and addresses one client address may enter. undefined means no limit. */
  limit: Limit | undefined
}

/** The state of a session, as its page shows it. */
export type PageState =
  | 'open'
  | 'wrong'
  | 'usedUp'
  | 'expired'
  | 'canceled'
  | 'verified'
  | 'alreadyVerified'
  | 'unknown'
  | 'missingCode'
  | 'tooManyTries'

export interface PageView {
  state: PageState
  /** Undefined if the link leads to no session, or if no email went out for it. */
  session: HostedSession | undefined
  retryAfterMs?: number
  /** The limit that refused the request, under the name that the operator knows. */
  limit?: string | undefined
}

const flow = flows.emailVerification

/** Returns a function that makes the URL of a session's hosted page. @param publicUrl without a slash at its end */
export function hostedPageOf(publicUrl: string): (sessionId: string) => string {
  return (sessionId) => `${publicUrl}/verify-email?sessionId=${sessionId}`
}

/** Returns the state of the page for this link. Reads only. @throws {OtpError} SERVICE_UNAVAILABLE */
export async function viewSession({ sessions }: PageDependencies, sessionId: string): Promise<PageView> {
  const found = isSessionId(flow, sessionId) ? await sessions.find(sessionId, flow.name) : undefined
  const session = found?.isFailed ? undefined : found
  return { state: stateOf(session), session }
}

/**
 * Verifies the typed code in the same step and with the same attempts as the API. Text that cannot be a code costs no
 * attempt. An empty text does not count as a try either, because email scanners that press buttons send it.
 * @throws {OtpError} SERVICE_UNAVAILABLE
 */
export async function verifyOnPage(
  dependencies: PageDependencies,
  { sessionId, typed, client }: { sessionId: string; typed: string; client: string },
): Promise<PageView> {
  const view = await viewSession(dependencies, sessionId)
  const { session } = view
  const { digits: code, isEmpty } = readTypedCode(typed)
  if (isEmpty) return view.state === 'open' ? { ...view, state: 'missingCode' } : view

  const { sessions, guesses, otpSecrets } = dependencies
  const refusal = await countTry(dependencies, session, client)
  if (refusal) return { state: 'tooManyTries', session, ...refusal }
  if (session === undefined || view.state !== 'open') return view
  if (code === undefined) return { ...view, state: 'wrong' }

  const { projectId, canonicalRecipient } = session
  const result = await sessions.attempt({
    sessionId,
    flow: flow.name,
    projectId,
    typedDigits: code.length,
    hashesFor: (id) => otpSecrets.map((secret) => hashCode(secret, id, canonicalRecipient, code)),
    guesses: isSandbox(session.projectId) ? noGuessLimits : guesses,
    client: undefined,
  })
  const { outcome } = result
  if (outcome === 'limited') {
    return { state: 'tooManyTries', session, retryAfterMs: result.retryAfterMs, limit: result.limit.name }
  }
  if (outcome === 'verified') return { state: 'verified', session }
  // Others may have tried in the meantime, so only the store knows how many attempts are left.
  const after = await viewSession(dependencies, sessionId)
  const isWrong = outcome === 'wrong' || outcome === 'malformed'
  return isWrong && after.state === 'open' ? { ...after, state: 'wrong' } : after
}

/** Counts one try of this client. @returns the limit that refuses it and the wait, or undefined if none does */
export async function countTry(
  { tries, limit }: Pick<PageDependencies, 'tries' | 'limit'>,
  session: HostedSession | undefined,
  client: string,
): Promise<{ retryAfterMs: number; limit: string | undefined } | undefined> {
  if (limit === undefined) return undefined
  // Sandbox tries count separately, so they do not use up the tries of people who type live codes.
  const isTest = session !== undefined && isSandbox(session.projectId)
  const refusal = await tries.count(isTest ? `sandbox ${client}` : client, limit)
  return refusal && { ...refusal, limit: limit.name }
}

function stateOf(session: HostedSession | undefined): PageState {
  if (session === undefined) return 'unknown'
  if (session.isVerified) return 'alreadyVerified'
  if (session.isCanceled) return 'canceled'
  if (session.isExpired) return 'expired'
  return session.attemptsLeft > 0 ? 'open' : 'usedUp'
}
