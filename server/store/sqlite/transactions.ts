import type { Connection } from './connection.ts'

/**
 * Opens one snapshot for all queries in a turn of the event loop. So the file is checked and locked only once for them.
 * The snapshot ends before anything is written.
 */
export function readingOn(connection: Connection, checkInPlace: () => void) {
  const beginning = connection.prepare('begin')
  const ending = connection.prepare('commit')
  let isOpen = false
  const end = () => {
    isOpen = false
    if (connection.inTransaction) ending.run()
  }
  return {
    begin() {
      if (isOpen) return
      checkInPlace()
      beginning.run()
      isOpen = true
      setImmediate(() => {
        if (isOpen) end()
      })
    },
    end() {
      if (isOpen) end()
    },
  }
}

/** Prepares the statements that begin and end transactions, once. */
export function transactionsOn(connection: Connection) {
  const run = (text: string) => {
    const statement = connection.prepare(text)
    return () => void statement.run()
  }
  const [save, release] = [run('savepoint step'), run('release step')]
  const rollBackAll = run('rollback')
  return {
    begin: run('begin immediate'),
    commit: run('commit'),
    rollBack: () => {
      if (connection.inTransaction) rollBackAll()
    },
    /** If `change` throws, rolls back its writes and nothing else. */
    savepoint<T>(change: () => T): T {
      save()
      try {
        const result = change()
        release()
        return result
      } catch (error) {
        if (connection.inTransaction) connection.exec('rollback to step; release step')
        throw error
      }
    },
  }
}
