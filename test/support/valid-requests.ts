import { flows } from '../../server/flows.ts'
import { factsOf, type OperationId } from './contract.ts'
import type { RawRequest, TestServer } from './server.ts'

export const json = { 'Content-Type': 'application/json' }

/** A session id that belongs to no session, in the format of this operation's flow. */
function unknownSession(id: OperationId): string {
  const flow = id.includes('EmailVerification')
    ? flows.emailVerification
    : id.includes('BackendOtp')
      ? flows.backend
      : flows.instant
  return `${flow.sessionIdPrefix}01KPJRXTK0Q4T7V9X2B5N6C1DE`
}

/** A body that is valid under the schema. */
export function validBody(id: OperationId): string | undefined {
  if (factsOf(id).method === 'GET') return undefined
  if (/^(?:send|erase)/.test(id)) return JSON.stringify({ email: 'user@example.com' })
  if (id.startsWith('cancel')) return JSON.stringify({ sessionId: unknownSession(id) })
  return JSON.stringify({
    sessionId: unknownSession(id),
    email: 'user@example.com',
    code: '1',
  })
}

/** A request with this credential that is valid under the schema. */
export function requestWith(id: OperationId, bearer: string | undefined, secret?: string): RawRequest {
  const body = validBody(id)
  return {
    ...(body === undefined ? {} : { body }),
    ...(id.endsWith('Status') ? { query: `?sessionId=${unknownSession(id)}` } : {}),
    headers: {
      ...(body === undefined ? {} : json),
      ...(bearer === undefined ? {} : { Authorization: bearer }),
      ...(secret === undefined ? {} : { 'X-Otp-Secret': secret }),
    },
  }
}

/** A request with a credential that the operation accepts. */
export async function authorizedRequest(server: TestServer, id: OperationId): Promise<RawRequest> {
  if (!factsOf(id).isForBrowsers) return requestWith(id, `Bearer ${await server.key()}`)
  const { token, secret } = await server.token()
  const takesSecret = factsOf(id).opensWith.includes('analyticsSecret')
  return requestWith(id, `Bearer ${token}`, takesSecret ? secret : undefined)
}
