import type { Query, Statement, StepTime } from '../engine.ts'

/** A query in the driver's format. */
export interface DriverQuery {
  name?: string
  text: string
  values: unknown[]
}

type TimePlace = 'at' | 'steadyAt'

interface Compiled {
  text: string
  /** The times to append to the parameters of the query. */
  times: TimePlace[]
}

/** The time of day in SQL. A scalar subquery is evaluated once, so its value works for index searches. */
const serverTime = '(select (extract(epoch from clock_timestamp()) * 1000)::bigint)'

export interface Compiler {
  /** Compiles a query where the server fills in the time. */
  withServerTime(query: Query): DriverQuery
  /** Compiles a query whose time is already known. */
  withTime(query: Query, time: StepTime): DriverQuery
  /** Reads the time and the saved state of the clock. */
  clockQuery(): DriverQuery
}

/**
 * Compiles every statement once.
 * @param isPrepared whether the server keeps named prepared statements
 * @param now replaces the server's clock
 */
export function createCompiler(isPrepared: boolean, now: (() => number) | undefined): Compiler {
  const offset = '(select offset_ms from clock where id = 1)'
  const serverTexts = createTexts((_place, parameter) => (now ? `${parameter}::bigint` : serverTime), offset)
  const knownTexts = createTexts((_place, parameter) => `${parameter}::bigint`)
  const named = (name: string, query: Omit<DriverQuery, 'name'>) => (isPrepared ? { name, ...query } : query)

  const withServerTime = ({ statement, parameters }: Query) => {
    const { text, times } = serverTexts(statement)
    const injected = now ? times.map(() => now()) : []
    return named(statement.name, { text, values: [...parameters, ...injected] })
  }
  return {
    withServerTime,
    withTime({ statement, parameters }, time) {
      const { text, times } = knownTexts(statement)
      const values = [...parameters, ...times.map((place) => time[place])]
      return named(times.length > 0 ? `${statement.name}_at` : statement.name, { text, values })
    },
    clockQuery: () => withServerTime(clockQuery),
  }
}

const clockQuery: Query = {
  statement: {
    name: 'ask_time',
    text: 'select :at as "at", offset_ms as "offsetMs", seen_at as "seenAt" from clock where id = 1',
  },
  parameters: [],
}

/** @param offset SQL to add for the steady time; undefined if the parameter already holds the steady time */
function createTexts(timeOf: (place: TimePlace, parameter: string) => string, offset?: string) {
  const compiled = new Map<Statement, Compiled>()
  return (statement: Statement): Compiled => {
    let found = compiled.get(statement)
    if (found === undefined) {
      found = compile(statement.text)
      compiled.set(statement, found)
    }
    return found
  }

  function compile(text: string): Compiled {
    const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, digits]) => Number(digits)))
    const times: TimePlace[] = []
    const placed = text.replace(/:(steady_)?at\b/g, (_, steady?: string) => {
      const place = steady ? 'steadyAt' : 'at'
      times.push(place)
      const time = timeOf(place, `$${count + times.length}`)
      return steady && offset ? `(select ${time} + ${offset})` : time
    })
    return { text: placed, times }
  }
}
