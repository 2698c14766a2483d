import type { Document } from 'yaml'

/** A single change to the contract. */
export interface ContractMutant {
  name: string
  apply(contract: Document): void
  /** Part of the name of the test file that must notice the change, if generator and compiler do not. */
  test: string
}

type Path = (string | number)[]

const schema = (...path: Path): Path => ['components', 'schemas', ...path]
const field = (name: string, ...path: Path): Path => schema(name, 'properties', ...path)
const operation = (path: string, method: string, ...rest: Path): Path => [
  'paths',
  `/api/v1/${path}`,
  method,
  ...rest,
]

const set = (test: string, path: Path, value: unknown): ContractMutant => ({
  name: `${path.slice(1).join('.')} = ${JSON.stringify(value)}`,
  test,
  apply: (contract) => {
    if (!contract.hasIn(path.slice(0, -1))) throw new Error(`the contract has no ${path.join('.')}`)
    contract.setIn(path, contract.createNode(value))
  },
})

const drop = (test: string, ...path: Path): ContractMutant => ({
  name: `drop ${path.slice(1).join('.')}`,
  test,
  apply: (contract) => {
    if (!contract.deleteIn(path)) throw new Error(`the contract has no ${path.join('.')}`)
  },
})

const rename = (test: string, path: Path, to: string): ContractMutant => ({
  name: `rename ${path.slice(1).join('.')} to ${to}`,
  test,
  apply: (contract) => {
    const value = contract.getIn(path)
    contract.deleteIn(path)
    contract.setIn([...path.slice(0, -1), to], value)
  },
})

const instantSend = operation('instant-otp/send', 'post')
const instantList = operation('instant-otp/verifications', 'get')
const instantStatus = operation('instant-otp/status', 'get')
const backendCancel = operation('backend-otp/cancel', 'post')
const backendSend = operation('backend-otp/send', 'post')
const backendVerify = operation('backend-otp/verify', 'post')
const backendList = operation('backend-otp/verifications', 'get')
const emailSend = operation('email-verification/send', 'post')

/** The place where a response narrows its error. */
const errorOf: Path = ['content', 'application/json', 'schema', 'allOf', 1, 'properties', 'error', 'allOf', 1]

export const contractMutants: ContractMutant[] = [
  // required parts of requests
  set('send-backend', schema('SendBackendOtpBody', 'required'), []),
  set('send-instant', schema('SendInstantOtpBody', 'required'), []),
  set('verify-backend', schema('VerifyBody', 'required'), ['sessionId', 'email']),
  set('verify-backend', schema('VerifyBody', 'required'), ['email', 'code']),
  set('verify-backend', schema('VerifyBody', 'required'), ['sessionId', 'code']),
  set('send-backend', [...backendSend, 'requestBody', 'required'], false),
  // optional parts of requests
  set('send-backend', schema('SendBackendOtpBody', 'additionalProperties'), true),
  set('send-instant', schema('SendInstantOtpBody', 'additionalProperties'), true),
  set('verify-backend', schema('VerifyBody', 'additionalProperties'), true),
  drop('send-backend', ...field('SendBackendOtpBody', 'subject')),
  drop('send-instant', ...field('SendInstantOtpBody', 'from')),
  rename('send-backend', field('SendBackendOtpBody', 'verificationLine'), 'line'),
  rename('verify-backend', field('VerifyBody', 'code'), 'otp'),
  drop('list-backend', ...backendList, 'parameters', 1),
  // types
  set('send-backend', schema('OtpDigits', 'type'), 'string'),
  set('send-backend', schema('ExpiresInSeconds', 'type'), 'number'),
  set('send-backend', schema('Subject', 'type'), ['string', 'null']),
  set('verify-backend', field('VerifyBody', 'code', 'type'), 'integer'),
  set('list-backend', ['components', 'parameters', 'Limit', 'schema', 'type'], 'string'),
  set('contract', field('SentOtp', 'sent', 'type'), 'string'),
  set('contract', field('Verification', 'email', 'type'), ['string', 'null']),
  // limits, tightened and loosened
  set('validation', schema('ExpiresInSeconds', 'maximum'), 1800),
  set('send-backend', schema('ExpiresInSeconds', 'maximum'), 7200),
  set('send-backend', schema('ExpiresInSeconds', 'minimum'), 120),
  set('send-backend', schema('ExpiresInSeconds', 'minimum'), 1),
  set('send-backend', schema('OtpDigits', 'maximum'), 8),
  set('send-backend', schema('OtpDigits', 'maximum'), 12),
  set('send-backend', schema('OtpDigits', 'minimum'), 6),
  set('send-backend', schema('OtpDigits', 'minimum'), 1),
  set('send-backend', schema('Subject', 'maxLength'), 10),
  set('send-backend', schema('Subject', 'maxLength'), 1000),
  set('send-backend', schema('VerificationLine', 'maxLength'), 1000),
  set('send-backend', schema('Subject', 'minLength'), 0),
  drop('send-backend', ...schema('Subject', 'pattern')),
  drop('send-backend', ...schema('VerificationLine', 'pattern')),
  drop('validation', ...schema('EmailAddress', 'format')),
  set('send-backend', schema('EmailAddress', 'maxLength'), 15),
  set('list-backend', ['components', 'parameters', 'Limit', 'schema', 'minimum'], 0),
  set('list-backend', ['components', 'parameters', 'Limit', 'schema', 'maximum'], 100),
  set('list-backend', ['components', 'parameters', 'Cursor', 'schema', 'maxLength'], 20),
  set('verify-backend', field('VerifyBody', 'code', 'maxLength'), 5),
  set('verify-backend', field('VerifyBody', 'sessionId', 'maxLength'), 200),
  // defaults
  set('send-backend', schema('OtpDigits', 'default'), 8),
  set('send-backend', schema('ExpiresInSeconds', 'default'), 300),
  set('list-backend', ['components', 'parameters', 'Limit', 'schema', 'default'], 20),
  // paths and names
  rename('contract', ['paths', '/api/v1/backend-otp/send'], '/api/v1/backend-otp/mail'),
  rename('contract', ['paths', '/api/v1/instant-otp/verifications'], '/api/v1/instant-otp/history'),
  rename('contract', [...backendVerify], 'put'),
  set('contract', [...emailSend, 'operationId'], 'sendVerificationEmail'),
  // security
  set('list-instant', [...instantList, 'security'], [{ publicToken: [] }, { analyticsSecret: [] }]),
  set('list-instant', [...instantList, 'security'], [{ publicToken: [] }]),
  set('send-instant', [...instantSend, 'security'], [{ publicToken: [] }]),
  set('contract', [...backendSend, 'security'], [{ serverKey: ['server_otp'] }, { publicToken: [] }]),
  set('send-backend', [...backendSend, 'security'], [{ serverKey: [] }]),
  set('list-backend', [...backendList, 'security'], [{ serverKey: ['analytics_read'] }]),
  drop('boot', ...backendVerify, 'security'),
  set('contract', ['components', 'securitySchemes', 'analyticsSecret', 'name'], 'X-Secret'),
  // responses
  drop('send-backend', ...backendSend, 'responses', '401'),
  drop('send-instant', ...instantSend, 'responses', '429'),
  drop('send-email', ...emailSend, 'responses', '502'),
  drop('list-backend', ...backendList, 'responses', '503'),
  drop('verify-backend', ...backendVerify, 'responses', '404'),
  set('verify-backend', [...backendVerify, 'responses', '409'], {
    $ref: '#/components/responses/SessionNotFound',
  }),
  set('send-instant', [...instantSend, 'responses', '403', '$ref'], '#/components/responses/ScopeRequired'),
  set('send-instant', [...instantSend, 'responses', '429', '$ref'], '#/components/responses/SendLimited'),
  set('contract', schema('SentOtp', 'required'), ['sessionId', 'expiresAt', 'email']),
  set('contract', schema('SentEmailVerification', 'required'), ['sessionId', 'expiresAt', 'email', 'sent']),
  set('contract', schema('Verification', 'required'), ['id', 'email', 'sentAt']),
  drop('contract', ...field('VerificationPage', 'nextCursor')),
  set('contract', schema('ApiError', 'required'), ['code', 'message']),
  set('list-backend', schema('Timestamp', 'pattern'), '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$'),
  set('send-backend', schema('SessionId', 'pattern'), '^otp_[0-9A-Z]{26}$'),
  set('send-backend', ['components', 'headers', 'X-Request-Id', 'schema', 'pattern'], '^[0-9]+$'),
  set('send-backend', ['components', 'headers', 'Retry-After', 'schema', 'maximum'], 1),
  // outcomes
  set('get-backend', ['components', 'parameters', 'SessionId', 'required'], false),
  set('get-backend', ['components', 'parameters', 'SessionId', 'schema', 'maxLength'], 20),
  set('list-backend', schema('Reference', 'maxLength'), 1000),
  drop('list-backend', ...schema('Reference', 'pattern')),
  set('get-backend', schema('SessionStatus', 'enum', 0), 'OPEN'),
  set('get-backend', field('SessionEvent', 'type', 'enum', 0), 'MAILED'),
  set('contract', [...instantStatus, 'security'], [{ serverKey: ['server_otp'] }, { publicToken: [] }]),
  rename('cancel-backend', field('CancelBody', 'sessionId'), 'id'),
  drop('cancel-backend', ...backendCancel, 'responses', '409'),
  set('cancel-backend', field('CanceledSession', 'status', 'enum'), ['CANCELED']),
  drop('erase', 'paths', '/api/v1/recipients/erase', 'post', 'responses', '429'),
  set('webhooks/events', schema('EventId', 'pattern'), '^msg_'),
  rename('webhooks/events', ['webhooks', 'verification.expired'], 'verification.timed_out'),
  set('webhooks/events', field('VerificationCompletedEvent', 'type', 'const'), 'verification.verified'),
  // error codes
  drop('contract', ...schema('ErrorCode', 'enum', 4)),
  set('contract', schema('ErrorCode', 'enum', 18), 'TEAPOT'),
  set(
    'contract',
    ['components', 'responses', 'Unauthorized', ...errorOf, 'properties', 'code', 'const'],
    'WRONG_KEY',
  ),
  // reasons and test outcomes
  set('contract', schema('ErrorReason', 'enum', 0), 'TOO_MANY'),
  drop('validation', ...field('ApiError', 'attemptsLeft')),
  set('test-outcomes', ['x-test-outcomes', 'code'], '1313131313'),
  set('test-outcomes', ['x-test-outcomes', 'labels', 'expired', 'status'], 'ATTEMPTS_USED_UP'),
]
