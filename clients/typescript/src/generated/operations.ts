// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { Call } from '../call.ts'
import { walk } from '../pages.ts'
import type { RetryPolicy } from '../retry.ts'
import type { ApiPromise, CallOptions, HeadersOf, QueryOf } from '../types.ts'
import type { CancelBody, CanceledSession, EraseBody, Erasure, SendBackendOtpBody, SendEmailVerificationBody, SendInstantOtpBody, SentEmailVerification, SentOtp, SessionDetails, Verification, VerificationPage, VerifyBody, VerifyResult, paths } from './contract.ts'

type Path = keyof paths

/** An option of `sendInstantOtp`, `sendBackendOtp`, `sendEmailVerification`. */
export interface IdempotencyKeyOption {
  /**
   * Sent as the header `Idempotency-Key`. Makes a send safe to repeat. For 24 hours, every send with this
   * credential, the same key and the same request returns the session of the first send, and no second email
   * goes out. Use 1 to 255 visible ASCII characters, such as a UUID. With a public token, each recipient has
   * separate keys: the same key for another recipient counts as another key. While the first send is in
   * progress, a repeat gets 409 and the time to wait. The same key with another request gets 422. If the send
   * definitely failed, you can reuse the key. If the email may still arrive, a repeat gets 502.
   */
  idempotencyKey?: HeadersOf<'sendInstantOtp'>['Idempotency-Key'] | undefined
}

export interface RisumailOtpClient {
  /**
   * Send an instant code.
   * Sends an email with a code. The service hands it to an SMTP server before it responds. Takes a public
   * token, or a server key with the scope `server_otp`.
   * Retried automatically only after an error that says how many seconds to wait: then no email was sent.
   * With `options.idempotencyKey`, also retried after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, FROM_NOT_ALLOWED, IDEMPOTENCY_IN_PROGRESS, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE,
   * IDEMPOTENCY_KEY_REUSED, OTP_RATE_LIMITED, INTERNAL_ERROR, SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED,
   * SERVICE_UNAVAILABLE
   */
  sendInstantOtp(body: SendInstantOtpBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentOtp>

  /**
   * Verify an instant code.
   * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the
   * code and consumes the session. After a resend, the newer session also accepts the code of the previous
   * email, until that code expires.
   * Never retried automatically.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * OTP_PUBLIC_IP_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE,
   * UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  verifyInstantOtp(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List instant verifications.
   * Returns the completed instant verifications of the token's project, newest first. Takes the public token
   * **and** its analytics secret.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.limit The maximum number of verifications on one page, 1 or more. A number above 100 counts
   * as 100.
   * @param query.cursor Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it
   * out for the first page.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  listInstantOtpVerifications(query?: QueryOf<'listInstantOtpVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * Iterates over the items of every page of `listInstantOtpVerifications`. Starts at the page that
   * `query.cursor` names, or at the first page.
   */
  allInstantOtpVerifications(query?: QueryOf<'listInstantOtpVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of an instant session.
   * Returns what happened to one session of this project, and when. Takes a server key with the scope
   * `server_otp`, or the public token **and** its analytics secret. Verified sessions are kept for
   * `RETENTION`, all others for `RETENTION_UNVERIFIED`.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.sessionId The id of the session: `data.sessionId` in the response to the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, SESSION_NOT_FOUND, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getInstantOtpStatus(query: QueryOf<'getInstantOtpStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel an instant session.
   * Ends an open session. Its code stops working at once. You can repeat the request. A session that has
   * already ended without being verified does not change, and the response shows how it ended. For a verified
   * session, the response is 409.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelInstantOtp(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Send a backend code.
   * Sends an email with a code for your back end. Public tokens and their allowlists are not involved.
   * Retried automatically only after an error that says how many seconds to wait: then no email was sent.
   * With `options.idempotencyKey`, also retried after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, IDEMPOTENCY_IN_PROGRESS,
   * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, INTERNAL_ERROR,
   * SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED, SERVICE_UNAVAILABLE
   */
  sendBackendOtp(body: SendBackendOtpBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentOtp>

  /**
   * Verify a backend code.
   * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the
   * code and consumes the session. After a resend, the newer session also accepts the code of the previous
   * email, until that code expires.
   * Never retried automatically.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  verifyBackendOtp(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List backend verifications.
   * Returns the completed backend verifications of the key's project, newest first.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.limit The maximum number of verifications on one page, 1 or more. A number above 100 counts
   * as 100.
   * @param query.cursor Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it
   * out for the first page.
   * @param query.reference Returns only sessions that were sent with this `reference`.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  listBackendOtpVerifications(query?: QueryOf<'listBackendOtpVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * Iterates over the items of every page of `listBackendOtpVerifications`. Starts at the page that
   * `query.cursor` names, or at the first page.
   */
  allBackendOtpVerifications(query?: QueryOf<'listBackendOtpVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of a backend session.
   * Returns what happened to one session of this project, and when. Takes a server key with the scope
   * `server_otp`. Verified sessions are kept for `RETENTION`, all others for `RETENTION_UNVERIFIED`.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.sessionId The id of the session: `data.sessionId` in the response to the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getBackendOtpStatus(query: QueryOf<'getBackendOtpStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel a backend session.
   * Ends an open session. Its code stops working at once. You can repeat the request. A session that has
   * already ended without being verified does not change, and the response shows how it ended. For a verified
   * session, the response is 409.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelBackendOtp(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Send a verification email.
   * Sends an email with a code, and returns the URL of the hosted page where the recipient can type it. The
   * hosted page can send a new code, if the person types the email address again. The new code belongs to a
   * new session with the same recipient, `reference`, `locale`, `otpDigits`, lifetime and `redirectUrl`. It
   * counts against the same limits. The new email does not repeat the `subject` and `verificationLine` of the
   * first one. `redirectUrl` then gets the new `sessionId`, and webhooks report the new session, with the
   * same `reference`. Repeated requests for one session within 24 hours send only one email.
   * Retried automatically only after an error that says how many seconds to wait: then no email was sent.
   * With `options.idempotencyKey`, also retried after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, IDEMPOTENCY_IN_PROGRESS,
   * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, INTERNAL_ERROR,
   * SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED, SERVICE_UNAVAILABLE
   */
  sendEmailVerification(body: SendEmailVerificationBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentEmailVerification>

  /**
   * Verify an email address.
   * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the
   * code and consumes the session. After a resend, the newer session also accepts the code of the previous
   * email, until that code expires.
   * Never retried automatically.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  verifyEmailVerification(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List email verifications.
   * Returns the completed email verifications of the key's project, newest first.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.limit The maximum number of verifications on one page, 1 or more. A number above 100 counts
   * as 100.
   * @param query.cursor Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it
   * out for the first page.
   * @param query.reference Returns only sessions that were sent with this `reference`.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  listEmailVerifications(query?: QueryOf<'listEmailVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * Iterates over the items of every page of `listEmailVerifications`. Starts at the page that `query.cursor`
   * names, or at the first page.
   */
  allEmailVerifications(query?: QueryOf<'listEmailVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of a verification session.
   * Returns what happened to one session of this project, and when. Use it to find out whether the recipient
   * typed the code on the hosted page. If that page sent a new code, the code belongs to another session with
   * the same `reference`. Takes a server key with the scope `server_otp`. Verified sessions are kept for
   * `RETENTION`, all others for `RETENTION_UNVERIFIED`.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @param query.sessionId The id of the session: `data.sessionId` in the response to the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getEmailVerificationStatus(query: QueryOf<'getEmailVerificationStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel a verification session.
   * Ends an open session. Its code stops working at once. You can repeat the request. A session that has
   * already ended without being verified does not change, and the response shows how it ended. For a verified
   * session, the response is 409.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelEmailVerification(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Erase a recipient.
   * Erases everything that this project stores about a mailbox, for every spelling of its address: sessions
   * and their history, test recipients, and webhook events, delivered or not. Open codes stop working at
   * once. Limits that still count the mailbox keep their counts, without the address. You can repeat the
   * request.
   * Retried automatically after a network failure, and after an error that waiting can fix.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, PAYLOAD_TOO_LARGE,
   * UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  eraseRecipient(body: EraseBody, options?: CallOptions): ApiPromise<Erasure>
}

/** The paths of the operations that take the analytics secret. */
export const pathsWithSecret: readonly string[] = ["/api/v1/instant-otp/verifications","/api/v1/instant-otp/status"]

export function createOperations(call: Call): RisumailOtpClient {
  const get = (path: Path) => (query?: object, options?: CallOptions) =>
    call({ method: 'get', path, retry: 'safe' }, { query }, options)
  const post = (path: Path, retry: RetryPolicy) => (body: object, options?: CallOptions) =>
    call({ method: 'post', path, retry }, { body }, options)
  // A request with the same key takes effect only once, so a retry is as safe as the retry of a read.
  const postOnce =
    (path: Path, retry: RetryPolicy) => (body: object, options?: CallOptions & IdempotencyKeyOption) => {
      const key = options?.idempotencyKey
      return call({ method: 'post', path, retry: key ? 'safe' : retry }, { body, header: { 'Idempotency-Key': key } }, options)
    }
  const client: RisumailOtpClient = {
    sendInstantOtp: postOnce('/api/v1/instant-otp/send', 'refused'),
    verifyInstantOtp: post('/api/v1/instant-otp/verify', 'never'),
    listInstantOtpVerifications: get('/api/v1/instant-otp/verifications'),
    allInstantOtpVerifications: (query, options) =>
      walk((next) => client.listInstantOtpVerifications({ ...query, ...next }, options), (page) => page.verifications),
    getInstantOtpStatus: get('/api/v1/instant-otp/status'),
    cancelInstantOtp: post('/api/v1/instant-otp/cancel', 'safe'),
    sendBackendOtp: postOnce('/api/v1/backend-otp/send', 'refused'),
    verifyBackendOtp: post('/api/v1/backend-otp/verify', 'never'),
    listBackendOtpVerifications: get('/api/v1/backend-otp/verifications'),
    allBackendOtpVerifications: (query, options) =>
      walk((next) => client.listBackendOtpVerifications({ ...query, ...next }, options), (page) => page.verifications),
    getBackendOtpStatus: get('/api/v1/backend-otp/status'),
    cancelBackendOtp: post('/api/v1/backend-otp/cancel', 'safe'),
    sendEmailVerification: postOnce('/api/v1/email-verification/send', 'refused'),
    verifyEmailVerification: post('/api/v1/email-verification/verify', 'never'),
    listEmailVerifications: get('/api/v1/email-verification/verifications'),
    allEmailVerifications: (query, options) =>
      walk((next) => client.listEmailVerifications({ ...query, ...next }, options), (page) => page.verifications),
    getEmailVerificationStatus: get('/api/v1/email-verification/status'),
    cancelEmailVerification: post('/api/v1/email-verification/cancel', 'safe'),
    eraseRecipient: post('/api/v1/recipients/erase', 'safe'),
  }
  return client
}
