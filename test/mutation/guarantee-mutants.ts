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
const outcomes = 'otp/outcomes.ts'
const purge = 'store/purge.ts'
const resend = 'store/resend.ts'
const sessions = 'store/sessions.ts'
const tries = 'store/tries.ts'

/** Each breaks one line of SECURITY.md, and its test must notice. */
export const guaranteeMutants: ServerMutant[] = [
  // guesses
  change('guess-budget', attempt, 'guesses: without an end', 'verdict.waitMs > 0', 'verdict.waitMs > 1e15'),
  change('guess-budget', attempt, 'guesses: not counted', 'if (budget) await addTry(transaction, budget, attempt.at)', ''),
  change('guess-budget', attempt, 'guesses: counted by session', "kind: 'guess', subject,", "kind: 'guess', subject: subject && attempt.sessionId,"),
  change('guess-budget', attempt, 'guesses: counted when they are right', 'if (await consume(', 'if (budget) await addTry(transaction, budget, attempt.at)\n  if (await consume('),
  change('guess-budget', tries, 'guesses: a window a millisecond short', "'>=', at - windowMs", "'>', at - windowMs"),
  change('guess-budget', 'otp/page.ts', 'guesses: free on the page', "if (outcome === 'limited')", 'if (false as boolean)'),
  // resends
  change('resend', attempt, 'resends: no earlier code', 'or exists ${earlierMatches(attempt, earlierId)}', ''),
  change('resend', attempt, 'resends: an earlier code that has expired', 'and earlier.expires_at > ${at}', ''),
  change('resend', attempt, 'resends: an earlier code that is consumed', 'earlier.verified_at is null\n    and', ''),
  change('resend', attempt, 'resends: an earlier code that verifies twice', 'if (consumed && earlierId !== null) await consumeEarlier(db, attempt, earlierId)', ''),
  change('resend', attempt, 'resends: a budget for each', 'await countOnLinked(transaction, attempt.sessionId, earlierId)', ''),
  change('resend', attempt, 'resends: guesses at the earlier session are free', "where('resend_of', '=', sessionId),", ''),
  change('resend', resend, 'resends: attempts that are forgotten', 'attempts: earlier.attempts }', 'attempts: 0 }'),
  change('resend', resend, 'resends: a used-up budget that is passed on', 'earlier.attempts >= Math.min(earlier.max_attempts, session.maxAttempts)', 'earlier.attempts > 99'),
  change('resend', resend, 'resends: of every project', "    .where('project_id', '=', projectId)\n", ''),
  change('resend', resend, 'resends: of a failed send', "    .where('failed_at', 'is', null)\n", ''),
  change('resend', resend, 'resends: of every flow', "    .where('flow', '=', flow)\n", ''),
  change('resend', resend, 'resends: of every tag of a mailbox', "where('canonical_recipient', '=', canonicalRecipient)", "where('counted_recipient', '=', canonicalRecipient.replace(/\\+.*@/, '@'))"),
  change('resend', resend, 'resends: the first session instead of the last', "orderBy('ordinal', 'desc')", "orderBy('ordinal', 'asc')"),
  change('session-store', resend, 'resends: the session whose mail was accepted last', "orderBy('ordinal', 'desc')", "orderBy('counted_at', 'desc')"),
  change('session-store', sessions, 'resends: a failed send between two', '          await linkPast(transaction, id)\n', ''),
  change('session-store', attempt, 'resends: a used code that comes back with the clock', ', code_hash: Buffer.alloc(0)', ''),
  // the clock
  change('clock', 'store/limits.ts', 'clock: what lies in the future blocks', 'newest <= latest', 'newest > 0'),
  change('clock', sendLimits, 'clock: sends from the future stay there', 'counted_at: session.issuedAt }', 'counted_at: latest + 1 }'),
  change('clock', tries, 'clock: tries from the future stay there', 'tried_at: at, expires_at: at + limit.windowMs }', 'tried_at: latest + 1 }'),
  change('clock', sendLimits, 'clock: sends from the future are free', ".where('counted_at', '>=', session.issuedAt - windowMs)", ".where('counted_at', '>=', session.issuedAt - windowMs)\n    .where('counted_at', '<=', session.countedAt)"),
  change('store.test', 'store/limits.ts', 'clock: who waited for the lock takes the others for the future', 'clockSlackMs = 10_000', 'clockSlackMs = 0'),
  // idempotency
  change('idempotency', idempotency, 'idempotency: a key that is not asked', 'if (claimed) return undefined', 'return undefined'),
  change('send-backend', idempotency, 'idempotency: any body under one key', 'if (!first.request_hash.equals(idempotency.requestHash))', 'if (false as boolean)'),
  change('idempotency', idempotency, 'idempotency: what is unknown is under way for ever', "isInFlight ? 'inProgress' : 'unknown'", "'inProgress'"),
  change('session-store', idempotency, 'idempotency: under way by a clock that went back', ' &&\n    first.in_flight_until <= idempotency.inFlightUntil + clockSlackMs', ''),
  change('session-store', idempotency, 'idempotency: whose clock is a moment behind is told that nobody knows', ' + clockSlackMs', ''),
  change('session-store', sessions, 'idempotency: what is unknown stays under way', '.set({ in_flight_until: 0 })', ".set({ in_flight_until: sql`in_flight_until` })"),
  change('idempotency', idempotency, 'idempotency: keys of every credential', ".where('credential_id', '=', credential_id)\n", ''),
  change('idempotency', 'otp/idempotency.ts', 'idempotency: a minute instead of a day', '24 * 60 * 60 * 1000', '60 * 1000'),
  change('idempotency', sessions, 'idempotency: a failed send keeps its key', "await transaction.deleteFrom('idempotency_keys').where('session_id', '=', id).execute()", ''),
  change('idempotency', send, 'idempotency: a repeat of what is unknown mails again', "case 'unknown':\n      throw", "case 'unknown':\n      break\n    case 'never' as never:\n      throw"),
  // limits of the credential, told
  change('send-backend', sendLimits, 'quota: that of the recipient', "limit.subject === 'credential'", "limit.subject === 'recipient'"),
  change('send-backend', sendLimits, 'quota: one too many left', 'const used = isIssued ? verdict.used : verdict.used - 1', 'const used = verdict.used - 1'),
  // retention
  change('purge', purge, 'retention: completed verifications go after an hour', 'Math.max(retentionMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: sessions go while they count', 'Math.max(hourMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: completed verifications are kept', "{ rows: 'sessions', time: 'verified_at'", "{ rows: 'tries', time: 'expires_at'"),
  change('purge', purge, 'retention: idempotency keys are kept', "{ rows: 'idempotency_keys', time: 'expires_at', before: at - hourMs },", ''),
  change('purge', purge, 'retention: everything in one step', 'const stepSize = 200', 'const stepSize = 200_000'),
  change('purge', 'app.ts', 'retention: nobody starts it', 'purge.start()', ''),
  // once and attempts
  change('once', attempt, 'once: a code that verifies as often as it comes', "      where('verified_at', 'is', null),\n      where('failed_at'", "      where('failed_at'"),
  change('once', 'store/limits.ts', 'once: step by step, with time in between and no transaction', 'query.transaction().execute(step)', 'step(query.withPlugin({ transformQuery: ({ node }) => node, transformResult: ({ result }) => new Promise((go) => setTimeout(go, 2, result)) }))'),
  change('attempts', attempt, 'attempts: without an end', ".whereRef('attempts', '<', 'max_attempts')\n    .returning", '.returning'),
  change('attempts', attempt, 'attempts: one too few', "'attempts', '<', 'max_attempts')\n    .returning", "sql`attempts + 1` as never, '<', 'max_attempts')\n    .returning"),
  // windows
  change('windows', 'store/limits.ts', 'windows: half as long', 'oldest + windowMs + 1 - at', 'oldest + windowMs / 2 - at'),
  change('windows', sendLimits, 'windows: that stand still', "'>=', session.issuedAt - windowMs", "'>=', session.issuedAt - (session.issuedAt % windowMs)"),
  change('store.test', sessions, 'windows: counted as under way when the mail was accepted', '.set({ sent_at: at, counted_at: at })', '.set({ sent_at: at })'),
  change('windows', sendLimits, 'windows: one more', 'max: limit.max + 1 }', 'max: limit.max + 2 }'),
  change('windows', send, 'windows: a failed delivery counts', 'await outcomes.record(() => sessions.markFailed(sessionId, failedAt))', 'void failedAt'),
  // delivery
  change('delivery', smtp, 'delivery: what is unknown has failed', 'if (isRefusal(cause) || !mayBeHandedOver(signal)) throw cause', 'if (isRefusal(cause) || mayBeHandedOver(signal) || true) throw cause'),
  change('delivery', smtp, 'delivery: a refusal is unknown', 'responseCode >= 400 && responseCode <= 599', 'responseCode > 999'),
  change('delivery', smtp, 'delivery: without a deadline', '        signal,\n', ''),
  change('delivery', send, 'delivery: `sent` for whatever becomes of it', "throw new OtpError('SMTP_DELIVERY_FAILED', { cause })", 'void cause'),
  change('delivery', smtp, 'delivery: whatever begins with a 2', '/^250\\b/', '/^2/'),
  change('delivery', smtp, 'delivery: one more recipient', 'to: [mail.to] }', "to: [mail.to, 'spy@example.com'] }"),
  change('windows', 'store/page-tries.ts', 'windows: of tries on the page, in each process its own', 'subject: client,', 'subject: client + process.pid,'),
  change('windows', attempt, 'windows: of wrong codes, in each process its own', "kind: 'guess', subject,", "kind: 'guess', subject: subject + process.pid,"),
  // crash and store
  change('crash', attempt, 'crash: only a recorded delivery verifies', "where('failed_at', 'is', null),\n      where('expires_at'", "where('sent_at', 'is not', null),\n      where('expires_at'"),
  change('crash', database, 'crash: a journal that a kill can leave behind', 'journal_mode = wal', 'journal_mode = memory'),
  change('crash', database, 'crash: commits that are not on disk yet', 'synchronous = full', 'synchronous = normal'),
  change('store-trouble', database, 'store: a full disk is a fault of ours', '|FULL|IOERR|', '|'),
  change('store-trouble', database, 'store: a file that was moved away is written to', 'found.ino !== opened.ino || found.dev !== opened.dev', 'found.ino !== opened.ino && opened.dev < 0'),
  change('store-trouble', database, 'store: a lock is a fault of ours', '^SQLITE_(?:BUSY|LOCKED|FULL', '^SQLITE_(?:FULL'),
  change('purge', purge, 'store: a purge that ends the process', '    } catch (error) {\n      log.warn', '    } catch (error) {\n      if (error) throw error\n      log.warn'),
  change('store-trouble', 'errors.ts', 'store: no time to retry', '    retryAfterSeconds: 5,\n', ''),
  change('session-store', database, 'store: a folder that cannot be looked at is a fault of ours', "      throw new OtpError('SERVICE_UNAVAILABLE', { cause })\n    }\n    if", '      throw cause\n    }\n    if'),
  change('outcomes', outcomes, 'store: an outcome that is forgotten', '        tryLater()\n', ''),
  change('outcomes', outcomes, 'store: an outcome that is forgotten at the end', '      await tryNow()\n', ''),
  change('outcomes', send, 'idempotency: nobody writes down that nobody knows', 'await outcomes.record(() => sessions.markUnknown(sessionId))', ''),
  change('store-trouble', outcomes, 'store: a delivery that is taken back', "'the outcome of a delivery was not recorded')", "'the outcome of a delivery was not recorded')\n        throw error"),
  // shutdown and dawdlers
  change('shutdown', listen, 'shutdown: connections that wait are reset', 'await acceptWaiting(server)', 'if (port < 0) await acceptWaiting(server)'),
  change('shutdown', listen, 'shutdown: callers are not told', '      requests.announceEnd()\n', ''),
  change('shutdown', 'commands/serve.ts', 'shutdown: for as long as anybody hangs', 'graceMs = 9_000', 'graceMs = 90_000'),
  change('slow-loris', listen, 'dawdlers: ten times as patient', 'headersMs: 10_000, requestMs: 20_000', 'headersMs: 100_000, requestMs: 200_000'),
  change('slow-loris', listen, 'dawdlers: less patient than proxies', 'idleMs: 65_000', 'idleMs: 5_000'),
  change('slow-loris', listen, 'dawdlers: heads without an end', 'headersTimeout: headersMs', 'headersTimeout: headersMs * 1000'),
  change('slow-loris', listen, 'dawdlers: bodies without an end', 'requestTimeout: requestMs', 'requestTimeout: 0'),
  change('slow-loris', listen, 'dawdlers: idle for ever', 'keepAliveTimeout: idleMs', 'keepAliveTimeout: 0'),
  // leaks
  change('leaks.test', send, 'leaks: the code in the log', '  await outcomes.record(() => sessions.markSent', '  console.log(code)\n  await outcomes.record(() => sessions.markSent'),
  change('leaks.test', send, 'leaks: the code in the store', 'locale: request.locale,\n      redirectUrl', 'locale: code,\n      redirectUrl'),
  change('leaks.test', 'http/middleware.ts', 'leaks: a credential as the id of a request', '(?!.*risu_)', ''),
  change('leaks-at-the-end', 'main.ts', 'leaks: an error that nobody caught, with all that it carries', "process.on('uncaughtException', fail)\n", ''),
  change('leaks', 'log.ts', 'leaks: what libraries say, as it is', 'secrets.reduce(', 'secrets.slice(0, 0).reduce('),
  change('leaks', 'log.ts', 'leaks: the words of the mail server', 'error.message.replaceAll(response, statusOf(response))', 'statusOf(response) + error.message'),
  // no way in, and the client's address
  change('no-way-in', 'http/security.ts', 'no way in: two credentials in one request', '(others.length === 0 &&', '(others.length >= 0 &&'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: secrets compared letter by letter', 'timingSafeEqual(Buffer.from(hashSecret(analyticsSecret)), Buffer.from(analyticsSecretHash))', 'hashSecret(analyticsSecret) === analyticsSecretHash'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: more work for a credential that is known', 'hashSecret(secret))\n', 'hashSecret(secret))\n  if (found) await store.findByHash(found.secretHash)\n'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: what was revoked', '|| found.revokedAt !== undefined', ''),
  change('client-address.test', address, 'client address: read from the left', 'hops.pop()', 'hops.shift()'),
  change('client-address.test', address, 'client address: zones', " || bare.includes('%')", ''),
  change('client-address.test', address, 'client address: mapped ones as they come', 'if (high === undefined ||', "if (high !== '0' ||"),
  change('client-address', address, 'client address: every proxy is trusted', ' && includesAddress(trustedProxies, address)', ''),
  // hostile input
  change('hostile-http', 'app.ts', 'hostile: no words for what is no request', 'refuse: answerUnreadable(log)', 'refuse: port < 0 ? answerUnreadable(log) : (_error, connection) => void connection.destroy()'),
  change('hostile-http', 'http/middleware.ts', 'hostile: every Origin is said back', "plainOrigin.test(context.get('origin')) ?", "plainOrigin.test('x') ?"),
  change('mail/message', 'mail/content.ts', 'hostile: a mail without a subject', 'mail.subject?.trim() ?', 'mail.subject !== undefined ?'),
  change('hostile-input', 'otp/recipient.ts', 'hostile: any text before the @', '!dotAtom.test(local) || ', ''),
  change('hostile-input', smtp, 'hostile: a header with what the caller wrote', "'Content-Language': language,", "'Content-Language': language,\n          'X-Line': mail.verificationLine ?? '',"),
  change('hostile-input', 'otp/send.ts', 'hostile: every text with a public token', 'if (request.isPublic) checkPublicTexts(dependencies.publicTokenTexts, request)\n', ''),
  change('hostile-input', 'http/input.ts', 'hostile: a body that is too large', '16 * 1024', '64 * 1024'),
  // soak
  change('soak', database, 'soak: a descriptor that stays open', '    let found: BigIntStats\n', "    openSync(path, 'r')\n    let found: BigIntStats\n"),
]
