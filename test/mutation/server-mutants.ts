// biome-ignore-all format: one mutant a line
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text

/** A single change to the server that changes its responses. */
export interface ServerMutant {
  name: string
  file: string
  find: string
  replace: string
  /** Part of the name of the test file that must notice the change, if generator and compiler do not. */
  test: string
}

export const change = (test: string, file: string, name: string, find: string, replace: string): ServerMutant => ({
  ...{ test, name, find, replace },
  file: `server/${file}`,
})

const send = 'http/handlers/send.ts'
const list = 'http/handlers/list.ts'
const errors = 'http/errors.ts'
const judge = 'otp/judge.ts'
const statements = 'store/statements.ts'

export const serverMutants: ServerMutant[] = [
  // fields: missing, of another type, in another format
  change('send-backend', send, 'a send without its email', 'email: body.email, sent: true', 'sent: true'),
  change('send-backend', send, '`sent` as text', 'sent: true }', "sent: 'true' as never }"),
  change('send-backend', send, '`sent` is false', 'sent: true }', 'sent: false }'),
  change('send-backend', send, 'a date that is not RFC 3339', 'isoTime(expiresAt)', 'String(new Date(expiresAt))'),
  change('send-backend', send, 'a date in milliseconds', 'isoTime(expiresAt)', 'expiresAt as never'),
  change('send-backend', send, 'another address in the answer', 'email: body.email, sent', 'email: recipient.address, sent'),
  change('send-email', 'otp/page.ts', 'more than the session in the URL of the page', '?sessionId=${sessionId}`', '?sessionId=${sessionId}&code=1`'),
  change('list-backend', list, 'a date without milliseconds', 'isoTime(sentAt)', "isoTime(sentAt).replace(/\\.\\d+/, '')"),
  change('list-backend', list, 'a verification without its date', ', verifiedAt: isoTime(verifiedAt) }', ' } as Item'),
  change('list-backend', list, 'a null in the history', '{ id, email, sentAt: isoTime', '{ id, email: null as never, sentAt: isoTime'),
  change('list-backend', list, 'no way to the next page', 'nextCursor === undefined ? {} : { nextCursor }', '{}'),
  change('verify-backend', 'http/handlers/verify.ts', '`verified` as a number', 'data: { verified: true }', 'data: { verified: 1 as never }'),
  // statuses
  change('send-backend', 'http/api.ts', 'an undocumented status', 'http.status = reply.status', 'http.status = 201'),
  change('verify-backend', 'errors.ts', 'a wrong code as 422', 'INVALID_CODE: { status: 400', 'INVALID_CODE: { status: 422'),
  change('send-backend', 'errors.ts', 'a limit as 503', '  RATE_LIMITED: {\n    status: 429', '  RATE_LIMITED: {\n    status: 503'),
  change('verify-backend', 'otp/verify.ts', 'a consumed session as a wrong code', "case 'missing':\n      throw new OtpError('SESSION_NOT_FOUND')", "case 'missing':\n      throw new OtpError('INVALID_CODE')"),
  change('send-instant', 'flows.ts', 'the other limit code', "sendLimitCode: 'OTP_RATE_LIMITED'", "sendLimitCode: 'RATE_LIMITED'"),
  // the error body and the headers
  change('http.test', errors, 'an error without its request id', '      requestId,\n', "      requestId: '',\n"),
  change('send-backend', errors, 'a validation error without its places', 'details === undefined', 'details !== undefined'),
  change('send-backend', errors, 'no Retry-After', "context.set('Retry-After', String(retryAfterSeconds))", 'void retryAfterSeconds'),
  change('send-backend', errors, 'no WWW-Authenticate', "context.set('WWW-Authenticate', 'Bearer')", 'void 0'),
  change('http', 'http/middleware.ts', 'no X-Request-Id', "context.set('X-Request-Id', requestId)", 'void requestId'),
  change('send-backend', errors, 'the cause in the answer', "new OtpError('INTERNAL_ERROR')", "new OtpError('INTERNAL_ERROR', { message: String(thrown) })"),
  // the rules behind the answers
  change('verify-backend', judge, 'one attempt too many', 'if (session.attempts >= session.maxAttempts) return', 'if (session.attempts > session.maxAttempts) return'),
  change('verify-backend', judge, 'one millisecond too long', 'canceledAt === null && expiresAt > at', 'canceledAt === null && expiresAt >= at'),
  change('verify-backend', judge, 'sessions of every project', '    session.projectId === guess.projectId &&\n', ''),
  change('store/sessions', judge, 'sessions of every flow', '    session.flow === guess.flow &&\n', ''),
  change('verify-backend', judge, 'a code that verifies twice', 'return verifiedAt === null && failedAt', 'return failedAt'),
  change('verify-backend', 'otp/code.ts', 'five attempts for short codes', 'digits <= 5 ? 3 : 5', 'digits <= 3 ? 3 : 5'),
  change('otp.test', 'otp/code.ts', 'codes that any session accepts', '${sessionId}\\n${canonicalRecipient}', '${canonicalRecipient}'),
  change('verify-backend', 'otp/code.ts', 'codes that any address accepts', '${canonicalRecipient}\\n', ''),
  change('otp.test', 'otp/code.ts', 'codes without leading zeros', 'randomInt(10 ** digits)', 'randomInt(10 ** (digits - 1), 10 ** digits)'),
  change('send-backend', 'otp/limits.ts', 'a limit that allows one more', 'return used + cost > max && oldest', 'return used + cost > max + 1 && oldest'),
  change('send-backend', 'store/limit-statements.ts', 'failed deliveries that count', 'where mailbox in ($1, $3) and failed_at is null', 'where mailbox in ($1, $3)'),
  change('list-backend', 'store/history-statements.ts', 'the oldest first', 'order by verified_at desc, id desc limit $3', 'order by verified_at, id desc limit $3'),
  change('list-backend', 'store/history-statements.ts', 'a page that repeats its last entry', '(verified_at, id) < ($4, $5) ${inOrder}', '(verified_at, id) <= ($4, $5) ${inOrder}'),
  change('pages/verify', 'otp/page.ts', 'a page for a mail that never went out', 'found?.isFailed ? undefined : found', 'found'),
  change('pages/verify', 'store/sessions.ts', 'a page that outlives its code', 'row.leftMs <= 0', 'row.leftMs < 0'),
  change('pages/form', 'otp/page.ts', 'an empty form that costs an attempt', 'if (isEmpty) return', 'if (isEmpty && !isEmpty) return'),
  change('pages/reading', 'otp/mask.ts', 'short addresses shown whole', 'local.length < 4', 'local.length < 2'),
  change('pages/form', 'pages/origin.ts', 'forms from the sites next door', "site !== 'same-origin' && site !== 'none'", "site === 'cross-site'"),
  change('pages/reading', 'pages/html.ts', 'a link that can break out of its attribute', 'href="${escapeHtml(redirectUrl)}"', 'href="${redirectUrl}"'),
  change('pages/reading', 'pages/pages.ts', 'the way back before success', 'wayOn: withWayOn.has(state)', "wayOn: sessionId !== ''"),
  change('pages/verify', 'pages/pages.ts', 'trouble with the store as JSON', "trouble(context, isAway ? 'unavailable' : 'fault')", 'throw thrown'),
  change('pages/resend', 'otp/resend.ts', 'new code: without the address', 'typed?.canonical !== session.canonicalRecipient', 'typed?.canonical === undefined'),
  change('pages/resend', 'otp/resend.ts', 'new code: for an empty form', "typedAddress.trim() === ''", 'false'),
  change('pages/resend', 'otp/resend.ts', 'new code: addresses that nobody counts', 'const refusal = await countTry(dependencies, session, client)', 'const refusal = undefined as Awaited<ReturnType<typeof countTry>>'),
  change('pages/resend', 'otp/resend.ts', 'new code: after the end of a session', '!mayResend.has(view.state)', 'false'),
  change('pages/resend', 'otp/resend.ts', 'new code: one more email at every click', 'idempotencyKey: `page\\n${sessionId}`,', ''),
  change('pages/resend', 'otp/resend.ts', 'new code: a test that mails', 'isSandbox(projectId) ? sendInSandbox : sendCode', 'sendCode'),
  change('pages/resend', 'otp/resend.ts', 'new code: a revoked key as a failed delivery', "code === 'UNAUTHORIZED' ? 'noNewCode' : 'notSent'", "'notSent'"),
  change('pages/resend', 'credentials/find-active.ts', 'new code: with a revoked key', 'found?.revokedAt === undefined &&', 'true &&'),
  change('pages/brand', 'store/brands.ts', 'brand: that of another project', 'readOwnBrand(engine, id)', "readOwnBrand(engine, '')"),
  change('pages/brand', 'pages/style.ts', 'brand: an edge that nobody sees', '>= 3 ? accent', '>= 1 ? accent'),
  change('pages/limit', 'store/steps/page-try.ts', 'one code too many from an address', 'usage ?? nothingUsed, limit,', 'usage ?? nothingUsed, { max: max + 1, windowMs },'),
  change('store/sessions', statements, 'pages for other flows', 'from sessions where id = $1 and flow = $2 and erased_at', "from sessions where id = $1 and flow <> $2 || 'x' and erased_at"),
  change('send-instant', 'otp/sender.ts', 'any sender', 'allowed)?.canonical === wanted', 'allowed)?.canonical !== undefined || wanted'),
  change('send-instant', 'http/security.ts', 'any address', '(allowedAddresses.length > 0 && !isAmong(address, allowedAddresses))', '(allowedAddresses.length > 0 && false)'),
  change('send-instant', 'http/security.ts', 'any origin', '!allowedOrigins.includes(origin)', 'false'),
  change('list-instant', 'http/security.ts', 'any analytics secret', "!isPairedWith(http.get('x-otp-secret'))", 'false'),
  change('send-backend', 'http/security.ts', 'a scope that is not asked for', '!scopes.every((scope) =>', 'scopes.some((scope) => scope === undefined) && !scopes.every((scope) =>'),
  change('send-backend', 'credentials/authenticate.ts', 'revoked keys', "if (found.revokedAt !== undefined) return { why: 'revoked', credentialId: found.id }", ''),
  change('send-backend', 'credentials/authenticate.ts', 'expired keys', 'found.expiresAt <= now', 'false'),
  // the email, and what is counted
  change('mail/message', 'mail/html.ts', 'mail: a code with spaces', 'user-select:all">${code}</span>', 'user-select:all">${spoken}</span>'),
  change('mail/message', 'mail/html.ts', 'mail: a code read as a number', 'aria-label="${spoken}"', 'aria-label="${code}"'),
  change('mail/message', 'mail/html.ts', 'mail: words that are not escaped', '${escapeHtml(block.text)}</p>`\n    case \'code\'', '${block.text}</p>`\n    case \'code\''),
  change('mail/message', 'brand.ts', 'mail: white on a light accent', "contrastOf(background, '#000000') > contrastOf", "contrastOf(background, '#000000') > 1.5 * contrastOf"),
  change('mail/message', 'mail/text.ts', 'mail: the line for autofill before the name', "brand.name, autofill ?? ''", "autofill ?? '', brand.name"),
  change('mail/mime', 'mail/mime.ts', 'mail: lines of any length', 'wrap(encode(content', '(encode(content'),
  change('mail/mime', 'mail/mime.ts', 'mail: a part without its encoding', 'Content-Transfer-Encoding: quoted-printable', 'Content-Transfer-Encoding: 8bit'),
  change('mail/delivered', 'config.ts', 'mail: autofill for a domain that nobody named', 'settings.publicUrl === undefined ? undefined : ', "settings.publicUrl === undefined ? 'localhost' : "),
  change('mail/delivered', 'mail/smtp.ts', 'mail: no X-Auto-Response-Suppress', "'x-auto-response-suppress': 'All',", ''),
  change('mail/delivered', 'mail/route.ts', 'mail: no DKIM', '...(options.dkim && {', '...(options.dkim && false && {'),
  change('mail/delivered', 'mail/smtp.ts', 'mail: a sender without the name of the brand', 'defaultFrom.name || brand.name', 'defaultFrom.name'),
  change('mail/public', 'otp/send.ts', 'mail: any words of a public token', 'if (request.isPublic)', 'if (false)'),
  change('mail/public', 'otp/send.ts', 'mail: a server key held to plain words', 'if (request.isPublic)', 'if (true)'),
  change('mail/public', 'otp/public-texts.ts', 'mail: any name of a sender', 'offenseIn(isName ? given.name', "offenseIn(isName ? ''"),
  change('otp.test', 'otp/mailboxes.ts', 'mail: tags of every provider', 'if (provider === undefined) return canonical', "if (provider === undefined) return canonical.replace(/\\+.*@/, '@')"),
  change('send-backend', 'otp/send.ts', 'mail: every tag a recipient of its own', 'countedRecipient: recipient.counted', 'countedRecipient: recipient.canonical'),
  change('send-backend', 'otp/send.ts', 'mail: a code that every tag verifies', 'hashCode(otpSecret, sessionId, recipient.canonical', 'hashCode(otpSecret, sessionId, recipient.counted'),
]
