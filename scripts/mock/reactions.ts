import { OtpError } from '../../server/errors.ts'
import { type Flow, flowOf, flows } from '../../server/flows.ts'
import type {
  SendEmailVerificationBody,
  VerificationPage,
  VerifyBody,
} from '../../server/generated/contract.ts'
import { requestDefaults } from '../../server/generated/request-defaults.ts'
import type { OperationId } from '../../server/http/types.ts'
import { isoTime } from '../../server/iso-time.ts'
import { maxAttempts, readTypedCode } from '../../server/otp/code.ts'
import { parseRecipient } from '../../server/otp/recipient.ts'
import { attemptsUsedUp } from '../../server/otp/refusals.ts'
import type { SessionRecord } from '../../server/otp/session.ts'
import { eventsOf, judgeCancel, statusOf, viewOf, withWrongCode } from '../../server/otp/status.ts'
import { refusalOf, testCode, testOutcomeOf } from '../../server/otp/test-outcomes.ts'
import { sandboxOf } from '../../server/sandbox.ts'
import { ulid } from '../../server/ulid.ts'

/** A request in which the mock found nothing wrong. */
export interface MockRequest {
  id: OperationId
  body: Record<string, unknown>
  query: Record<string, unknown>
  idempotencyKey: string | undefined
}

/** The `data` of the response. If undefined, the mock answers with the contract's example. */
export type Reaction = { data: object; delayMs?: number | undefined } | undefined

// Enough for all tests at once. The mock forgets the oldest entries first.
const mostRemembered = 10_000

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.set(key, value)
  if (memory.size > mostRemembered) memory.delete(memory.keys().next().value ?? '')
}

/**
 * Remembers the sessions that were sent, and answers by the rules of the sandbox. The mock treats a session that it did
 * not send, such as one from an example, as open.
 * @returns a function that reacts to one request. It throws an OtpError if the response is an error.
 */
export function createReactions(now: () => number): (request: MockRequest) => Reaction {
  const sessions = new Map<string, SessionRecord>()
  const answered = new Map<string, { request: string; reaction: Reaction }>()

  return ({ id, body, query, idempotencyKey }) => {
    const flow = flowOf(id)
    if (flow === undefined) return undefined
    const [verb] = /^[a-z]+/.exec(id) ?? []
    const session = sessions.get(String(body['sessionId'] ?? query['sessionId']))
    switch (verb) {
      case 'send':
        return once(idempotencyKey, `${id} ${JSON.stringify(body)}`, () =>
          send(flow, body as unknown as SendEmailVerificationBody),
        )
      case 'verify':
        return verify(flow, session, body as unknown as VerifyBody)
      case 'list':
        return list(flow, query)
      case 'get':
        return session && { data: detailsOf(session) }
      case 'cancel':
        return session && cancel(flow, session)
      default:
        return undefined
    }
  }

  /** A repeat with the same key gets the same answer as the first time. A failed send leaves its key free. */
  function once(key: string | undefined, request: string, act: () => Reaction): Reaction {
    const earlier = key === undefined ? undefined : answered.get(key)
    if (earlier && earlier.request !== request) throw new OtpError('IDEMPOTENCY_KEY_REUSED')
    const reaction = earlier?.reaction ?? act()
    if (key !== undefined) remember(answered, key, { request, reaction })
    return reaction
  }

  function send(flow: Flow, body: SendEmailVerificationBody): Reaction {
    const outcome = testOutcomeOf(body.email)
    if (outcome?.at === 'send' && outcome.error) throw refusalOf(outcome, flow)
    const { expiresInSeconds, otpDigits } = { ...requestDefaults.sendEmailVerification, ...body }
    const at = now()
    const attempts = maxAttempts(otpDigits)
    const usedUp = outcome?.status === 'ATTEMPTS_USED_UP'
    const session: SessionRecord = {
      id: flow.sessionIdPrefix + ulid(at),
      projectId: sandboxOf('mock'),
      flow: flow.name,
      openedBy: 'server_key',
      credentialId: 'mock',
      testRecipient: null,
      countedRecipient: '',
      canonicalRecipient: parseRecipient(body.email)?.canonical ?? body.email,
      codeHash: Buffer.alloc(0),
      otpDigits,
      attempts: usedUp ? attempts : 0,
      maxAttempts: attempts,
      expiresAt: outcome?.status === 'EXPIRED' ? at : at + expiresInSeconds * 1000,
      failedAt: null,
      verifiedAt: null,
      canceledAt: null,
      sentAt: at,
      unknownAt: null,
      wrongCodesAt: usedUp ? Array<number>(attempts).fill(at).join(' ') : '',
      expiryDueAt: null,
      reference: body.reference ?? null,
    }
    remember(sessions, session.id, session)
    const { id: sessionId, expiresAt } = session
    const sent = { sessionId, expiresAt: isoTime(expiresAt), email: body.email, sent: true }
    const delayMs = outcome?.delaySeconds && outcome.delaySeconds * 1000
    const hostedVerifyUrl = `https://otp.acme.example/verify-email?sessionId=${sessionId}`
    return { data: flow === flows.emailVerification ? { ...sent, hostedVerifyUrl } : sent, delayMs }
  }

  function verify(flow: Flow, session: SessionRecord | undefined, { email, code }: VerifyBody): Reaction {
    const outcome = testOutcomeOf(email)
    if (outcome?.at === 'verify') throw refusalOf(outcome, flow)
    const typed = readTypedCode(code).digits ?? ''
    if (session === undefined) {
      if (typed.length < 4 || typed !== testCode(typed.length)) throw new OtpError('INVALID_CODE')
      return { data: { verified: true } }
    }
    const at = now()
    const status = statusOf(session, at)
    if (status === 'ATTEMPTS_USED_UP') throw attemptsUsedUp()
    if (status !== 'PENDING' || session.flow !== flow.name) throw new OtpError('SESSION_NOT_FOUND')
    const isRight =
      typed === testCode(session.otpDigits) && parseRecipient(email)?.canonical === session.canonicalRecipient
    if (!isRight) {
      const after = typed.length === session.otpDigits ? withWrongCode(session, at) : session
      sessions.set(session.id, after)
      throw new OtpError('INVALID_CODE', { attemptsLeft: after.maxAttempts - after.attempts })
    }
    sessions.set(session.id, { ...session, verifiedAt: at })
    return { data: { verified: true } }
  }

  function list(flow: Flow, { reference, limit = 50 }: Record<string, unknown>): Reaction {
    const verified = [...sessions.values()].filter(
      (session) => session.flow === flow.name && session.verifiedAt !== null,
    )
    if (verified.length === 0) return undefined
    const page: VerificationPage = {
      verifications: verified
        .filter((session) => reference === undefined || session.reference === reference)
        .sort((a, b) => Number(b.verifiedAt) - Number(a.verifiedAt))
        .slice(0, Math.min(Number(limit), 100))
        .map((session) => ({
          id: session.id,
          email: session.canonicalRecipient,
          sentAt: isoTime(Number(session.sentAt)),
          verifiedAt: isoTime(Number(session.verifiedAt)),
          ...(session.reference === null ? {} : { reference: session.reference }),
          sandbox: true,
        })),
    }
    return { data: page }
  }

  function cancel(flow: Flow, session: SessionRecord): Reaction {
    const verdict = judgeCancel(session, { flow: flow.name, projectId: session.projectId }, now())
    if (verdict.outcome === 'verified') throw new OtpError('SESSION_CLOSED')
    if (verdict.outcome !== 'ended') throw new OtpError('SESSION_NOT_FOUND')
    if (verdict.isNew) sessions.set(session.id, { ...session, canceledAt: now() })
    return { data: { sessionId: session.id, status: verdict.status } }
  }

  function detailsOf(session: SessionRecord): object {
    const at = now()
    return {
      ...viewOf(session, at),
      events: eventsOf(session, at),
      testCode: testCode(session.otpDigits),
    }
  }
}
