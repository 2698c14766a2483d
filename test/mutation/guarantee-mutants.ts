// biome-ignore-all format: one mutant a line
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text

import { change, type ServerMutant } from './server-mutants.ts'

const attempt = 'store/attempt.ts'
const sendLimits = 'store/send-limits.ts'
const idempotency = 'store/idempotency.ts'
const purge = 'store/purge.ts'
const resend = 'store/resend.ts'
const sessions = 'store/sessions.ts'
const tries = 'store/tries.ts'

/** Each breaks one line of SECURITY.md, and its test must notice. */
export const guaranteeMutants: ServerMutant[] = [
  // guesses
  change('guess-budget', attempt, 'guesses: one too many', 'usage.waitMs > 0', 'usage.waitMs > 1e15'),
  change('guess-budget', attempt, 'guesses: not counted', 'if (budget) await addTry(transaction, budget, attempt.at)', ''),
  change('guess-budget', attempt, 'guesses: counted by session', 'subject: recipient', 'subject: attempt.sessionId'),
  change('guess-budget', attempt, 'guesses: counted when they are right', 'if (compared.verified_at !== null) {', 'if (budget) await addTry(transaction, budget, attempt.at)\n        if (compared.verified_at !== null) {'),
  change('guess-budget', tries, 'guesses: a window a millisecond short', "'>=', at - windowMs", "'>', at - windowMs"),
  change('guess-budget', 'otp/page.ts', 'guesses: free on the page', "if (outcome === 'limited')", 'if (false as boolean)'),
  // resends
  change('resend', attempt, 'resends: no earlier code', 'or exists ${earlierMatches(attempt, earlierId)}', ''),
  change('resend', attempt, 'resends: an earlier code that has expired', 'and earlier.expires_at > ${at}', ''),
  change('resend', attempt, 'resends: an earlier code that is consumed', 'earlier.verified_at is null\n    and', ''),
  change('resend', attempt, 'resends: an earlier code that verifies twice', 'if (earlierId !== null) await consumeEarlier(transaction, attempt, earlierId)', ''),
  change('resend', attempt, 'resends: a budget for each', 'await countOnLinked(transaction, attempt.sessionId, earlierId)', ''),
  change('resend', attempt, 'resends: guesses at the earlier session are free', "where('resend_of', '=', sessionId),", ''),
  change('resend', resend, 'resends: attempts that are forgotten', 'attempts: earlier.attempts }', 'attempts: 0 }'),
  change('resend', resend, 'resends: a used-up budget that is passed on', 'earlier.attempts >= Math.min(earlier.max_attempts, session.maxAttempts)', 'earlier.attempts > 99'),
  change('resend', resend, 'resends: of every project', "    .where('project_id', '=', session.projectId)\n", ''),
  change('resend', resend, 'resends: of a failed send', "    .where('failed_at', 'is', null)\n", ''),
  change('resend', resend, 'resends: the first session instead of the last', "orderBy('counted_at', 'desc')", "orderBy('counted_at', 'asc')"),
  // the clock
  change('clock', sendLimits, 'clock: sends from the future block', 'newest <= latest', 'newest > 0'),
  change('clock', tries, 'clock: tries from the future block', 'newest <= latest', 'newest > 0'),
  change('clock', sendLimits, 'clock: sends from the future are free', ".where('counted_at', '>=', session.issuedAt - windowMs)", ".where('counted_at', '>=', session.issuedAt - windowMs)\n    .where('counted_at', '<=', session.countedAt)"),
  change('store.test', 'store/limits.ts', 'clock: who waited for the lock takes the others for the future', 'clockSlackMs = 10_000', 'clockSlackMs = 0'),
  // idempotency
  change('idempotency', idempotency, 'idempotency: a key that is not asked', 'if (claimed) return undefined', 'return undefined'),
  change('send-backend', idempotency, 'idempotency: any body under one key', 'if (!first.request_hash.equals(idempotency.requestHash))', 'if (false as boolean)'),
  change('idempotency', idempotency, 'idempotency: what is unknown is under way for ever', "isInFlight ? 'inProgress' : 'unknown'", "'inProgress'"),
  change('idempotency', idempotency, 'idempotency: keys of every credential', ".where('credential_id', '=', credential_id)\n", ''),
  change('idempotency', 'otp/idempotency.ts', 'idempotency: a minute instead of a day', '24 * 60 * 60 * 1000', '60 * 1000'),
  change('idempotency', sessions, 'idempotency: a failed send keeps its key', "await transaction.deleteFrom('idempotency_keys').where('session_id', '=', id).execute()", ''),
  change('idempotency', 'otp/send.ts', 'idempotency: a repeat of what is unknown mails again', "case 'unknown':\n      throw", "case 'unknown':\n      break\n    case 'never' as never:\n      throw"),
  // limits of the credential, told
  change('send-backend', sendLimits, 'quota: that of the recipient', "limit.subject === 'credential'", "limit.subject === 'recipient'"),
  change('send-backend', sendLimits, 'quota: one too many left', 'const used = isIssued ? usage.used : usage.used - 1', 'const used = usage.used - 1'),
  // retention
  change('purge', purge, 'retention: completed verifications go after an hour', 'Math.max(retentionMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: sessions go while they count', 'Math.max(hourMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: completed verifications are kept', "{ rows: 'sessions', time: 'verified_at'", "{ rows: 'tries', time: 'expires_at'"),
  change('purge', purge, 'retention: idempotency keys are kept', "{ rows: 'idempotency_keys', time: 'expires_at', before: at - hourMs },", ''),
  change('purge', purge, 'retention: everything in one step', 'const stepSize = 200', 'const stepSize = 200_000'),
  change('purge', 'app.ts', 'retention: nobody starts it', 'purge.start()', ''),
]
