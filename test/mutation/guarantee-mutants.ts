// biome-ignore-all format: one mutant a line
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text

import { change, type ServerMutant } from './server-mutants.ts'

const address = 'http/client-address.ts'
const attempt = 'store/steps/attempt.ts'
const clock = 'store/clock.ts'
const connection = 'store/sqlite/connection.ts'
const issue = 'store/steps/issue.ts'
const guesses = 'otp/guesses.ts'
const judge = 'otp/judge.ts'
const limits = 'otp/limits.ts'
const listen = 'http/listen.ts'
const logDestination = 'log-destination.ts'
const outcome = 'store/steps/outcome.ts'
const outcomes = 'otp/outcomes.ts'
const plainText = 'otp/plain-text.ts'
const purge = 'store/purge.ts'
const send = 'otp/send.ts'
const smtp = 'mail/smtp.ts'
const route = 'mail/route.ts'
const statements = 'store/statements.ts'
const status = 'otp/status.ts'
const event = 'otp/webhook-event.ts'
const reach = 'webhooks/networks.ts'

/** Each mutant breaks one line of SECURITY.md, and its test must notice. */
export const guaranteeMutants: ServerMutant[] = [
  // routes, backup, metrics
  change('guarantees/routes', smtp, 'routes: a mail of which nobody knows goes out again', "if (error instanceof DeliveryUnknown || delivery.problem === 'recipient-refused') return false\n  return", "if (delivery.problem === 'recipient-refused') return false\n  return error instanceof DeliveryUnknown ||"),
  change('guarantees/routes', smtp, 'routes: a mail that was refused for good goes out again', "return delivery.phase !== 'end' ||", "return delivery.phase !== 'x' as string ||"),
  change('guarantees/routes', smtp, 'routes: the first one has all the time', 'Math.floor((deadlineAt - performance.now()) / 2)', 'Math.floor(deadlineAt - performance.now())'),
  change('guarantees/routes', 'mail/rotation.ts', 'routes: one that does not work is asked again and again', 'if (routes.length < 2 ||', 'if (routes.length < 3 ||'),
  change('guarantees/backup', 'store/sqlite/files.ts', 'backup: readable by others', "closeSync(openSync(path, 'wx', 0o600))", "closeSync(openSync(path, 'wx', 0o644))"),
  change('guarantees/backup', 'store/sqlite/backup.ts', 'backup: over another file', 'linkSync(partial, target)', 'renameSync(partial, target)'),
  change('guarantees/backup', 'store/sqlite/backup.ts', 'backup: a log of another store is taken', 'if (isBackup(path)) {', 'if (isBackup(path) && log === path) {'),
  change('guarantees/backup', 'store/sqlite/backup.ts', 'backup: a damaged one is restored', "if (verdict?.integrity_check !== 'ok')\n      throw new StoreError(`${backup} is damaged", "if (verdict === undefined)\n      throw new StoreError(`${backup} is damaged"),
  change('guarantees/metrics', 'http/observed.ts', 'metrics: the path as the caller wrote it', 'const route = operationId ? context.path :', 'const route = context.path ? context.path :'),
  change('operator-sessions', send, 'reasons: an oracle for public tokens', '...(!isPublic && reason && { reason })', '...(reason && { reason })'),
  change('keys.test', 'http/security.ts', 'keys: used from anywhere', 'if (allowedAddresses.length > 0 && !isAmong(clientAddress', 'if (allowedAddresses.length > 999 && !isAmong(clientAddress'),
  // sandbox
  change('guarantees/sandbox', 'otp/recipient.ts', 'sandbox: its sends count for the live recipient', 'counted: `sandbox ${recipient.counted}`, mailbox: `sandbox ${recipient.mailbox}`', 'counted: recipient.counted, mailbox: recipient.mailbox'),
  change('guarantees/sandbox', 'http/handlers/send.ts', 'sandbox: its sends are mailed', 'isSandbox(projectId) ? sendInSandbox : sendCode', 'isSandbox(projectId) ? sendCode : sendCode'),
  change('guarantees/sandbox', 'http/handlers/send.ts', 'sandbox: every credential is one', 'isSandbox(projectId) ? sendInSandbox : sendCode', 'projectId ? sendInSandbox : sendCode'),
  change('guarantees/sandbox', 'sandbox.ts', 'sandbox: it is the project itself', 'return `${projectId}${mark}`', 'return projectId'),
  change('guarantees/sandbox', 'credentials/authenticate.ts', 'sandbox: a live secret that opens one', 'isSandboxSecret(secret) !== isSandbox(found.projectId)', 'isSandboxSecret(secret) && !isSandbox(found.projectId)'),
  change('guarantees/sandbox', 'otp/page.ts', 'sandbox: its codes use up the tries of the page', 'isTest ? `sandbox ${client}` : client', 'client'),
  change('guarantees/sandbox', status, 'sandbox: a webhook that does not say so', '...(isSandbox(session.projectId) && { sandbox: true }),', ''),
  change('test-outcomes', 'otp/sandbox.ts', 'sandbox: labels that do nothing', 'const outcome = testOutcomeOf(request.email)\n  const mailer', 'const outcome = testOutcomeOf(request.email.slice(0, 0))\n  const mailer'),
  change('test-recipients', 'store/test-recipients.ts', 'test recipients: those of every project', 'where project_id = $1 and canonical', 'where project_id <> $1 || $1 and canonical'),
  change('test-recipients', 'store/test-recipients.ts', 'test recipients: for ever', 'and expires_at > :at', 'and expires_at > :at - 7776000000'),
  change('test-recipients', send, 'test recipients: mailed all the same', 'if (!isTestRecipient)', 'if (!isTestRecipient || isTestRecipient)'),
  change('test-recipients', judge, 'test recipients: a code that verifies nothing', 'hashesFor(testRecipient ?? id)', 'hashesFor(id)'),
  // guesses
  change('guess-budget', guesses, 'guesses: without an end', 'if (limit && retryAfterMs > 0)', 'if (limit && retryAfterMs > 1e15)'),
  change('guess-budget', attempt, 'guesses: not counted', "if (all) writes.push(insertTry('guess'", "if (all && !all) writes.push(insertTry('guess'"),
  change('guess-budget', attempt, 'guesses: counted by session', "insertTry('guess', subject,", "insertTry('guess', subject + wanted.sessionId,"),
  change('guess-budget', limits, 'guesses: a window a millisecond short', 'time >= at - windowMs', 'time > at - windowMs'),
  change('guess-budget', 'otp/page.ts', 'guesses: free on the page', "if (outcome === 'limited')", 'if (false as boolean)'),
  // abuse
  change('guarantees/abuse-served', 'store/limit-statements.ts', 'abuse: failed sends are free', "address: ['client_address', 'client_address is not null']", "address: ['client_address', 'client_address is not null and failed_at is null']"),
  change('guarantees/abuse', 'store/limit-statements.ts', 'abuse: failures of a network are not counted', "'client_network is not null and sent_at is null'", "'client_network is not null and sent_at is null and failed_at is null'"),
  change('guarantees/abuse', limits, 'abuse: public tokens use up a server key’s sends', '    send.openedBy === own.openedBy && (own', '    (own'),
  change('guarantees/abuse', limits, 'abuse: tags are not counted together', "(subject === 'mailbox' || send", '(send'),
  change('guarantees/abuse', judge, 'abuse: no share of a busy token', 'isBusy || !isOnlyWhenBusy(limit.subject)', '!isOnlyWhenBusy(limit.subject)'),
  change('guarantees/abuse', guesses, 'abuse: nobody is counted for guesses with a public token', 'for (const { kind, subject, limit } of client ? guess', 'for (const { kind, subject, limit } of client && !client ? guess'),
  change('guarantees/abuse', guesses, 'abuse: a token under attack goes on for everyone', 'add(limits.addressWhenBusy, (few)', 'add(undefined as typeof limits.addressWhenBusy, (few)'),
  change('guarantees/abuse', guesses, 'abuse: short codes have no limit of their own', 'return otpDigits < 6', 'return otpDigits < 4'),
  change('guess-budget', guesses, 'guesses: a code compared with two counts as one', 'waitMs(usage.recipient, limit, at, cost)', 'waitMs(usage.recipient, limit, at)'),
  change('guarantees/abuse', attempt, 'abuse: a guess at two codes is counted once', 'count < compared; count++', 'count < Math.min(1, compared); count++'),
  change('guarantees/abuse', statements, 'abuse: a stranger’s send is a resend', 'and client_network is not distinct from $5', 'and ($5 = $5 or $5 is null)'),
  change('guarantees/abuse', 'mail/lanes.ts', 'abuse: stalling domains take every connection', 'slow < this.#mostSlow', 'slow < this.#most'),
  change('guarantees/abuse-served', 'http/client-address.ts', 'abuse: an IPv6 network is a /56', "slice(0, 3).join(':')", "slice(0, 4).join(':')"),
  change('guarantees/abuse-served', 'http/security.ts', 'abuse: denied addresses get in', 'if (isDenied || ', 'if ('),
  change('guarantees/abuse-served', 'http/log-ids.ts', 'abuse: ids in the log that anybody can make', "createHmac('sha256', secret)", "createHmac('sha256', secret.slice(0, 0))"),
  // resends
  change('resend', judge, 'resends: no earlier code', 'isOwn || (isEarliers && isEarlierUsable)', 'isOwn || (isEarliers && isEarlierUsable && !isEarliers)'),
  change('resend', judge, 'resends: an earlier code that has expired', 'earlier !== undefined && isAlive(earlier, at)', 'earlier !== undefined && isAlive(earlier, 0)'),
  change('store/sessions', judge, 'resends: an earlier code whose attempts are used up', 'isEarlierAlive && earlier.attempts < earlier.maxAttempts', 'isEarlierAlive'),
  change('resend', attempt, 'resends: an earlier code that verifies twice', 'verdict.usesEarlier ? earlier : undefined', 'verdict.usesEarlier ? undefined : undefined'),
  change('resend', attempt, 'resends: a budget for each', '[earlier, ...later].filter(isCounted)', 'later.filter(isCounted)'),
  change('resend', attempt, 'resends: guesses at the earlier session are free', '[earlier, ...later].filter(isCounted)', '[earlier].filter(isCounted)'),
  change('resend', issue, 'resends: attempts that are forgotten', 'attempts: earlier?.attempts ?? 0', 'attempts: 0'),
  change('resend', judge, 'resends: a used-up budget that is passed on', 'previous.attempts < Math.min(previous.maxAttempts, maxAttempts)', 'previous.attempts < 99'),
  change('resend', statements, 'resends: of every project', 'from sessions where project_id = $1 and flow = $2 and canonical_recipient', "from sessions where project_id <> '' || $1 and flow = $2 and canonical_recipient"),
  change('resend', statements, 'resends: the first session instead of the last', 'order by ordinal desc limit 1', 'order by ordinal limit 1'),
  change('store/sessions', outcome, 'resends: a failed send between two', 'linkPast(sessionId), ', ''),
  change('store/sessions', statements, 'resends: a used code that comes back with the clock', 'expiry_due_at = null, code_hash = $3', 'expiry_due_at = null, code_hash = coalesce(code_hash, $3)'),
  // the clock
  change('clock', clock, 'clock: goes back with the time of day', 'const steadyAt = wentBack ? latest : expected', 'const steadyAt = at'),
  change('clock', clock, 'clock: stands still until the time of day has caught up', 'offsetMs: steadyAt - at, seenAt', 'offsetMs: 0 * at, seenAt'),
  change('store/sessions', clock, 'clock: forgotten by whoever starts later', 'wentBack || isStale ?', 'wentBack ?'),
  // idempotency
  change('idempotency', judge, 'idempotency: a key that is not asked', 'if (earlier === undefined ||', 'if (earlier !== undefined ||'),
  change('send-backend', judge, 'idempotency: any body under one key', '!earlier.requestHash.equals(requestHash)', '!earlier.requestHash.equals(earlier.requestHash)'),
  change('idempotency', judge, 'idempotency: what is unknown is under way for ever', 'return at < earlier.inFlightUntil', 'return at >= 0'),
  change('store/sessions', outcome, 'idempotency: what is unknown stays under way', 'repeatable([setUnknown(sessionId, kept(delivery)), setKeyUnknown(sessionId)])', 'repeatable([setUnknown(sessionId, kept(delivery)), setKeyUnknown(sessionId)].slice(0, 1))'),
  change('idempotency', outcome, 'idempotency: a failed send keeps its key', ', freeKey(sessionId)]', '].slice(0, freeKey(sessionId).parameters.length + 1)'),
  change('idempotency', send, 'idempotency: one key for all who hold a public token', 'const key = isPublic ?', 'const key = isPublic && !isPublic ?'),
  change('idempotency', 'otp/idempotency.ts', 'idempotency: a minute instead of a day', '24 * 60 * 60 * 1000', '60 * 1000'),
  change('idempotency', send, 'idempotency: a repeat of what is unknown mails again', "case 'unknown':\n      throw", "case 'unknown':\n      break\n    case 'never' as never:\n      throw"),
  // mail servers
  change('guarantees/tls', 'config/smtp.ts', 'tls: only if it is offered', 'wanted ?? (isImplicitTls || !isHere)', 'wanted ?? isImplicitTls'),
  change('guarantees/tls', 'config/smtp.ts', 'tls: a login in clear, if the operator says so', 'if (login && !requiresTls && !isHere) {', "if (login && !requiresTls && host === '') {"),
  change('guarantees/tls', route, 'tls: required, but not of the transport', 'requireTLS: requiresTls,', 'requireTLS: requiresTls && isImplicitTls,'),
  change('guarantees/tls', route, 'tls: with anybody', '...(authorities !== undefined && { tls: { ca: [...rootCertificates, authorities] } })', 'tls: { ca: [...rootCertificates, authorities ?? \'\'], rejectUnauthorized: false }'),
  change('retries', smtp, 'retries: none', 'if (mayRepeat && (await', 'if (mayRepeat && round < 1 && (await'),
  change('retries', 'mail/failure.ts', 'retries: of what was refused for good', 'return responseCode >= 400 && responseCode < 500', 'return responseCode >= 400'),
  change('retries', 'mail/failure.ts', 'retries: of a refused recipient', '!/^(?:MAIL|RCPT|DATA)/.test(command)', '!/^(?:MAIL|DATA)/.test(command)'),
  // typed codes and addresses
  change('typed-code', 'otp/code.ts', 'typed code: digits of ASCII only', 'const onlyDigits = /^\\p{Nd}{4,10}$/u', 'const onlyDigits = /^\\d{4,10}$/u'),
  change('typed-code', 'otp/code.ts', 'typed code: some dashes', '\\p{Dash}\\u2043', '\\p{Pd}\\u2043'),
  change('typed-code', 'otp/code.ts', 'typed code: longer than the contract says', 'longestTyped = 64', 'longestTyped = 100'),
  change('typed-code', 'otp/code.ts', 'typed code: a page that is stricter', '`(?:[${between}]*\\\\p{Nd})', '`(?:[${between}]?\\\\p{Nd})'),
  change('one-address', 'address.ts', 'one address: what IDNA maps', ' || !isSpelling(typedDomain, domain)', ''),
  change('one-address', 'address.ts', 'one address: as it was typed', 'canonical: address.toLowerCase()', 'canonical: address'),
  // what a credential is told about its limits
  change('send-backend', judge, 'quota: that of the recipient', "limit.subject === 'credential'", "limit.subject === 'recipient'"),
  change('send-backend', judge, 'quota: one too many left', 'isIssued ? used + 1 : used', 'isIssued ? used : used'),
  // retention
  change('purge', purge, 'retention: completed verifications are kept', '    (size) => purgeVerified(size, at - Math.max(retentionMs, countedMs)),\n', ''),
  change('purge', purge, 'retention: idempotency keys are kept', '    (size) => purgeKeys(size, at - hourMs),\n', ''),
  change('purge', purge, 'retention: completed verifications go after an hour', 'Math.max(retentionMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: sessions go while they count', 'Math.max(retentionUnverifiedMs, countedMs)', 'hourMs'),
  change('purge', purge, 'retention: everything in one step', 'const [firstStep, smallestStep, largestStep] = [50, 10, 1_000]', 'const [firstStep, smallestStep, largestStep] = [200_000, 200_000, 200_000]'),
  change('purge', 'app.ts', 'retention: nobody starts it', 'purge.start()', ''),
  change('purge', purge, 'retention: client addresses are kept', '    (size) => forgetAddresses(size, clientCountedMs),\n', ''),
  change('purge', purge, 'retention: webhook events are kept', '    (size) => purgeEvents(size, at - webhooksKeptMs),\n', ''),
  change('purge', purge, 'retention: deliveries of webhooks are kept', '    (size) => purgeDeliveries(size, at - webhooksKeptMs),\n', ''),
  // outcomes
  change('guarantees/outcomes', status, 'outcomes: a cancel that nobody sees', "    [session.canceledAt, 'CANCELED'],\n", ''),
  change('guarantees/outcomes', status, 'outcomes: the last end is the end', 'endedAt < first[0]', '(first[0] === Number.POSITIVE_INFINITY || endedAt > first[0])'),
  change('store/outcomes', event, 'outcomes: told as often as it is written', '  if (isOver) return undefined\n', '  void isOver\n'),
  change('guarantees/outcomes', attempt, 'outcomes: the session that was resent is not told', '    writes.push(...tell(eventOfEnd(used, { ...used, expiresAt: at }, at), listeners))\n', ''),
  change('guarantees/outcomes', 'store/steps/end.ts', 'outcomes: an expiry that is told again and again', '[setExpiryTold(sessionId), ...tell(event, hearing)]', 'tell(event, hearing)'),
  change('cancel-backend', judge, 'outcomes: a canceled code verifies', 'canceledAt === null && expiresAt > at', 'expiresAt > at || canceledAt === at'),
  change('cancel-backend', judge, 'outcomes: a canceled session is resent', '    previous.canceledAt === null &&\n', ''),
  change('get-backend', 'otp/session-status.ts', 'outcomes: the status of another project', ' || found.session.projectId !== projectId', ''),
  change('get-instant', 'http/security.ts', 'outcomes: a token without its secret is no key', 'b.satisfied - a.satisfied || ', ''),
  // webhooks
  change('webhooks/dispatcher', 'store/steps/webhooks.ts', 'webhooks: delivered by everybody', 'claimEndpoint(endpointId, claimId, at + leaseMs)', 'claimEndpoint(endpointId, claimId, at - leaseMs)'),
  change('webhooks/dispatcher', 'store/steps/webhooks.ts', 'webhooks: tried once', 'retryInMs === undefined ? null : at + retryInMs', 'retryInMs === undefined ? null : null'),
  change('webhooks/dispatcher', 'store/steps/webhooks.ts', 'webhooks: 410 is a failure like others', 'results.some(({ isGone }) => isGone)', 'results.some(({ isGone }) => isGone && !isGone)'),
  change('webhooks/dispatcher', 'webhooks/dispatcher.ts', 'webhooks: one endpoint after the other', 'if (isBusy) start(id)', 'if (isBusy && runners.size === 0) start(id)'),
  change('webhooks/events', 'store/steps/outbox.ts', 'webhooks: everybody hears everything', 'return wanted.length === 0 || wanted.includes(type)', 'return wanted.length === 0 || wanted.includes(type) || true'),
  change('webhooks/events', 'store/webhook-statements.ts', 'webhooks: of every project', 'and project_id = (select project_id from sessions where id = $1)', 'and project_id <> (select id from sessions where id = $1)'),
  change('webhooks/networks', reach, 'webhooks: plain http to anybody', 'isNamed || (isEncrypted && isPublic(address))', 'isNamed || isPublic(address)'),
  change('webhooks/networks', reach, 'webhooks: mapped addresses as they come', "return lastBytes(address, '::ffff:')", "return lastBytes(address, '::fffe:')"),
  change('webhooks/post', 'webhooks/post.ts', 'webhooks: whatever the resolver says', 'filter(({ address }) => isAllowed(address))', 'filter(({ address }) => isAllowed(address) || address)'),
  change('webhooks/post', 'webhooks/post.ts', 'webhooks: an address in the URL is not asked about', 'if (isIP(host) !== 0 && !reach', 'if (isIP(host) > 9 && !reach'),
  change('webhooks/secrets', 'webhooks/secrets.ts', 'webhooks: the id is not signed', '`${eventId}.${timestamp}.${body}`', '`${timestamp}.${body}`'),
  // erasing
  change('guarantees/erase', connection, 'erased: deleted bytes stay', ' pragma secure_delete = on', ''),
  change('guarantees/erase', 'store/sessions.ts', 'erased: the log keeps it', '  await engine.scrub()\n', ''),
  change('guarantees/erase', 'store/limit-statements.ts', 'erased: sends are forgotten', 'where mailbox in ($1, $3)', 'where mailbox in ($1, $1 || $3)'),
  change('guarantees/erase', 'store/limit-statements.ts', 'erased: wrong codes are forgotten', "' ' || erased_key from", "' ' from"),
  change('guarantees/erase', 'store/steps/erase.ts', 'erased: failed sessions stay', 'const erased = rows.flat()', 'const erased = rows[0]'),
  change('guarantees/erase', 'store/sessions.ts', 'erased: events stay', 'await engine.run(eraseWebhookEvents(erasure))', '(erasure.projectId.length * 0)'),
  // once and attempts
  change('once', judge, 'once: a code that verifies as often as it comes', 'return verifiedAt === null && failedAt', 'return failedAt'),
  change('attempts', judge, 'attempts: without an end', "if (session.attempts >= session.maxAttempts) return", "if (session.attempts >= 1e9) return"),
  change('attempts', judge, 'attempts: one too few', "if (session.attempts >= session.maxAttempts) return", "if (session.attempts + 1 >= session.maxAttempts) return"),
  change('verify-backend', judge, 'attempts: used up by what cannot be a code', "return { outcome: 'malformed' }", "return { outcome: 'wrong' }"),
  // windows
  change('windows', limits, 'windows: half as long', 'oldest + windowMs + 1 - at) : 0', 'oldest + windowMs / 2 - at) : 0'),
  change('windows', limits, 'windows: one more', 'return used + cost > max && oldest', 'return used + cost > max + 1 && oldest'),
  change('store/sessions', statements, 'windows: counted as under way when the mail was accepted', 'set sent_at = :at, counted_at = :steady_at', 'set sent_at = :at'),
  change('windows', send, 'windows: a failed delivery counts', 'await outcomes.record(() => sessions.markFailed(sessionId, delivery))', 'void sessionId'),
  change('windows', 'store/steps/page-try.ts', 'windows: of tries on the page, in each process its own', "insertTry('page', client,", "insertTry('page', client + process.pid,"),
  change('windows', attempt, 'windows: of wrong codes, in each process its own', "insertTry('guess', subject,", "insertTry('guess', subject + process.pid,"),
  // delivery
  change('delivery', route, 'delivery: what is unknown has failed', 'isRefusal(cause) || !progress.isRead\n', 'isRefusal(cause) || progress\n'),
  change('delivery', 'mail/failure.ts', 'delivery: what may be handed over goes out again', '  if (isRead) return false\n', '  if (isRead) return true\n'),
  change('delivery', 'mail/failure.ts', 'delivery: a refusal is unknown', 'responseCode >= 400 && responseCode <= 599', 'responseCode > 999'),
  change('delivery', smtp, 'delivery: without a deadline', 'setTimeout(() => deadline.abort(), timeoutMs)', 'setTimeout(() => {}, timeoutMs)'),
  change('delivery', send, 'delivery: `sent` for whatever becomes of it', 'throw await failedSend(dependencies, request, sessionId, cause)', 'void cause'),
  change('delivery', route, 'delivery: whatever begins with a 2', '/^250\\b/', '/^2/'),
  change('delivery', route, 'delivery: one more recipient', 'to: [to] }', "to: [to, 'spy@example.com'] }"),
  // crash and store
  change('crash', statements, 'crash: only a recorded delivery verifies', "'session_by_id',\n  `${record} where id = $1 and", "'session_by_id',\n  `${record} where id = $1 and sent_at is not null and"),
  change('sqlite/engine', connection, 'crash: commits that are not on disk yet', 'pragma synchronous = full', 'pragma synchronous = normal'),
  change('store-trouble', 'store/sqlite/trouble.ts', 'store: a full disk is a fault of ours', '|FULL|IOERR|', '|'),
  change('store-trouble', 'store/sqlite/place.ts', 'store: a file that was moved away is written to', 'found.ino !== opened.ino || found.dev !== opened.dev', 'found.ino !== opened.ino && opened.dev < 0'),
  change('sqlite/engine', 'store/sqlite/place.ts', 'store: a folder that cannot be looked at is a fault of ours', "      throw new OtpError('SERVICE_UNAVAILABLE', { cause })\n    }\n    if", '      throw cause\n    }\n    if'),
  change('sqlite/engine', 'store/sqlite/engine.ts', 'store: a fault in one step takes the others along', 'transaction.savepoint(() => drive(step, time))', 'drive(step, time)'),
  change('purge', purge, 'store: a purge that ends the process', '    } catch (error) {\n      log.warn', '    } catch (error) {\n      if (error) throw error\n      log.warn'),
  change('store-trouble', 'errors.ts', 'store: no time to retry', '    retryAfterSeconds: 5,\n', ''),
  change('outcomes', outcomes, 'store: an outcome that is forgotten', '        tryLater()\n', ''),
  change('outcomes', outcomes, 'store: an outcome that is forgotten at the end', '      await tryNow()\n', ''),
  change('outcomes', send, 'idempotency: nobody writes down that nobody knows', 'await outcomes.record(() => sessions.markUnknown(sessionId, delivery))', ''),
  change('store-trouble', outcomes, 'store: a delivery that is taken back', "'could not record the outcome of a delivery; will try again')", "'could not record the outcome of a delivery; will try again')\n        throw error"),
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
  change('leaks-at-the-end', 'log.ts', 'leaks: the words of the mail server', 'error.message.replaceAll(response, statusOf(response))', 'statusOf(response) + error.message'),
  // no way in, and the client's address
  change('no-way-in', 'http/security.ts', 'no way in: two credentials in one request', '(others.length === 0 &&', '(others.length >= 0 &&'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: secrets compared letter by letter', 'timingSafeEqual(Buffer.from(hashSecret(analyticsSecret)), Buffer.from(analyticsSecretHash))', 'hashSecret(analyticsSecret) === analyticsSecretHash'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: more work for a credential that is known', 'hashSecret(secret))\n', 'hashSecret(secret))\n  if (found) await store.findByHash(kind, found.secretHash)\n'),
  change('no-way-in', 'credentials/authenticate.ts', 'no way in: what was revoked', "if (found.revokedAt !== undefined) return { why: 'revoked', credentialId: found.id }", ''),
  change('client-address.test', address, 'client address: read from the left', 'hops.pop()', 'hops.shift()'),
  change('client-address.test', address, 'client address: zones', " || bare.includes('%')", ''),
  change('client-address.test', address, 'client address: mapped ones as they come', 'if (high === undefined ||', "if (high !== '0' ||"),
  change('client-address', address, 'client address: every proxy is trusted', ' && includesAddress(trustedProxies, address)', ''),
  // bounded work, the log, and what a public token may say
  change('bounded-work', 'http/api.ts', 'bounded: parameters that come a thousand times', 'readQuery(http.querystring)', 'readQuery(new URLSearchParams(http.query as never).toString())'),
  change('bounded-work', 'http/validation.ts', 'bounded: every place of thousands', 'const mostDetails = 20', 'const mostDetails = 20_000'),
  change('bounded-work', 'http/input.ts', 'bounded: names as long as the body', 'const longestName = 100', 'const longestName = 100_000'),
  change('log-trouble', logDestination, 'log: an error that nobody handles', 'else loseQueue()', 'else throw error'),
  change('log-trouble', logDestination, 'log: lost without a word', 'if (lost > 0 && head === 0) {', 'if (lost > 1e9 && head === 0) {'),
  change('log-trouble', logDestination, 'log: the last lines at the end', 'flushSync: flush,', 'flushSync: () => {},'),
  change('guarantees/public-texts', plainText, 'texts: a dot inside a word', 'if (open !== undefined && !this.#mayFollow', "if (open === '/' && !this.#mayFollow"),
  change('guarantees/public-texts', plainText, 'texts: a quote between a dot and a word', 'else if (!closing.test(character) && !behindJoint', 'else if (!behindJoint'),
  change('guarantees/public-texts', plainText, 'texts: an ideographic dot after a Latin word', '    if (!this.#isAfterIdeograph) return false\n', ''),
  change('guarantees/public-texts', plainText, 'texts: a question after a scheme', 'return !isColon', 'return true'),
  change('guarantees/public-texts', plainText, 'texts: the laxest of two dots', 'strictness(character) > strictness(this.#open)', 'strictness(character) > 9'),
  change('guarantees/public-texts', plainText, 'texts: numbers of any length', 'const mostDigits = 4', 'const mostDigits = 40'),
  change('guarantees/public-texts', plainText, 'texts: numbers with letters for dashes', '      if (dashLike.test(character)) return undefined\n', ''),
  change('guarantees/public-texts', plainText, 'texts: numbers around single letters', 'this.#letters > 1', 'this.#letters > 0'),
  change('guarantees/public-texts', plainText, 'texts: an address', 'const punctuation = /^[,', 'const punctuation = /^[@,'),
  change('guarantees/public-texts', plainText, 'texts: letters that nobody sees', 'const letter = /^(?!\\p{DI})', 'const letter = /^'),
  change('guarantees/public-texts', plainText, 'texts: marks that nobody sees', 'const mark = /^(?!\\p{DI})', 'const mark = /^'),
  change('guarantees/public-texts', plainText, 'texts: joiners anywhere', 'isInside ? undefined : nameOf(character)', 'isInside ? undefined : undefined'),
  change('guarantees/public-texts', plainText, 'texts: letters that turn into a dot', 'turnsIntoMore.test(', '/:/.test('),
  change('guarantees/public-texts', plainText, 'texts: a dot as HTML', "character === '#' && previous === '&'", "character === '#' && previous === '#'"),
  // hostile input
  change('hostile-input', 'address.ts', 'hostile: any text before the @', '!dotAtom.test(local) || ', ''),
  change('hostile-http', 'app.ts', 'hostile: no words for what is no request', 'refuse: answerUnreadable(log)', 'refuse: port < 0 ? answerUnreadable(log) : (_error, connection) => void connection.destroy()'),
  change('hostile-hosts', listen, 'hostile: a host that is none', ' && hostAndPort.test(host)', ''),
  change('hostile-http', 'http/middleware.ts', 'hostile: every Origin is said back', "plainOrigin.test(context.get('origin')) ?", "plainOrigin.test('x') ?"),
  change('mail/message', 'mail/content.ts', 'hostile: a mail without a subject', 'mail.subject?.trim() ?', 'mail.subject !== undefined ?'),
  change('hostile-input', smtp, 'hostile: a header with what the caller wrote', "'content-language': language,", "'content-language': language,\n      'x-line': mail.verificationLine ?? '',"),
  change('hostile-input', 'otp/send.ts', 'hostile: every text with a public token', 'if (request.isPublic) checkPublicTexts(publicTokenTexts, request)\n', ''),
  change('hostile-input', 'read-body.ts', 'hostile: a body that is too large', '16 * 1024', '64 * 1024'),
]
