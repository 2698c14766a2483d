import Router from '@koa/router'
import { OtpError } from '../errors.ts'
import type { RequestState } from './types.ts'

const freshForMs = 1_000

/**
 * `/livez` shows whether the process answers. `/readyz` shows whether the store accepts writes. Anyone may call them,
 * so the store is checked at most once a second. Requests in between get the same result.
 * @param monotonicMs a clock that never goes back
 */
export function healthRoutes(
  checkStore: () => Promise<void>,
  monotonicMs = () => performance.now(),
): Router<RequestState> {
  const router = new Router<RequestState>()
  let last: { check: Promise<void>; endedAt: number } | undefined
  const checkOnceASecond = (): Promise<void> => {
    if (last && monotonicMs() - last.endedAt < freshForMs) return last.check
    const asked = { check: checkStore(), endedAt: Number.POSITIVE_INFINITY }
    const end = () => {
      asked.endedAt = monotonicMs()
    }
    asked.check.then(end, end)
    last = asked
    return asked.check
  }
  router.get('/livez', (context) => {
    context.body = { status: 'ok' }
  })
  router.get('/readyz', async (context) => {
    await checkOnceASecond()
    context.body = { status: 'ok' }
  })
  router.all(['/livez', '/readyz'], (context) => {
    context.set('Allow', 'GET, HEAD')
    throw new OtpError('METHOD_NOT_ALLOWED')
  })
  return router
}
