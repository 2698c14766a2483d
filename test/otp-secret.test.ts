import { describe, expect, it } from 'vitest'
import { type FleetServer, useFleet } from './support/fleet.ts'
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

  it('can be rotated: a code of the old secret still verifies while both are listed', async () => {
    expect(await verifyAfterRestart(old, `${fresh},${old}`)).toBe(200)
  })

  it('makes new codes with the first secret: they verify with the first alone, not with the second alone', async () => {
    expect(await verifyAfterRestart(`${fresh},${old}`, fresh)).toBe(200)
    expect(await verifyAfterRestart(`${fresh},${old}`, old)).toBe(400)
  })

  it('no longer verifies the codes of a removed secret', async () => {
    expect(await verifyAfterRestart(old, fresh)).toBe(400)
  })
})

describe('OTP_SECRET on several instances', () => {
  const fleet = useFleet(0)
  /** Sends on one instance and verifies on the other, in both directions. @returns the statuses of the verifies */
  const verifyAcross = async (secrets: [string, string]) => {
    const servers = await Promise.all(secrets.map((secret) => fleet.add({ OTP_SECRET: secret })))
    const statuses: number[] = []
    for (const [from, to] of [servers, servers.toReversed()] as [FleetServer, FleetServer][]) {
      const session = await from.sendAndRead({ email: fleet.newAddress() })
      statuses.push((await to.verify(session)).status)
    }
    for (const server of servers) await fleet.end(server, 'SIGTERM')
    return statuses
  }

  it.each([
    [old, `${old},${fresh}`],
    [`${old},${fresh}`, `${fresh},${old}`],
    [`${fresh},${old}`, fresh],
  ])(
    'can be rotated without refusing a code: one instance has %s while the other already has %s',
    async (...secrets) => {
      expect(await verifyAcross(secrets)).toEqual([200, 200])
    },
  )

  it('cannot be rotated without refusing a code if a step is skipped', async () => {
    expect(await verifyAcross([old, `${fresh},${old}`])).toEqual([200, 400])
  })
})
