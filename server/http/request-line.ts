import { OtpError } from '../errors.ts'
import { flowOf } from '../flows.ts'
import type { LogIds } from './log-ids.ts'
import type { HttpContext } from './types.ts'

/** Returns the log line of one request. @param failure the thrown value, if there is one */
export function requestLine(
  context: HttpContext,
  failure: unknown,
  durationMs: number,
  logIds: LogIds,
): { level: 'error' | 'info'; line: object } {
  const { requestId, operationId, credentialId, network, recipient, errorCode, limit, facts } = context.state
  const { refused, delivery, sessionId, reason }: Partial<OtpError> =
    failure instanceof OtpError ? failure : {}
  const line = {
    requestId,
    method: context.method,
    operationId,
    flow: operationId && flowOf(operationId)?.name,
    credentialId: credentialId ?? refused?.credentialId,
    network: network && logIds('network', network),
    recipient: recipient && logIds('recipient', recipient),
    sessionId,
    status: context.status,
    errorCode,
    limit,
    refused: refused?.why,
    ...facts,
    ...(delivery && { delivery }),
    durationMs,
  }
  // If a mailbox does not exist, or a test asks for a failure, an operator has nothing to fix.
  const isExpected = facts?.sandbox || isRefusedRecipient(delivery) || reason === 'RECIPIENT_REFUSED'
  const isFault = context.status >= 500 && !isExpected
  const isExplained = delivery !== undefined || facts?.sandbox
  return {
    level: isFault ? 'error' : 'info',
    line: isFault && failure !== undefined && !isExplained ? { ...line, err: failure } : line,
  }
}

function isRefusedRecipient(delivery: object | undefined): boolean {
  return (delivery as { problem?: string } | undefined)?.problem === 'recipient-refused'
}
