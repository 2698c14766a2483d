import { beforeEach, expect, it } from 'vitest'
import type { Answer } from '../../server/webhooks/post.ts'
import { describeStores } from '../support/stores.ts'
import { type Answers, deliveryTools, status } from '../support/webhook-deliveries.ts'

const second = 1000

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
    const { dispatcherOn, end, endpoint, log, newProject, posted } = deliveryTools(
      store,
      clock,
      (url, attempt) => answers(url, attempt),
    )

    beforeEach(() => {
      posted.splice(0)
      log.splice(0)
      answers = () => status(200)
    })

    it('to one endpoint do not wait for another endpoint that never answers', async () => {
      const projectId = newProject()
      await endpoint(projectId, 'https://slow.example/')
      await endpoint(projectId, 'https://quick.example/')
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      answers = async (url) => {
        if (url.includes('slow')) await held
        return status(200)
      }
      await end(projectId, 3)
      const running = dispatcherOn().run()
      await expect.poll(() => posted.filter(({ url }) => url.includes('quick')).length).toBe(3)
      expect(posted.filter(({ url }) => url.includes('slow'))).toHaveLength(1)
      release()
      await running
      expect(posted.filter(({ url }) => url.includes('slow'))).toHaveLength(3)
    })

    it('are made by one instance at a time, and by another one after the lease if the first one died', async () => {
      const projectId = newProject()
      await endpoint(projectId)
      await end(projectId)
      let isDead = true
      const never = new Promise<Answer>(() => {})
      answers = () => (isDead ? never : status(200))
      const other = await store().another({ now: () => now })
      void dispatcherOn().run()
      await expect.poll(() => posted.length).toBe(1)
      const survivor = dispatcherOn(other.engine)
      await survivor.run()
      expect(posted).toHaveLength(1)
      isDead = false
      now += 6 * second
      await survivor.run()
      expect(posted).toHaveLength(2)
      expect(posted[1]?.id).toBe(posted[0]?.id)
    })

    it('from several instances at once deliver each event once', async () => {
      const projectId = newProject()
      await endpoint(projectId)
      await end(projectId, 30)
      const engines = await Promise.all([1, 2, 3].map(() => store().another({ now: () => now })))
      await Promise.all(engines.map(({ engine }) => dispatcherOn(engine).run()))
      expect(posted).toHaveLength(30)
      expect(new Set(posted.map(({ id }) => id)).size).toBe(30)
    })
  },
  () => now,
)
