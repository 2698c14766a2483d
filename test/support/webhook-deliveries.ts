import { createLogger } from '../../server/log.ts'
import { createOutbox, createWebhookRegistry } from '../../server/store/webhooks.ts'
import { createDispatcher } from '../../server/webhooks/dispatcher.ts'
import { addEndpoint } from '../../server/webhooks/lifecycle.ts'
import type { Answer, Poster } from '../../server/webhooks/post.ts'
import { createSealer } from '../../server/webhooks/secrets.ts'
import { newSession } from './new-session.ts'
import type { OpenStore } from './stores.ts'

const otpSecret = 'a-secret-of-the-tests-long-enough-to-be-one'

/** What an endpoint answers to a post. The attempts at one URL are counted from 1. */
export type Answers = (url: string, attempt: number) => Answer | Promise<Answer>

/** An answer with this status, and nothing else. */
export const status = (code: number): Answer => ({ status: code, retryAfterMs: undefined, text: '' })

/** The clock of these tests. It stands still unless somebody moves it. */
interface StillClock {
  now(): number
  pass(ms: number): void
}

/** What the tests of the dispatcher need: endpoints and events in a store, and a poster that sends nothing. */
export function deliveryTools(store: () => OpenStore, { now, pass }: StillClock, answer: Answers) {
  const sealer = createSealer([otpSecret])
  const log: string[] = []
  let project = 0
  let sessions = 0
  const posted: { url: string; id: string; signatures: number }[] = []
  const poster: Poster = {
    post: async (url, headers) => {
      const signatures = headers['webhook-signature']?.split(' ').length ?? 0
      posted.push({ url, id: String(headers['webhook-id']), signatures })
      return answer(url, posted.filter((each) => each.url === url).length)
    },
    close: async () => {},
  }
  const dispatcherOn = (engine = store().engine) =>
    createDispatcher({
      outbox: createOutbox(engine),
      poster,
      sealer,
      now,
      log: createLogger('debug', { write: (line: string) => log.push(line) }),
      random: () => 0.5,
    })
  const registry = () => createWebhookRegistry(store().engine)
  const endpoint = (projectId: string, url = 'https://hook.example/') =>
    addEndpoint(registry(), sealer, { url, projectId, events: [] }, now())
  /** Ends this many sessions of a project. @returns the ids of the sessions */
  const end = async (projectId: string, count = 1) => {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const id = `session${++sessions}`
      await store().sessions.issue(
        newSession(id, { projectId, countedRecipient: id, canonicalRecipient: id }),
        [],
        { recipient: none, address: none, network: none, credential: none, addressWhenBusy: undefined },
      )
      pass(1)
      await store().sessions.cancel(id, { flow: 'backend', projectId })
      ids.push(id)
    }
    return ids
  }
  const none = { all: undefined, short: undefined }
  const newProject = () => `project${++project}`
  return { sealer, log, posted, dispatcherOn, registry, endpoint, end, newProject }
}
