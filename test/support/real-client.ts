import { createClient, type RisumailOtpClient, RisumailOtpError } from '../../clients/typescript/src/index.ts'
import type { TestServer } from './server.ts'

/** A client with a server key of this server. */
export async function backendClient(server: TestServer): Promise<RisumailOtpClient> {
  return createClient({ baseUrl: server.url, token: await server.key() })
}

/** Returns the error of a call that the server must refuse. */
export async function refusalOf(call: Promise<unknown>): Promise<RisumailOtpError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RisumailOtpError)) throw new Error(`not a RisumailOtpError: ${error}`)
  return error
}

/** The fields of a sent session that a verify takes. */
export const only = ({ sessionId, email }: { sessionId: string; email: string }) => ({ sessionId, email })
