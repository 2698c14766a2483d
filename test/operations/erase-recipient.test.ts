import { describe, expect, it } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { backend, backendWithHistory, sendAndRead } from '../support/flows.ts'
import { byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('eraseRecipient', () => {
  const server = useServer()
  const authorized = async (projectId = 'default') => server.client(await server.key({ projectId }))
  const erase = (api: Awaited<ReturnType<typeof authorized>>, email: string) =>
    api.POST('/api/v1/recipients/erase', { body: { email } })

  describe('200', () => {
    it('erases sessions and history of the mailbox in every spelling, and can be repeated', async () => {
      const api = await authorized('erasing')
      const verified = await sendAndRead(server, backend, api, { email: 'Erased.Person+tag@gmail.com' })
      await backend.verify(api, verified)
      const open = await sendAndRead(server, backend, api, { email: 'erasedperson@googlemail.com' })
      const other = await sendAndRead(server, backend, api, { email: 'somebody@gmail.com' })
      expect((await erase(api, 'ERASEDPERSON@gmail.com')).data?.data).toEqual({
        sessions: 2,
        webhookEvents: 0,
      })
      for (const { sessionId } of [verified, open])
        expect((await backend.status(api, sessionId)).error?.error.code).toBe('SESSION_NOT_FOUND')
      expect((await backend.verify(api, open)).error?.error.code).toBe('SESSION_NOT_FOUND')
      expect((await backendWithHistory.list(api)).data?.data.verifications).toEqual([])
      expect((await backend.verify(api, other)).response.status).toBe(200)
      expect((await erase(api, 'erased.person@gmail.com')).data?.data.sessions).toBe(0)
    })

    it('changes nothing in other projects', async () => {
      const [mine, yours] = [await authorized('mine'), await authorized('yours')]
      const sent = await sendAndRead(server, backend, yours, { email: 'shared@example.com' })
      expect((await erase(mine, 'shared@example.com')).data?.data.sessions).toBe(0)
      expect((await backend.verify(yours, sent)).response.status).toBe(200)
    })
  })

  it('400: refuses a text that is not exactly one address', async () => {
    const api = await authorized()
    for (const email of ['', 'user', 'a@x.co, b@y.co']) {
      const { response, error } = await erase(api, email)
      expect(response.status).toBe(400)
      expect(error?.error.details).toMatchObject([{ path: '/email' }])
    }
  })

  refusesBadBodies(server, 'eraseRecipient')
  refusesBadCredentials(server, 'eraseRecipient')
  requiresTheScope(server, 'eraseRecipient')
  const troubled = survivesStoreTrouble('eraseRecipient')
  const limited = limitsRequests(byKey(backend), (_, api) => erase(api, 'user@example.com'))
  producedEveryDocumentedAnswer('eraseRecipient', [server, limited, troubled])
})
