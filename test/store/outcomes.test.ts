import { expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import { eventsOf, viewOf } from '../../server/otp/status.ts'
import { createOutbox, createWebhookRegistry } from '../../server/store/webhooks.ts'
import { newSession } from '../support/new-session.ts'
import { describeStores } from '../support/stores.ts'

let now = Date.parse('2026-04-19T11:45:00.000Z')
const iso = (at: number) => new Date(at).toISOString()

describeStores(
  'outcomes that a request cannot cause on demand',
  (store) => {
    const issue = (id: string, recipient: string) =>
      store().sessions.issue(
        newSession(id, {
          projectId: 'outcomes',
          canonicalRecipient: recipient,
          countedRecipient: recipient,
          codeHash: Buffer.alloc(32, id),
        }),
        [],
        noGuessLimits,
      )
    const guess = (sessionId: string) =>
      store().sessions.attempt({
        sessionId,
        flow: 'backend',
        projectId: 'outcomes',
        typedDigits: 6,
        hashesFor: () => [Buffer.alloc(32)],
        guesses: noGuessLimits,
        client: undefined,
      })
    const seen = async (id: string) => {
      const found = await store().sessions.findRecord(id)
      if (found === undefined) throw new Error(`${id} is missing`)
      return { ...viewOf(found.session, found.at), events: eventsOf(found.session, found.at) }
    }
    const told = async () =>
      (await createWebhookRegistry(store().engine).deliveries(100, false)).map(
        ({ sessionId, type }) => `${sessionId} ${type}`,
      )
    const listen = () =>
      createWebhookRegistry(store().engine).insert({
        ...{ id: 'wh_1', projectId: 'outcomes', url: 'https://hook.example/', events: [], secrets: [] },
        ...{ createdAt: now, disabledAt: null, disabledReason: null, failingSince: null },
      })

    it('a delivery with an unknown outcome leaves the session open, and adds DELIVERY_UNKNOWN to its events', async () => {
      await listen()
      await issue('unknown1', 'unknown@example.com')
      now += 5
      await store().sessions.markUnknown('unknown1')
      expect(await seen('unknown1')).toMatchObject({
        status: 'PENDING',
        attemptsLeft: 5,
        events: [{ type: 'DELIVERY_UNKNOWN', at: iso(now) }],
      })
      expect(await told()).toEqual([])
    })

    it('wrong codes counted for a failed session can use up the attempts of the session after it', async () => {
      for (const id of ['chain1', 'chain2', 'chain3']) {
        await issue(id, 'chain@example.com')
        now += 1
      }
      // They count for the sessions on both sides, and the third session is two steps from the first.
      for (let n = 0; n < 5; n++) {
        now += 1
        await guess('chain1')
      }
      const at = now
      expect(await seen('chain3')).toMatchObject({ status: 'PENDING', attemptsLeft: 5 })
      now += 1
      await store().sessions.markFailed('chain2')
      // Its attempts were used up before it failed, and the first end wins.
      expect((await seen('chain2')).status).toBe('ATTEMPTS_USED_UP')
      expect(await seen('chain3')).toMatchObject({ status: 'ATTEMPTS_USED_UP', attemptsLeft: 0 })
      expect((await seen('chain3')).events.at(-1)).toEqual({ type: 'WRONG_CODE', at: iso(at) })
      expect((await told()).sort()).toEqual([
        'chain1 verification.attempts_used_up',
        'chain2 verification.attempts_used_up',
        'chain3 verification.attempts_used_up',
      ])
      await store().sessions.markFailed('chain2')
      expect(await told()).toHaveLength(3)
    })

    it('an expiry is reported once, by the first instance that finds it', async () => {
      await issue('expired1', 'expired@example.com')
      now += 1_000_000
      const other = await store().another({ now: () => now })
      await Promise.all([store().engine, other.engine].map((engine) => createOutbox(engine).tellExpiries(50)))
      expect((await told()).filter((line) => line.startsWith('expired1'))).toEqual([
        'expired1 verification.expired',
      ])
    })

    it('a claim lasts while it is renewed, and ends otherwise', async () => {
      const outbox = createOutbox(store().engine)
      expect(await outbox.claim('wh_1', 'a', 1, 1000)).toMatchObject({ hasMore: true })
      now += 999
      await outbox.renew('wh_1', 'a', 1000)
      await outbox.renew('wh_1', 'somebody else', 1e9)
      now += 999
      expect(await outbox.claim('wh_1', 'b', 1, 1000)).toBeUndefined()
      now += 1
      expect(await outbox.claim('wh_1', 'b', 1, 1000)).toBeDefined()
      // Instance b holds the claim, so another instance gets nothing.
      const [due] = (await outbox.claim('wh_1', 'c', 1, 1000))?.due ?? []
      expect(due).toBeUndefined()
    })
  },
  () => now,
)
