import type { Logger } from '../log.ts'

type Write = () => Promise<void>

/** Stores the outcomes of deliveries. */
export interface Outcomes {
  /**
   * Resolves when the outcome is stored, or when the store failed. The mail server has already decided the response,
   * and a store that fails afterwards cannot change it. A failed write is retried until it succeeds.
   */
  record(write: Write): Promise<void>
  /** Retries the outcomes that are not stored yet, once. */
  stop(): Promise<void>
}

const retryEveryMs = 1_000

export function createOutcomes(log: Logger): Outcomes {
  // This list stays short: while the store is down, no send gets as far as its delivery.
  const waiting: Write[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined

  const writeAll = async () => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      await next()
      waiting.shift()
    }
  }
  const tryLater = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void tryNow()
    }, retryEveryMs)
  }
  const tryNow = () => {
    writing ??= writeAll()
      .catch(tryLater)
      .finally(() => {
        writing = undefined
      })
    return writing
  }
  return {
    async record(write) {
      try {
        await write()
      } catch (error) {
        log.error({ err: error }, 'could not record the outcome of a delivery; will try again')
        waiting.push(write)
        tryLater()
      }
    },

    async stop() {
      await tryNow()
      clearTimeout(timer)
    },
  }
}
