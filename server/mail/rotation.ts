import type { Logger } from '../log.ts'
import type { Delivery } from '../otp/delivery.ts'
import { deliveryProblems } from './problems.ts'
import type { Route } from './route.ts'

/** Decides which mail servers to try, and in which order. */
export interface Rotation {
  /** Returns the mail servers that work, in the order of SMTP_URL. If none works, returns all of them. */
  candidates(): readonly Route[]
  /** Takes the result of a try. A mail server that does not work rests until a probe finds it working again. */
  report(route: Route, delivery: Delivery): void
  /** Probes all mail servers now, and logs a warning for those that do not work. */
  check(): Promise<void>
  stop(): void
}

const firstRestMs = 2_000
const longestRestMs = 60_000

/** @param routes in order. A single route never rests, because there is no other. */
export function createRotation(routes: readonly Route[], log: Logger): Rotation {
  const resting = new Map<Route, NodeJS.Timeout>()
  let isStopped = false

  const rest = (route: Route, delivery: Delivery) => {
    if (routes.length < 2 || resting.has(route) || isStopped) return
    log.warn(
      { delivery, remedy: remedyOf(delivery) },
      'a mail server does not work; emails go to the others until it works again',
    )
    tryLater(route, firstRestMs)
  }
  const tryLater = (route: Route, afterMs: number) => {
    const wake = async () => {
      const problem = await route.probe()
      if (isStopped) return
      if (problem) return tryLater(route, Math.min(afterMs * 2, longestRestMs))
      resting.delete(route)
      log.info({ route: route.name }, 'a mail server works again')
    }
    resting.set(route, setTimeout(() => void wake(), afterMs).unref())
  }

  return {
    candidates() {
      const working = routes.filter((route) => !resting.has(route))
      return working.length > 0 ? working : routes
    },
    report(route, delivery) {
      if (delivery.problem && deliveryProblems[delivery.problem].isOfRoute) rest(route, delivery)
    },
    async check() {
      await Promise.all(
        routes.map(async (route) => {
          const delivery = await route.probe()
          if (delivery === undefined || isStopped) return
          if (routes.length > 1) rest(route, delivery)
          else log.warn({ delivery, remedy: remedyOf(delivery) }, 'the mail server does not work')
        }),
      )
    },
    stop() {
      isStopped = true
      for (const timer of resting.values()) clearTimeout(timer)
    },
  }
}

function remedyOf({ problem }: Delivery): string | undefined {
  return problem && deliveryProblems[problem].remedy
}
