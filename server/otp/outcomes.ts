import type { Logger } from '../log.ts'

type Write = () => Promise<void>

/** Writes down what became of deliveries. */
export interface Outcomes {
  /**
   * Resolves when it is written down, or when the store could not take it: the mail server has already decided what the
   * caller must hear, and a store that fails afterwards cannot change it. It is then tried again until it succeeds.
   */
  record(write: Write): Promise<void>
  /** Tries once more what could not be written down yet. */
  stop(): Promise<void>
}

const retryEveryMs = 1_000

export function createOutcomes(log: Logger): Outcomes {
  // Never many: while the store is away, no send gets as far as its delivery.
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
        log.error({ err: error }, 'the outcome of a delivery was not recorded')
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
