import { type RequestListener, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { invalidRequest } from '../errors.ts'
import type { Logger } from '../log.ts'
import { ulid } from '../ulid.ts'
import { errorBody } from './errors.ts'

/**
 * Handles input that Node.js cannot read as a request: answers with the contract's error body, logs one line, and ends
 * the connection. A caller that took too long gets 408 without a body: the contract only covers complete requests.
 */
export function answerUnreadable(log: Logger) {
  return ({ code }: NodeJS.ErrnoException, connection: Duplex, isAnswering: boolean): void => {
    if (connection.writable && !isAnswering) {
      const requestId = ulid()
      const { status, body } =
        code === 'ERR_HTTP_REQUEST_TIMEOUT' ? { status: 408, body: '' } : unreadable(code, requestId)
      log.info({ requestId, status, reason: code }, 'unreadable request')
      connection.write(
        [
          `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
          'Connection: close',
          ...(body === '' ? [] : ['Content-Type: application/json; charset=utf-8']),
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

/** Answers a request that does not have exactly one valid host: sends the same error body and ends the connection. */
export function answerWithoutHost(log: Logger): RequestListener {
  return (request, response) => {
    const requestId = ulid()
    const error = invalidRequest('', 'must have exactly one Host header, with exactly one host')
    log.info({ requestId, status: error.status, reason: 'HOST' }, 'unreadable request')
    const body = JSON.stringify(errorBody(error, requestId))
    response.writeHead(error.status, {
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
      'Content-Type': 'application/json; charset=utf-8',
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    response.end(body)
    request.resume()
  }
}

function unreadable(code: string | undefined, requestId: string) {
  const isOverflow = code === 'HPE_HEADER_OVERFLOW'
  const error = invalidRequest(
    '',
    isOverflow ? 'has more than 16 KiB of headers' : 'is not a valid HTTP request',
  )
  return { status: error.status, body: JSON.stringify(errorBody(error, requestId)) }
}
