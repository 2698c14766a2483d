import type SQLite from 'better-sqlite3'
import type { Query, Statement, StepTime } from '../engine.ts'
import type { Connection } from './connection.ts'

/** Returns a function that runs queries on a connection. It prepares each text once. */
export function createRunner(connection: Connection): (query: Query, time: StepTime) => unknown[] {
  const prepared = new Map<Statement, ReturnType<typeof prepare>>()
  return ({ statement, parameters }, time) => {
    let found = prepared.get(statement)
    if (found === undefined) {
      found = prepare(connection, statement)
      prepared.set(statement, found)
    }
    return found(parameters, time)
  }
}

/** The source of a parameter in the text: an index into the parameters of the query, or a time of the step. */
type Place = number | 'at' | 'steadyAt'

// better-sqlite3 binds positional parameters fastest, so each parameter in the text becomes a `?`.
function prepare(connection: Connection, { text }: Statement) {
  const places: Place[] = []
  const positional = text.replace(/\$(\d+)|:(steady_)?at\b/g, (_, digits?: string, steady?: string) => {
    places.push(digits === undefined ? (steady ? 'steadyAt' : 'at') : Number(digits) - 1)
    return '?'
  })
  const found: SQLite.Statement<unknown[]> = connection.prepare(positional)
  const isInOrder = places.every((place, index) => place === index)
  return (parameters: readonly unknown[], time: StepTime): unknown[] => {
    const bound = isInOrder
      ? parameters
      : places.map((place) => (typeof place === 'number' ? parameters[place] : time[place]))
    if (found.reader) return found.all(...bound)
    found.run(...bound)
    return []
  }
}
