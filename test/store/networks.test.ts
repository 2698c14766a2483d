import { expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { PublicClient } from '../../server/otp/ports.ts'
import { networkActivity } from '../../server/store/networks.ts'
import { newSession } from '../support/new-session.ts'
import { describeStores } from '../support/stores.ts'

const hour = 3_600_000
let now = Date.parse('2026-04-19T11:45:00.000Z')

describeStores(
  'the activity of client networks',
  (store) => {
    it('counts addresses, sends, failures, verifications and wrong codes per network, the busiest first', async () => {
      const { sessions, engine } = store()
      const guesses = {
        ...noGuessLimits,
        network: { all: { max: 99, windowMs: 24 * hour }, short: undefined },
      }
      const codeHash = Buffer.alloc(32, 1)
      const from = (address: string, network: string): PublicClient => ({
        credentialId: 'tok_1',
        address,
        network,
        isIpv6: false,
      })
      const send = async (id: string, client: PublicClient | undefined) => {
        const session = newSession(id, { client, codeHash, credentialId: 'tok_1', countedRecipient: id })
        await sessions.issue(session, [], guesses)
      }
      const attempt = (sessionId: string, client: PublicClient, hash: Buffer) =>
        sessions.attempt({
          sessionId,
          flow: 'backend',
          projectId: 'default',
          typedDigits: 6,
          hashesFor: () => [hash],
          guesses,
          client,
        })
      const quiet = from('192.0.2.1', '192.0.2.0/24')
      await send('old', quiet)
      now += 2 * hour
      await send('quiet', quiet)
      await sessions.markSent('quiet')
      await attempt('quiet', quiet, codeHash)
      for (const n of [1, 2, 3]) await send(`busy-${n}`, from(`203.0.113.${n}`, '203.0.113.0/24'))
      await sessions.markSent('busy-1')
      await sessions.markFailed('busy-2')
      for (let n = 0; n < 2; n++)
        await attempt('busy-1', from('203.0.113.9', '203.0.113.0/24'), Buffer.alloc(32))
      await send('of a server key', undefined)

      const busiest = {
        network: '203.0.113.0/24',
        addresses: 3,
        sends: 3,
        failures: 2,
        verified: 0,
        wrongCodes: 2,
        credentialId: 'tok_1',
      }
      expect(await networkActivity(engine, hour, 9)).toEqual([
        busiest,
        {
          network: '192.0.2.0/24',
          addresses: 1,
          sends: 1,
          failures: 0,
          verified: 1,
          wrongCodes: 0,
          credentialId: 'tok_1',
        },
      ])
      expect(await networkActivity(engine, hour, 1)).toEqual([busiest])
      now += 2 * hour
      expect(await networkActivity(engine, hour, 9)).toEqual([])
    })
  },
  () => now,
)
