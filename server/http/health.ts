import Router from '@koa/router'
import { OtpError } from '../errors.ts'
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
  router.all(['/livez', '/readyz'], (context) => {
    context.set('Allow', 'GET, HEAD')
    throw new OtpError('METHOD_NOT_ALLOWED')
  })
  return router
}
