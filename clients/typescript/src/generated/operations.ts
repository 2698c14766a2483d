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
   * The header `Idempotency-Key`. Makes a send safe to repeat: for 24 hours, every send of this credential
   * with the same key and the same request is answered with the session of the first, and no second mail goes
   * out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the
   * recipient: the same key for another recipient is another key. While the first is under way, a repeat is
   * answered with 409 and the time to wait; with another request, with 422. A send that failed for certain
   * gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
   */
  idempotencyKey?: HeadersOf<'sendInstantOtp'>['Idempotency-Key'] | undefined
}

export interface RisumailOtpClient {
  /**
   * Send an instant code.
   * Mails a code over SMTP inside the request. Takes a public token, or a server key with the scope
   * `server_otp`.
   * Repeated by itself only after an error that names the seconds to wait, for then no mail went out.
   * With `options.idempotencyKey` also after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, FROM_NOT_ALLOWED, IDEMPOTENCY_IN_PROGRESS, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE,
   * IDEMPOTENCY_KEY_REUSED, OTP_RATE_LIMITED, INTERNAL_ERROR, SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED,
   * SERVICE_UNAVAILABLE
   */
  sendInstantOtp(body: SendInstantOtpBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentOtp>

  /**
   * Verify an instant code.
   * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the
   * newer session is verified by the code of the mail before as well, as long as that code lives.
   * Never repeated by itself.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * OTP_PUBLIC_IP_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE,
   * UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  verifyInstantOtp(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List instant verifications.
   * The completed instant verifications of the token's project, newest first. Takes the public token **and**
   * its analytics secret.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.limit How many verifications one page may hold, 1 or more; above 100 counts as 100.
   * @param query.cursor `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  listInstantOtpVerifications(query?: QueryOf<'listInstantOtpVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * The items of every page of `listInstantOtpVerifications`, from the one that `query.cursor` names or the
   * first.
   */
  allInstantOtpVerifications(query?: QueryOf<'listInstantOtpVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of an instant session.
   * What became of one session of this project, and when. Takes a server key with the scope `server_otp`, or
   * the public token **and** its analytics secret. Sessions are kept for `RETENTION`, those that were not
   * verified for `RETENTION_UNVERIFIED`.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.sessionId `data.sessionId` of the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, OTP_PUBLIC_IP_NOT_ALLOWED,
   * ORIGIN_NOT_ALLOWED, SESSION_NOT_FOUND, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getInstantOtpStatus(query: QueryOf<'getInstantOtpStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel an instant session.
   * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise
   * than verified stays as it is, and the answer says how. A verified one is answered with 409.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelInstantOtp(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Send a backend code.
   * Mails a code on behalf of your back end. No public token and no allowlist is involved.
   * Repeated by itself only after an error that names the seconds to wait, for then no mail went out.
   * With `options.idempotencyKey` also after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, IDEMPOTENCY_IN_PROGRESS,
   * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, INTERNAL_ERROR,
   * SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED, SERVICE_UNAVAILABLE
   */
  sendBackendOtp(body: SendBackendOtpBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentOtp>

  /**
   * Verify a backend code.
   * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the
   * newer session is verified by the code of the mail before as well, as long as that code lives.
   * Never repeated by itself.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  verifyBackendOtp(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List backend verifications.
   * The completed backend verifications of the key's project, newest first.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.limit How many verifications one page may hold, 1 or more; above 100 counts as 100.
   * @param query.cursor `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
   * @param query.reference Only sessions that were sent with this `reference`.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  listBackendOtpVerifications(query?: QueryOf<'listBackendOtpVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * The items of every page of `listBackendOtpVerifications`, from the one that `query.cursor` names or the
   * first.
   */
  allBackendOtpVerifications(query?: QueryOf<'listBackendOtpVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of a backend session.
   * What became of one session of this project, and when. Takes a server key with the scope `server_otp`.
   * Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.sessionId `data.sessionId` of the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getBackendOtpStatus(query: QueryOf<'getBackendOtpStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel a backend session.
   * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise
   * than verified stays as it is, and the answer says how. A verified one is answered with 409.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelBackendOtp(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Send a verification mail.
   * Mails a code and answers with the URL of the hosted page where it can be typed.
   * Repeated by itself only after an error that names the seconds to wait, for then no mail went out.
   * With `options.idempotencyKey` also after a network failure.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, IDEMPOTENCY_IN_PROGRESS,
   * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, INTERNAL_ERROR,
   * SMTP_DELIVERY_FAILED, SMTP_NOT_CONFIGURED, SERVICE_UNAVAILABLE
   */
  sendEmailVerification(body: SendEmailVerificationBody, options?: CallOptions & IdempotencyKeyOption): ApiPromise<SentEmailVerification>

  /**
   * Verify an email address.
   * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the
   * newer session is verified by the code of the mail before as well, as long as that code lives.
   * Never repeated by itself.
   * @throws {RisumailOtpError} VALIDATION_FAILED, INVALID_CODE, UNAUTHORIZED, SCOPE_REQUIRED,
   * SESSION_NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  verifyEmailVerification(body: VerifyBody, options?: CallOptions): ApiPromise<VerifyResult>

  /**
   * List email verifications.
   * The completed email verifications of the key's project, newest first.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.limit How many verifications one page may hold, 1 or more; above 100 counts as 100.
   * @param query.cursor `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
   * @param query.reference Only sessions that were sent with this `reference`.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  listEmailVerifications(query?: QueryOf<'listEmailVerifications'>, options?: CallOptions): ApiPromise<VerificationPage>

  /**
   * The items of every page of `listEmailVerifications`, from the one that `query.cursor` names or the first.
   */
  allEmailVerifications(query?: QueryOf<'listEmailVerifications'>, options?: CallOptions): AsyncGenerator<Verification, void, undefined>

  /**
   * Get the status of a verification session.
   * What became of one session of this project, and when. That is how your back end learns that the recipient
   * has typed the code into the hosted page. Takes a server key with the scope `server_otp`. Sessions are
   * kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @param query.sessionId `data.sessionId` of the send.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  getEmailVerificationStatus(query: QueryOf<'getEmailVerificationStatus'>, options?: CallOptions): ApiPromise<SessionDetails>

  /**
   * Cancel a verification session.
   * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise
   * than verified stays as it is, and the answer says how. A verified one is answered with 409.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, SESSION_NOT_FOUND,
   * SESSION_CLOSED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR,
   * SERVICE_UNAVAILABLE
   */
  cancelEmailVerification(body: CancelBody, options?: CallOptions): ApiPromise<CanceledSession>

  /**
   * Erase a recipient.
   * Erases what this project has of a mailbox, in every spelling of its address: sessions and their history,
   * and webhook events, delivered or not. Codes that are still open are dead at once. What limits still have
   * to count stays, without the address. Repeat it as you like.
   * Repeated by itself after a network failure, and after an error that waiting helps against.
   * @throws {RisumailOtpError} VALIDATION_FAILED, UNAUTHORIZED, SCOPE_REQUIRED, PAYLOAD_TOO_LARGE,
   * UNSUPPORTED_MEDIA_TYPE, RATE_LIMITED, INTERNAL_ERROR, SERVICE_UNAVAILABLE
   */
  eraseRecipient(body: EraseBody, options?: CallOptions): ApiPromise<Erasure>
}

/** Where the analytics secret is asked for. */
export const pathsWithSecret: readonly string[] = ["/api/v1/instant-otp/verifications","/api/v1/instant-otp/status"]

export function createOperations(call: Call): RisumailOtpClient {
  const get = (path: Path) => (query?: object, options?: CallOptions) =>
    call({ method: 'get', path, retry: 'safe' }, { query }, options)
  const post = (path: Path, retry: RetryPolicy) => (body: object, options?: CallOptions) =>
    call({ method: 'post', path, retry }, { body }, options)
  // What is sent again with the same key is done once, so it may be repeated like something that changes nothing.
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
