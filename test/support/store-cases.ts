import { describe, expect, it } from 'vitest'
import { factsOf, type OperationId } from './contract.ts'
import { type TestServer, useServer } from './server.ts'
import { authorizedRequest } from './valid-requests.ts'

/** 500 and 503: if the store is broken or unavailable, responses keep to the contract and reveal no cause. */
export function survivesStoreTrouble(id: OperationId): TestServer {
  const isRead = factsOf(id).method === 'GET'
  const server = useServer({ storeTimeoutMs: 50 })

  describe('500 INTERNAL_ERROR', () => {
    it('answers an internal error without revealing its cause', async () => {
      const request = await authorizedRequest(server, id)
      await server.store.execute('alter table sessions rename to elsewhere')
      const { status, body } = await server.raw(id, request)
      await server.store.execute('alter table elsewhere rename to sessions')
      expect(status).toBe(500)
      expect(body.error).toMatchObject({ code: 'INTERNAL_ERROR' })
      expect(JSON.stringify(body)).not.toMatch(/sql|table|sessions/i)
    })
  })

  describe('503 SERVICE_UNAVAILABLE', () => {
    if (!isRead) {
      it('answers with a time to retry while another process locks the store, and works again afterwards', async () => {
        const request = await authorizedRequest(server, id)
        const release = await server.store.hold()
        const { status, body, headers } = await server.raw(id, request)
        await release()
        expect(status).toBe(503)
        expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 })
        expect(headers.get('retry-after')).toBe('5')
        expect((await server.raw(id, request)).status).toBeLessThan(500)
      })
    }

    it('answers 503, not 401, while the store is unavailable', async () => {
      const request = await authorizedRequest(server, id)
      await server.app.close()
      const { status, body } = await server.raw(id, request)
      expect(status).toBe(503)
      expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    })
  })
  return server
}
