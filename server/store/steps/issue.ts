import {
  type GuessUsage,
  guessSubject,
  isShort,
  judgeGuess,
  noGuesses,
  tallySubjects,
} from '../../otp/guesses.ts'
import { type ClaimedKey, judgeRepeat, judgeResend, judgeSend } from '../../otp/judge.ts'
import { lookBackMs, nothingUsed, recipientUsage, type Tally, type Usage, usageOf } from '../../otp/limits.ts'
import type {
  GuessLimits,
  IssueOutcome,
  NewSession,
  RecentSend,
  RecipientSubject,
  SenderSubject,
  SendLimit,
} from '../../otp/ports.ts'
import { type Query, read, type Step, type StepTime } from '../engine.ts'
import { claimedKey, claimKey } from '../idempotency-statements.ts'
import { countSends, guessTimes, recentSends, talliesOf } from '../limit-statements.ts'
import { type Lock, lock, locksOfClient } from '../locks.ts'
import { insertSession, isIssued, previousSend } from '../statements.ts'
import { codeHashOf, type TestRecipientCode, testRecipientCode } from '../test-recipients.ts'

/** @param timeoutMs the longest wait of the step that records the outcome */
export function issue(
  session: NewSession,
  limits: readonly SendLimit[],
  guesses: GuessLimits,
  timeoutMs: number,
): Step<IssueOutcome> {
  const { projectId, flow, canonicalRecipient, credentialId, client, idempotency } = session
  const questions = questionsOf(session, limits, guesses)
  return {
    locks: locksOf(session, limits),
    *run() {
      const { rows, ...time } = yield* read(
        previousSend(projectId, flow, canonicalRecipient, credentialId, client?.network ?? null),
        ...questions.map(({ query }) => query),
      )
      const [[previous], ...answers] = rows
      const answerTo = <Row>(subject: Question['subject']) =>
        (answers[questions.findIndex((question) => question.subject === subject)] ?? []) as Row[]

      const [claimed] = answerTo<ClaimedKey>('key')
      const repeated = idempotency && judgeRepeat(claimed, idempotency.requestHash, time.steadyAt)
      if (repeated) return { outcome: repeated, writes: [] }

      const recent = answerTo<RecentSend>('mailbox').sort((a, b) => b.countedAt - a.countedAt)
      const usages = limits.map((limit) =>
        isOfRecipients(limit.subject)
          ? recipientUsage(recent, session, limit, time.steadyAt)
          : (answerTo<Usage>(limit.subject)[0] ?? nothingUsed),
      )
      const guessed = answerTo<{ triedAt: number }>('shortGuesses').map(({ triedAt }) => triedAt)
      const shortTimes = guessed.sort((a, b) => b - a)
      const usage: GuessUsage = {
        ...noGuesses,
        ...(guesses.recipient.short && {
          recipientShort: usageOf(shortTimes, guesses.recipient.short, time.steadyAt),
        }),
        tallies: answerTo<Tally>('guesses'),
      }
      const next = { isShort: isShort(session.otpDigits), cost: 1, client }
      const guessing = judgeGuess(usage, guesses, next, time.steadyAt)
      const { refusal, isGuessLimit, quota } = judgeSend(usages, limits, guessing, time.steadyAt)
      if (refusal) return { outcome: { outcome: 'limited', ...refusal, isGuessLimit, quota }, writes: [] }

      const expiresAt = time.at + session.expiresInMs
      const [testRecipient] = answerTo<TestRecipientCode>('testRecipient')
      const earlier = judgeResend(previous, session.maxAttempts, time.at)
      return {
        outcome: { outcome: 'issued', expiresAt, quota, isTestRecipient: testRecipient !== undefined },
        writes: [
          insertSession({
            id: session.id,
            flow,
            project_id: projectId,
            credential_id: credentialId,
            email: session.email,
            canonical_recipient: canonicalRecipient,
            counted_recipient: session.countedRecipient,
            mailbox: session.mailbox,
            opened_by: session.openedBy,
            client_address: client?.address ?? null,
            client_network: client?.network ?? null,
            code_hash: testRecipient ? codeHashOf(testRecipient, session.otpDigits) : session.codeHash,
            attempts: earlier?.attempts ?? 0,
            max_attempts: session.maxAttempts,
            issued_at: time.at,
            expires_at: expiresAt,
            counted_at: time.steadyAt + session.deliveryMs,
            locale: session.locale ?? null,
            redirect_url: session.redirectUrl ?? null,
            otp_digits: session.otpDigits,
            ordinal: (previous?.ordinal ?? 0) + 1,
            resend_of: earlier?.id ?? null,
            reference: session.reference ?? null,
            expiry_due_at: expiresAt,
            erased_key: session.erasedAs.counted,
            test_recipient: testRecipient?.id ?? null,
          }),
          ...claims(session, expiresAt, time, timeoutMs),
        ],
        proof: isIssued(session.id),
      }
    },
  }
}

/** A query and the subject of its answer. */
interface Question {
  subject: SenderSubject | 'key' | 'mailbox' | 'guesses' | 'shortGuesses' | 'testRecipient'
  query: Query
}

/** Returns all queries needed to judge this session, and no others. */
function questionsOf(session: NewSession, limits: readonly SendLimit[], guesses: GuessLimits): Question[] {
  const { idempotency, credentialId, client, openedBy, projectId, countedRecipient, erasedAs } = session
  const questions: Question[] = []
  if (idempotency) questions.push({ subject: 'key', query: claimedKey(credentialId, idempotency.keyHash) })
  questions.push({
    subject: 'testRecipient',
    query: testRecipientCode(projectId, session.canonicalRecipient),
  })
  const ofRecipients = limits.filter(({ subject }) => isOfRecipients(subject))
  if (ofRecipients.length > 0) {
    const furthest = Math.max(...ofRecipients.map(lookBackMs))
    questions.push({
      subject: 'mailbox',
      query: recentSends(session.mailbox, countedRecipient, erasedAs.mailbox, erasedAs.counted, furthest),
    })
  }
  for (const { subject, windowMs, max } of limits) {
    if (isOfRecipients(subject)) continue
    questions.push({ subject, query: countSends[subject](countedFor(session, subject), windowMs, max) })
  }
  if (client) questions.push({ subject: 'guesses', query: talliesOf(...tallySubjects(client)) })
  const { short } = guesses.recipient
  if (short && isShort(session.otpDigits)) {
    const subject = guessSubject(openedBy, projectId, countedRecipient)
    const erased = guessSubject(openedBy, projectId, erasedAs.counted)
    const query = guessTimes('short_guess', subject, erased, short.windowMs)
    questions.push({ subject: 'shortGuesses', query })
  }
  return questions
}

function isOfRecipients(subject: SendLimit['subject']): subject is RecipientSubject {
  return !Object.hasOwn(countSends, subject)
}

function countedFor({ credentialId, client }: NewSession, subject: SenderSubject): string {
  switch (subject) {
    case 'credential':
      return credentialId
    case 'address':
    case 'addressWhenBusy':
      return client?.address ?? ''
    case 'network':
    case 'networkWhenBusy':
    case 'failures':
      return client?.network ?? ''
  }
}

function locksOf({ mailbox, credentialId, client, idempotency }: NewSession, limits: readonly SendLimit[]) {
  const locks: Lock[] = [lock.recipient(mailbox)]
  if (client) locks.push(...locksOfClient(client))
  else if (limits.some(({ subject }) => subject === 'credential')) locks.push(lock.credential(credentialId))
  if (idempotency) locks.push(lock.idempotencyKey(`${credentialId} ${idempotency.keyHash.toString('hex')}`))
  return locks
}

function claims(
  { id, credentialId, deliveryMs, idempotency }: NewSession,
  expiresAt: number,
  { steadyAt }: StepTime,
  timeoutMs: number,
): Query[] {
  if (idempotency === undefined) return []
  const { keyHash, requestHash, keptMs } = idempotency
  const inFlightUntil = steadyAt + deliveryMs + timeoutMs
  return [claimKey(credentialId, keyHash, requestHash, id, expiresAt, inFlightUntil, steadyAt + keptMs)]
}
