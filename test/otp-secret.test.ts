import { describe, expect, it } from 'vitest'
import { backend, sendAndRead } from './support/flows.ts'
import { TestServer } from './support/server.ts'

const old = 'o'.repeat(32)
const fresh = 'f'.repeat(32)

describe('OTP_SECRET', () => {
  const verifyAfterRestart = async (before: string, after: string) => {
    const server = await new TestServer({ environment: { OTP_SECRET: before } }).start()
    const key = await server.key()
    const sent = await sendAndRead(server, backend, server.client(key), { email: 'user@example.com' })
    await server.restart({ OTP_SECRET: after })
    const { response } = await backend.verify(server.client(key), sent)
    await server.stop()
    return response.status
  }

  it('can be rotated: a code under the old secret verifies while both are listed', async () => {
    expect(await verifyAfterRestart(old, `${fresh},${old}`)).toBe(200)
  })

  it('signs with the first: a code from a server with both verifies under the first alone', async () => {
    expect(await verifyAfterRestart(`${fresh},${old}`, fresh)).toBe(200)
    expect(await verifyAfterRestart(`${fresh},${old}`, old)).toBe(400)
  })

  it('ends the codes of a secret that is gone', async () => {
    expect(await verifyAfterRestart(old, fresh)).toBe(400)
  })
})
