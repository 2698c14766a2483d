import type * as crypto from 'node:crypto'
import type { Query, Step } from '../../server/store/engine.ts'
import type * as open from '../../server/store/open.ts'

/** What the server asked of its store and of its hash functions, in order. */
const witnessed: string[] = []

/** Everything that was asked while `act` ran, and what it came to. */
export async function witness<T>(act: () => Promise<T>): Promise<{ result: T; asked: string[] }> {
  witnessed.length = 0
  const result = await act()
  return { result, asked: witnessed.splice(0) }
}

/** The store as it is, with the name of every statement that it is asked written down; for `vi.mock`. */
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

/** The hash functions as they are, with every call written down; for `vi.mock`. */
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
