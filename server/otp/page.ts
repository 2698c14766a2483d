import { flows, isSessionId } from '../flows.ts'
import { isSandbox } from '../sandbox.ts'
import type { Limit } from '../settings.ts'
import { hashCode, readTypedCode } from './code.ts'
import { noGuessLimits } from './guesses.ts'
import type { HostedSession, PageTries } from './ports.ts'
import type { VerifyDependencies } from './verify.ts'

export interface PageDependencies extends VerifyDependencies {
  tries: PageTries
  /** How many codes one client address may type in; undefined is no limit. */
  limit: Limit | undefined
}

/** How a session looks to whoever opened its page. */
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
  /** Undefined where the link leads to no session that anybody was mailed about. */
  session: HostedSession | undefined
  retryAfterMs?: number
  /** The limit that refused, as its operator calls it. */
  limit?: string | undefined
}

const flow = flows.emailVerification

/** The address of the hosted page of a session. @param publicUrl where this server is reached, without a slash at its end */
export function hostedPageOf(publicUrl: string): (sessionId: string) => string {
  return (sessionId) => `${publicUrl}/verify-email?sessionId=${sessionId}`
}

/** What the page shows for this link. Changes nothing. @throws {OtpError} SERVICE_UNAVAILABLE */
export async function viewSession({ sessions }: PageDependencies, sessionId: string): Promise<PageView> {
  const found = isSessionId(flow, sessionId) ? await sessions.find(sessionId, flow.name) : undefined
  const session = found?.isFailed ? undefined : found
  return { state: stateOf(session), session }
}

/**
 * Verifies the typed code with the same statement and out of the same attempts as the API. What cannot be a
 * code costs no attempt, and nothing at all if it is empty: that is what a mail scanner sends that presses buttons.
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
  // Others may have tried meanwhile, so only the store knows what is left.
  const after = await viewSession(dependencies, sessionId)
  const isWrong = outcome === 'wrong' || outcome === 'malformed'
  return isWrong && after.state === 'open' ? { ...after, state: 'wrong' } : after
}

/** Counts one try of this client. @returns undefined, or the limit that refuses it and the wait */
export async function countTry(
  { tries, limit }: Pick<PageDependencies, 'tries' | 'limit'>,
  session: HostedSession | undefined,
  client: string,
): Promise<{ retryAfterMs: number; limit: string | undefined } | undefined> {
  if (limit === undefined) return undefined
  // Tries in the sandbox do not count for people who type a live code.
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
