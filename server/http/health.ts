import Router from '@koa/router'
import type { RequestState } from './types.ts'

/** `/livez`: the process answers. `/readyz`: the store takes writes. */
export function healthRoutes(checkStore: () => Promise<void>): Router<RequestState> {
  const router = new Router<RequestState>()
  router.get('/livez', (context) => {
    context.body = { status: 'ok' }
  })
  router.get('/readyz', async (context) => {
    await checkStore()
    context.body = { status: 'ok' }
  })
  return router
}
