import SQLite from 'better-sqlite3'

export type Connection = Pick<SQLite.Database, 'prepare' | 'exec' | 'function' | 'close'>

// Since Node.js 24.19 a native object that is collected while no JavaScript runs ends the process (the cleanup hook
// of node::ObjectWrap finds no environment), and better-sqlite3 12 has such objects. So none of them is ever
// collected: every statement is prepared once, which also saves preparing it again, and stays.
const kept: unknown[] = []

/** An SQLite connection whose statements are prepared once for each text and kept for good. */
export function openConnection(path: string, options: SQLite.Options = {}): Connection {
  const database = new SQLite(path, options)
  const statements = new Map<string, SQLite.Statement>()
  kept.push(database, statements)
  const prepare = (text: string) => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    prepare: prepare as Connection['prepare'],
    exec: (text) => database.exec(text),
    function: database.function.bind(database),
    close: () => database.close(),
  }
}
