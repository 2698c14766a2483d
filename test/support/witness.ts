import type * as crypto from 'node:crypto'
import type { Query, Step } from '../../server/store/engine.ts'
import type * as open from '../../server/store/open.ts'

/** The calls that the server made to its store and its hash functions, in order. */
const witnessed: string[] = []

/** Returns the result of `act`, and every call made while it ran. */
export async function witness<T>(act: () => Promise<T>): Promise<{ result: T; asked: string[] }> {
  witnessed.length = 0
  const result = await act()
  return { result, asked: witnessed.splice(0) }
}

/** The real store, but it records the name of every statement. For `vi.mock`. */
export function witnessedStore(real: typeof open): typeof open {
  const note = (queries: readonly Query[]) => {
    witnessed.push(...queries.map(({ statement }) => `store: ${statement.name}`))
  }
  const noted = <Outcome>(step: Step<Outcome>): Step<Outcome> => ({
    ...step,
    *run() {
      const running = step.run()
      let turn = running.next()
      while (!turn.done) {
        note(turn.value)
        turn = running.next(yield turn.value)
      }
      note(turn.value.writes)
      return turn.value
    },
  })
  return {
    ...real,
    async openEngine(location, options) {
      const engine = await real.openEngine(location, options)
      return {
        ...engine,
        run: (step) => engine.run(noted(step)),
        read: (query) => {
          note([query])
          return engine.read(query)
        },
      }
    },
  }
}

/** The real hash functions, but they record every call. For `vi.mock`. */
export function witnessedHashes(real: typeof crypto): typeof crypto {
  const noted =
    <A extends unknown[], R>(name: string, call: (...given: A) => R) =>
    (...given: A): R => {
      witnessed.push(name)
      return call(...given)
    }
  return {
    ...real,
    createHash: noted('createHash', real.createHash),
    createHmac: noted('createHmac', real.createHmac),
    timingSafeEqual: noted('timingSafeEqual', real.timingSafeEqual),
  }
}
