import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ulid } from 'ulid'
import { OtpError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { errorBody } from './errors.ts'

/**
 * Answers what Node.js cannot read as a request in the contract's words, logs one line, and ends the connection.
 * Who took too long hears 408 and no more: there is no request yet that an answer could be about.
 */
export function answerUnreadable(log: Logger) {
  return ({ code }: NodeJS.ErrnoException, connection: Duplex, isAnswering: boolean): void => {
    if (connection.writable && !isAnswering) {
      const requestId = ulid()
      const { status, body } =
        code === 'ERR_HTTP_REQUEST_TIMEOUT' ? { status: 408, body: '' } : unreadable(code, requestId)
      log.info({ requestId, status, reason: code }, 'no request')
      connection.write(
        [
          `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
          'Connection: close',
          'Content-Type: application/json; charset=utf-8',
          `Content-Length: ${Buffer.byteLength(body)}`,
          `X-Request-Id: ${requestId}`,
          'Cache-Control: no-store',
          'X-Content-Type-Options: nosniff',
          '',
          body,
        ].join('\r\n'),
      )
    }
    connection.destroy()
  }
}

function unreadable(code: string | undefined, requestId: string) {
  const message =
    code === 'HPE_HEADER_OVERFLOW'
      ? 'The headers of the request are larger than 16 KiB.'
      : 'What came is no HTTP request that can be read.'
  const error = new OtpError('VALIDATION_FAILED', { message })
  return { status: error.status, body: JSON.stringify(errorBody(error, requestId)) }
}
