import { beforeEach, expect, it } from 'vitest'
import { addEndpoint, rotateSecret } from '../../server/webhooks/lifecycle.ts'
import { createSealer } from '../../server/webhooks/secrets.ts'
import { describeStores } from '../support/stores.ts'
import { type Answers, deliveryTools, status } from '../support/webhook-deliveries.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

let now = Date.parse('2026-04-19T11:45:00.000Z')

describeStores(
  'webhook deliveries',
  (store) => {
    let answers: Answers
    const clock = {
      now: () => now,
      pass: (ms: number) => {
        now += ms
      },
    }
    const { dispatcherOn, end, endpoint, log, newProject, posted, registry, sealer } = deliveryTools(
      store,
      clock,
      (url, attempt) => answers(url, attempt),
    )
    const triesAt = async (dispatcher: ReturnType<typeof dispatcherOn>, waits: number[]) => {
      const counts: number[] = []
      for (const wait of waits) {
        now += wait
        await dispatcher.run()
        counts.push(posted.length)
      }
      return counts
    }

    beforeEach(() => {
      posted.splice(0)
      log.splice(0)
      answers = () => status(200)
    })

    it('are made once, in the order of the events', async () => {
      const projectId = newProject()
      await endpoint(projectId)
      await end(projectId, 5)
      const dispatcher = dispatcherOn()
      await dispatcher.run()
      await dispatcher.run()
      expect(posted.map(({ id }) => id)).toEqual(posted.map(({ id }) => id).toSorted())
      expect(new Set(posted.map(({ id }) => id)).size).toBe(5)
      expect(posted).toHaveLength(5)
    })

    it('are repeated after the waits of the schedule until one succeeds, with the same event', async () => {
      const projectId = newProject()
      await endpoint(projectId)
      await end(projectId)
      answers = (_url, attempt) => status(attempt < 4 ? 500 : 204)
      const waits = [0, 4999, 1, 5 * minute - 1, 1, 30 * minute, day]
      expect(await triesAt(dispatcherOn(), waits)).toEqual([1, 1, 2, 2, 3, 4, 4])
      expect(new Set(posted.map(({ id }) => id)).size).toBe(1)
      const [delivery] = await registry().deliveries(1, false)
      expect(delivery).toMatchObject({ attempts: 4, lastAnswer: '204', deliveredAt: now - day, nextAt: null })
    })

    it('stop after ten tries', async () => {
      const projectId = newProject()
      const { id } = await endpoint(projectId)
      await end(projectId)
      answers = () => ({ failure: 'ECONNREFUSED' })
      const dispatcher = dispatcherOn()
      await dispatcher.run()
      for (const wait of [
        5 * second,
        5 * minute,
        30 * minute,
        2 * hour,
        5 * hour,
        10 * hour,
        14 * hour,
        20 * hour,
        day,
      ]) {
        now += wait
        await dispatcher.run()
      }
      now += 10 * day
      await dispatcher.run()
      expect(posted).toHaveLength(10)
      const [failed] = await registry().deliveries(10, true)
      expect(failed).toMatchObject({ endpointId: id, attempts: 10, nextAt: null, lastAnswer: 'ECONNREFUSED' })
    })

    it('wait as long as Retry-After says', async () => {
      const projectId = newProject()
      await endpoint(projectId)
      await end(projectId)
      answers = (_url, attempt) => (attempt === 1 ? { ...status(503), retryAfterMs: hour } : status(200))
      expect(await triesAt(dispatcherOn(), [0, hour - 1, 1])).toEqual([1, 1, 2])
    })

    it('stop at once when the receiver answers 410, and the log says so', async () => {
      const projectId = newProject()
      const { id } = await endpoint(projectId)
      await end(projectId, 3)
      answers = () => status(410)
      const dispatcher = dispatcherOn()
      await dispatcher.run()
      expect(posted).toHaveLength(1)
      expect(await registry().find(id)).toMatchObject({ disabledReason: 'it answered with status 410' })
      expect(log.join('')).toContain('a webhook endpoint was disabled')
      await end(projectId)
      now += day
      await dispatcher.run()
      expect(posted).toHaveLength(1)
    })

    it('stop after five days of failures, but not if one succeeded in between', async () => {
      const projectId = newProject()
      const { id } = await endpoint(projectId)
      const dispatcher = dispatcherOn()
      const fail = async (wait: number, code = 500) => {
        answers = () => status(code)
        now += wait
        await end(projectId)
        await dispatcher.run()
        return (await registry().find(id))?.disabledReason ?? null
      }
      expect(await fail(0)).toBeNull()
      expect(await fail(4 * day)).toBeNull()
      expect(await fail(0, 200)).toBeNull()
      expect(await fail(4 * day)).toBeNull()
      expect(await fail(4 * day)).toBeNull()
      expect(await fail(day)).toBe('all deliveries failed for five days')
    })

    it('continue after the endpoint is enabled again, and missed events can be replayed', async () => {
      const projectId = newProject()
      const { id } = await endpoint(projectId)
      const since = now
      await end(projectId, 2)
      expect(await registry().disable(id, 'test')).toBe(true)
      expect(await registry().disable(id, 'test')).toBe(false)
      const dispatcher = dispatcherOn()
      await dispatcher.run()
      expect(posted).toHaveLength(0)
      expect(await registry().enable(id)).toBe(true)
      expect(await registry().enable(id)).toBe(false)
      await end(projectId)
      await dispatcher.run()
      expect(posted).toHaveLength(1)
      expect(await registry().replay({ since })).toBeGreaterThanOrEqual(3)
      await dispatcher.run()
      expect(posted.filter(({ url }) => url === 'https://hook.example/').length).toBeGreaterThanOrEqual(4)
      expect(await registry().replay({ eventId: posted[0]?.id ?? '' })).toBe(1)
      expect(await registry().replay({ eventId: 'evt_unknown' })).toBeUndefined()
    })

    it('also carry a signature with the old secret for a day after a rotation', async () => {
      const projectId = newProject()
      const { id } = await endpoint(projectId, 'https://rotated.example/')
      const found = await registry().find(id)
      if (found === undefined) throw new Error('the endpoint is missing')
      await rotateSecret(registry(), sealer, found, now)
      const dispatcher = dispatcherOn()
      for (const wait of [0, day]) {
        now += wait
        await end(projectId)
        await dispatcher.run()
      }
      const own = posted.filter(({ url }) => url === 'https://rotated.example/')
      expect(own.map(({ signatures }) => signatures)).toEqual([2, 1])
    })

    it('are kept if the secret cannot be read, and the log says what to do', async () => {
      const projectId = newProject()
      const foreign = createSealer(['another-secret-of-the-tests-long-enough'])
      await addEndpoint(registry(), foreign, { url: 'https://x.example/', projectId, events: [] }, now)
      await end(projectId)
      await dispatcherOn().run()
      expect(posted).toHaveLength(0)
      expect(log.join('')).toContain('no secret of this webhook endpoint can be read')
      expect((await registry().deliveries(1, true))[0]).toMatchObject({
        lastAnswer: 'no-secret',
        attempts: 1,
      })
    })
  },
  () => now,
)
