import type { Server } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

// An upper bound: during a flood, more connections are always waiting.
const longestMs = 1_000
// One quiet turn would be enough if nothing else happened in it. After ten in a row, no other work is left.
const quietTurns = 10

/**
 * Accepts every connection in the backlog of the socket. When the socket closes, the system resets the connections that
 * are still waiting, and their data is lost. Each turn of the event loop accepts a connection if one is waiting. So we
 * continue until ten turns in a row have accepted none.
 */
export async function acceptWaiting(server: Server): Promise<void> {
  const giveUpAt = performance.now() + longestMs
  let quiet = 0
  const onConnection = () => {
    quiet = 0
  }
  server.on('connection', onConnection)
  while (quiet < quietTurns && performance.now() < giveUpAt) {
    quiet += 1
    await nextTurn()
  }
  server.off('connection', onConnection)
}
