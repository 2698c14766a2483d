// biome-ignore-all format: one mutant a line
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text

import { change, type ServerMutant } from './server-mutants.ts'

const address = 'http/client-address.ts'
const attempt = 'store/attempt.ts'
const database = 'store/database.ts'
const listen = 'http/listen.ts'
const send = 'otp/send.ts'
const smtp = 'mail/smtp.ts'
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
  change('idempotency', send, 'idempotency: a repeat of what is unknown mails again', "case 'unknown':\n      throw", "case 'unknown':\n      break\n    case 'never' as never:\n      throw"),
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
  // once and attempts
  change('once', attempt, 'once: a code that verifies as often as it comes', "      where('verified_at', 'is', null),\n      where('failed_at'", "      where('failed_at'"),
  change('attempts', attempt, 'attempts: without an end', ".whereRef('attempts', '<', 'max_attempts')\n    .returning", '.returning'),
  change('attempts', attempt, 'attempts: one too few', "'attempts', '<', 'max_attempts')\n    .returning", "sql`attempts + 1` as never, '<', 'max_attempts')\n    .returning"),
  // windows
  change('windows', 'store/limits.ts', 'windows: half as long', 'oldest + windowMs + 1 - at', 'oldest + windowMs / 2 - at'),
  change('windows', sendLimits, 'windows: one more', 'max: limit.max + 1 }', 'max: limit.max + 2 }'),
  change('windows', send, 'windows: a failed delivery counts', 'await record(dependencies, () => sessions.markFailed(sessionId, now()))', 'void record'),
  // delivery
  change('delivery', smtp, 'delivery: what is unknown has failed', 'if (isRefusal(cause) || !mayBeHandedOver(signal)) throw cause', 'if (isRefusal(cause) || mayBeHandedOver(signal) || true) throw cause'),
  change('delivery', smtp, 'delivery: a refusal is unknown', 'responseCode >= 400 && responseCode <= 599', 'responseCode > 999'),
  change('delivery', smtp, 'delivery: without a deadline', '        signal,\n', ''),
  change('delivery', send, 'delivery: `sent` for whatever becomes of it', "throw new OtpError('SMTP_DELIVERY_FAILED', { cause })", 'void cause'),
  // crash and store
  change('crash', database, 'crash: a journal that a kill can leave behind', 'journal_mode = wal', 'journal_mode = memory'),
  change('crash', database, 'crash: commits that are not on disk yet', 'synchronous = full', 'synchronous = normal'),
  change('store-trouble', database, 'store: a full disk is a fault of ours', '|FULL|IOERR|', '|'),
  change('store-trouble', database, 'store: a file that was moved away is written to', 'found?.ino !== opened.ino || found.dev !== opened.dev', 'found?.ino !== opened.ino && opened.dev < 0'),
  change('store-trouble', 'errors.ts', 'store: no time to retry', '    retryAfterSeconds: 5,\n', ''),
  change('store-trouble', send, 'store: a delivery that is taken back', "'the outcome of a delivery was not recorded')", "'the outcome of a delivery was not recorded')\n    throw error"),
  // shutdown and dawdlers
  change('shutdown', listen, 'shutdown: connections that wait are reset', 'await acceptWaiting(server)', 'if (port < 0) await acceptWaiting(server)'),
  change('shutdown', listen, 'shutdown: callers are not told', '      requests.announceEnd()\n', ''),
  change('shutdown', 'commands/serve.ts', 'shutdown: for as long as anybody hangs', 'graceMs = 9_000', 'graceMs = 90_000'),
  change('slow-loris', listen, 'dawdlers: heads without an end', 'headersTimeout: headersMs', 'headersTimeout: headersMs * 1000'),
  change('slow-loris', listen, 'dawdlers: bodies without an end', 'requestTimeout: requestMs', 'requestTimeout: 0'),
  change('slow-loris', listen, 'dawdlers: idle for ever', 'keepAliveTimeout: idleMs', 'keepAliveTimeout: 0'),
  // leaks
  change('leaks.test', send, 'leaks: the code in the log', '  await record(dependencies, () => sessions.markSent', "  dependencies.log.debug({ code }, 'sent')\n  await record(dependencies, () => sessions.markSent"),
  change('leaks', 'log.ts', 'leaks: what libraries say, as it is', 'secrets.reduce(', 'secrets.slice(0, 0).reduce('),
  change('leaks', 'log.ts', 'leaks: the words of the mail server', 'error.message.replaceAll(response, statusOf(response))', 'statusOf(response) + error.message'),
  // no way in, and the client's address
  change('no-way-in', 'http/security.ts', 'no way in: two credentials in one request', '(others.length === 0 &&', '(others.length >= 0 &&'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: what was revoked', '|| found.revokedAt !== undefined', ''),
  change('client-address.test', address, 'client address: read from the left', 'hops.pop()', 'hops.shift()'),
  change('client-address.test', address, 'client address: zones', " || bare.includes('%')", ''),
  change('client-address.test', address, 'client address: mapped ones as they come', 'if (high === undefined ||', "if (high !== '0' ||"),
  change('client-address', address, 'client address: every proxy is trusted', ' && includesAddress(trustedProxies, address)', ''),
  // hostile input
  change('hostile-http', 'app.ts', 'hostile: no words for what is no request', 'refuse: answerUnreadable(log)', 'refuse: port < 0 ? answerUnreadable(log) : (_error, connection) => void connection.destroy()'),
  change('hostile-http', 'http/middleware.ts', 'hostile: every Origin is said back', "plainOrigin.test(context.get('origin')) ?", "plainOrigin.test('x') ?"),
  change('mail/message', 'mail/content.ts', 'hostile: a mail without a subject', 'mail.subject?.trim() ?', 'mail.subject !== undefined ?'),
  change('hostile-input', 'http/input.ts', 'hostile: a body that is too large', '16 * 1024', '64 * 1024'),
  // soak
  change('soak', database, 'soak: a descriptor that stays open', '    const found = statSync(', "    openSync(path, 'r')\n    const found = statSync("),
]
